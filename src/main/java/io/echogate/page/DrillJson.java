package io.echogate.page;

import io.echogate.model.Drill;
import io.echogate.model.DrillReport;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Drills and what they have shown as the documented JSON. Pure. */
final class DrillJson {
    private DrillJson() {}

    /** What is played, who wants it, why, since when and until when; null without a drill. */
    static @Nullable JsonObject drill(@Nullable Drill drill) {
        return drill == null ? null : played(drill);
    }

    private static JsonObject played(Drill drill) {
        return new JsonObject()
                .put("member", drill.member())
                .put("mode", mode(drill))
                .put("by", drill.by())
                .put("why", drill.why())
                .put("since", FleetJson.time(drill.since()))
                .put("until", FleetJson.time(drill.until()));
    }

    /** The answer of {@code GET /-/api/v1/drill}. */
    static JsonObject answer(@Nullable DrillReport report) {
        return new JsonObject().put("report", report == null ? null : report(report));
    }

    private static JsonObject report(DrillReport r) {
        return played(r.drill())
                .put("ended", FleetJson.time(r.ended()))
                .put("end", r.end())
                .put("runningAtStart", r.running())
                .put("leftAfterMillis", FleetJson.millis(r.leftNanos()))
                .put("downAfterMillis", FleetJson.millis(r.downNanos()))
                .put("cause", r.cause().name())
                .put("backAfterMillis", FleetJson.millis(r.backNanos()))
                .put("requests", requests(r.requests()));
    }

    private static JsonObject requests(DrillReport.Requests r) {
        return new JsonObject()
                .put("met", r.met())
                .put("elsewhere", r.elsewhere())
                .put("failed", r.failed())
                .put("wouldHaveFailed", r.spared())
                .put("p50Millis", FleetJson.millis(r.p50Nanos()))
                .put("p99Millis", FleetJson.millis(r.p99Nanos()))
                .put("worstMillis", FleetJson.millis(r.worstNanos()));
    }

    static String mode(Drill drill) {
        return drill.mode().name().toLowerCase(Locale.ROOT);
    }
}
