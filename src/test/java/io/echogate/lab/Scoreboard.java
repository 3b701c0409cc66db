package io.echogate.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table that is printed when the lab's tests have run, and left in {@code target/lab/table.txt}. */
final class Scoreboard {
    private static final String FORMAT = "%-46s %-8s %-24s %7s %8s %8s %6s %7s %6s  %s%n";

    private final List<Row> rows = new ArrayList<>();

    /**
     * One fault, one run. Times in seconds; a negative one was not reached or not asked for.
     *
     * @param worst the longest that a client waited
     * @param back from when the service listened again to the first answer from it, or to UP without clients
     * @param others what was shown of the member that the fault was not about
     */
    record Row(
            String fault,
            int perSecond,
            String noticedAs,
            double noticed,
            double promised,
            int sent,
            int failed,
            double worst,
            double back,
            String others) {}

    void add(Row row) {
        rows.add(row);
    }

    void print() throws IOException {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                FORMAT,
                "fault",
                "clients",
                "noticed as",
                "after s",
                "promised",
                "requests",
                "failed",
                "worst s",
                "back s",
                "other"));
        for (Row row : rows) {
            table.append(String.format(
                    Locale.ROOT,
                    FORMAT,
                    row.fault,
                    row.perSecond == 0 ? "none" : "2x" + row.perSecond + "/s",
                    row.noticedAs,
                    seconds(row.noticed),
                    seconds(row.promised),
                    row.sent,
                    row.failed,
                    seconds(row.worst),
                    seconds(row.back),
                    row.others));
        }
        System.out.print(table);
        Files.writeString(Files.createDirectories(Path.of("target/lab")).resolve("table.txt"), table);
    }

    private static String seconds(double value) {
        return value < 0 ? "-" : String.format(Locale.ROOT, "%.2f", value);
    }
}
