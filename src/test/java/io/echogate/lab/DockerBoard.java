package io.echogate.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table that is printed when Docker's tests have run, and left in {@code target/docker/table.txt}. */
final class DockerBoard {
    private static final String FORMAT = "%-41s %-11s %7s %7s %8s %8s %6s %7s  %-53s %6s%n";

    private final List<Row> rows = new ArrayList<>();

    /**
     * One ordeal, one run. Times in seconds; a negative one was not reached.
     *
     * @param took how long the command itself took, with the machine failing at some time within
     * @param noticed from when the command was given to DOWN
     * @param worst the longest that a client waited
     * @param back from when the service listened again to the first answer from it
     */
    record Row(
            String line,
            String noticedAs,
            double took,
            double noticed,
            int sent,
            int failed,
            double worst,
            String undoing,
            double back) {}

    void add(Row row) {
        rows.add(row);
    }

    void print() throws IOException {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                FORMAT,
                "command",
                "noticed as",
                "took s",
                "after s",
                "promised",
                "requests",
                "failed",
                "worst s",
                "the way back",
                "back s"));
        double promised = (double) Ordeal.PROMISE.toMillis() / 1e3;
        for (Row row : rows) {
            table.append(String.format(
                    Locale.ROOT,
                    FORMAT,
                    row.line,
                    row.noticed < 0 ? "-" : row.noticedAs,
                    seconds(row.took),
                    seconds(row.noticed),
                    seconds(row.noticed < 0 ? -1 : promised + row.took),
                    row.sent,
                    row.failed,
                    seconds(row.worst),
                    row.undoing.isEmpty() ? "by itself" : shortened(row.undoing),
                    seconds(row.back)));
        }
        System.out.print(table);
        Files.writeString(Files.createDirectories(Path.of("target/docker")).resolve("table.txt"), table);
    }

    private static String shortened(String line) {
        return line.startsWith("docker container run") ? "docker container run ..." : line;
    }

    private static String seconds(double value) {
        return value < 0 ? "-" : String.format(Locale.ROOT, "%.2f", value);
    }
}
