package io.echogate.app;

import io.echogate.model.Cause;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A drill's report, as the monitor gives it, in words for a terminal. Pure. */
final class DrillWords {
    private DrillWords() {}

    /** What is played until when, that it ends by itself, and how to end it at once. */
    static String begun(JsonObject report) {
        return played(report) + ". It ends by itself, also without this command; at once: ./echogate drill "
                + member(report) + " end";
    }

    /** What is played until when, who wants it and why. */
    static String played(JsonObject drill) {
        String member = member(drill);
        String why = drill.getString("why", "").isEmpty() ? "" : ": " + drill.getString("why");
        return Spelling.plain(member + " is treated as " + seeming(drill) + " until " + drill.getString("until")
                + ", by " + drill.getString("by", "somebody") + why + "; " + member + " itself is not touched");
    }

    static String left(JsonObject report) {
        return member(report) + ": new requests go elsewhere after " + time(report, "leftAfterMillis");
    }

    static String named(JsonObject report) {
        return member(report) + ": " + verdict(report);
    }

    /** Everything that it has shown. */
    static List<String> told(JsonObject report) {
        List<String> lines = new ArrayList<>();
        boolean over = report.getString("ended") != null;
        String end = report.getString("end", "").isEmpty() ? "" : " (" + report.getString("end") + ")";
        lines.add(Spelling.plain(member(report) + (over ? " was" : " is") + " treated as " + seeming(report) + " from "
                + report.getString("since") + (over ? " to " + report.getString("ended") + end : " on")));
        lines.add("  new requests "
                + (has(report, "leftAfterMillis")
                        ? "went elsewhere after " + time(report, "leftAfterMillis")
                        : "never went elsewhere"));
        lines.add("  " + (has(report, "downAfterMillis") ? verdict(report) : "never named DOWN"));
        lines.addAll(requests(report));
        int running = report.getInteger("runningAtStart", 0);
        lines.add("  " + count(running, "request") + " ran at " + member(report)
                + " when it began and could finish there" + (running == 0 ? "" : "; a real failure meets them, too"));
        if (over) {
            lines.add("  " + back(report));
        }
        return lines;
    }

    private static List<String> requests(JsonObject report) {
        JsonObject r = report.getJsonObject("requests", new JsonObject());
        long met = r.getLong("met", 0L);
        long spared = r.getLong("wouldHaveFailed", 0L);
        String times = met == 0 ? "" : "; p99 " + time(r, "p99Millis") + ", worst " + time(r, "worstMillis");
        return List.of(
                "  " + count(met, "request") + " met it: " + r.getLong("elsewhere", 0L) + " answered elsewhere, "
                        + r.getLong("failed", 0L) + " failed" + times,
                "  " + count(spared, "request") + " would have been lost, had it been real"
                        + (spared == 0
                                ? ""
                                : ": nobody else could answer, so " + member(report) + " was asked after all"));
    }

    private static String back(JsonObject report) {
        return has(report, "backAfterMillis")
                ? "up again " + time(report, "backAfterMillis") + " after the end"
                : "not up again yet";
    }

    /** "named DOWN after 1.6 s: FROZEN, accepts connections and never answers". */
    private static String verdict(JsonObject report) {
        String cause = report.getString("cause", "NONE");
        return Spelling.plain("named DOWN after " + time(report, "downAfterMillis") + ": " + cause + words(cause));
    }

    private static String words(String cause) {
        try {
            return ", " + Cause.valueOf(cause).words();
        } catch (IllegalArgumentException e) {
            return ""; // a newer monitor's
        }
    }

    private static String seeming(JsonObject report) {
        String mode = report.getString("mode", "");
        return switch (mode) {
            case "freeze" -> "frozen";
            case "refuse" -> "refusing connections";
            case "off" -> "switched off";
            default -> mode;
        };
    }

    static String member(JsonObject report) {
        return Spelling.plain(report.getString("member", "?"));
    }

    static boolean has(JsonObject report, String field) {
        return report.getValue(field) != null;
    }

    private static String count(long number, String what) {
        return number + " " + (number == 1 ? what : what + "s");
    }

    private static String time(JsonObject report, String field) {
        @Nullable Double millis = report.getDouble(field);
        if (millis == null) {
            return "?";
        }
        return millis < 1_000 ? Math.round(millis) + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1_000);
    }
}
