package io.echogate.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code echogate status}: the fleet as a table, asked of a running monitor. */
@Command(
        name = "status",
        description = "Shows the fleet of a running monitor as a table.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli injects spec and url before call()
final class StatusCommand implements Callable<Integer> {
    private static final List<String> HEAD = List.of("MEMBER", "STATE", "CAUSE", "SINCE", "HOST", "SERVICE", "SERVES");

    private static final List<String> WATCHED =
            List.of("WATCHED", "KIND", "STATE", "CAUSE", "SINCE", "HOST", "SERVICE", "URL");

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = MonitorClient.USUAL,
            description =
                    "The monitor's admin address, or its client address with page: true; default ${DEFAULT-VALUE}.")
    private String url;

    @Option(names = "--json", description = "Prints the monitor's JSON as it is.")
    private boolean json;

    @Override
    public Integer call() {
        String body = fetch();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(body);
        } else {
            table(MonitorClient.parsed(body)).forEach(out::println);
        }
        out.flush();
        return 0;
    }

    private String fetch() {
        try (MonitorClient monitor = new MonitorClient(url)) {
            return monitor.fleetText();
        } catch (MonitorClient.Unreachable e) {
            throw e.failure();
        }
    }

    static List<String> table(JsonObject fleet) {
        List<List<String>> rows = new ArrayList<>();
        JsonArray members = fleet.getJsonArray("members");
        boolean ordered = members.stream().anyMatch(m -> !intent((JsonObject) m).equals("READY"));
        rows.add(row(HEAD, ordered ? List.of("INTENT", "RUNNING") : List.of(), "URL"));
        for (int i = 0; i < members.size(); i++) {
            JsonObject m = members.getJsonObject(i);
            rows.add(row(cells(m), ordered ? List.of(intent(m), running(m)) : List.of(), m.getString("url")));
        }
        List<String> lines = new ArrayList<>(aligned(rows));
        lines.addAll(orders(members));
        lines.addAll(watched(fleet.getJsonArray("watched", new JsonArray())));
        JsonObject drill = fleet.getJsonObject("drill");
        if (drill != null) {
            lines.add("DRILL: " + DrillWords.played(drill));
        }
        if (Boolean.TRUE.equals(fleet.getBoolean("isolated"))) {
            lines.add("ISOLATED: it is this monitor that is cut off; the last verdicts stand");
        }
        JsonObject icmp = fleet.getJsonObject("icmp", new JsonObject());
        if ("NONE".equals(icmp.getString("mode"))) {
            lines.add("no ICMP on the monitor's host; to open it: " + icmp.getString("remedy", ""));
        }
        return lines;
    }

    /** A table of its own, set off by an empty line; nothing when nobody is. */
    private static List<String> watched(JsonArray watched) {
        if (watched.isEmpty()) {
            return List.of();
        }
        List<List<String>> rows = new ArrayList<>(List.of(WATCHED));
        for (int i = 0; i < watched.size(); i++) {
            JsonObject m = watched.getJsonObject(i);
            JsonObject service = m.getJsonObject("service");
            rows.add(List.of(
                    m.getString("name"),
                    m.getString("kind"),
                    m.getString("state"),
                    m.getString("cause"),
                    m.getString("since"),
                    reach(m.getJsonObject("host")),
                    service == null ? "-" : reach(service),
                    m.getString("url")));
        }
        List<String> lines = new ArrayList<>(List.of(""));
        lines.addAll(aligned(rows));
        return lines;
    }

    private static List<String> orders(JsonArray members) {
        return members.stream()
                .map(JsonObject.class::cast)
                .filter(m -> m.getJsonObject("order") != null)
                .map(m -> m.getString("name") + ": "
                        + Spelling.order(m.getString("intent"), m.getJsonObject("order"), m.getInteger("running", 0)))
                .toList();
    }

    private static List<String> row(List<String> usual, List<String> ordered, String url) {
        List<String> row = new ArrayList<>(usual);
        row.addAll(ordered);
        row.add(url);
        return row;
    }

    /** A monitor that is too old to say takes no orders. */
    private static String intent(JsonObject m) {
        return m.getString("intent", "READY");
    }

    private static String running(JsonObject m) {
        return String.valueOf(m.getInteger("running", 0));
    }

    private static List<String> cells(JsonObject m) {
        JsonObject host = m.getJsonObject("host");
        JsonObject service = m.getJsonObject("service");
        return List.of(
                m.getString("name"),
                m.getString("state"),
                m.getString("cause"),
                m.getString("since"),
                reach(host),
                reach(service),
                Boolean.TRUE.equals(m.getBoolean("serving")) ? "yes" : "no");
    }

    private static String reach(JsonObject side) {
        @Nullable Double rtt = side.getDouble("rttMillis");
        return rtt == null ? side.getString("state") : side.getString("state") + " " + rtt + " ms";
    }

    private static List<String> aligned(List<List<String>> rows) {
        int[] widths = new int[rows.getFirst().size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
        }
        return line.toString().stripTrailing();
    }
}
