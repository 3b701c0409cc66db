package io.echogate.history;

import io.echogate.model.Incident;
import io.echogate.model.Incident.Entry;
import io.echogate.model.Incident.Remark;
import io.echogate.model.Toll;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An incident as the API's JSON. Times are RFC 3339 UTC with milliseconds, durations whole milliseconds. Pure. */
public final class IncidentView {
    private IncidentView() {}

    /** Without timeline and remarks. */
    static JsonObject brief(StoredIncident stored) {
        Incident i = stored.incident();
        Toll toll = stored.toll();
        return new JsonObject()
                .put("id", i.id())
                .put("kind", i.kind().name().toLowerCase(Locale.ROOT))
                .put("subject", i.subject())
                .put("members", new JsonArray(i.members()))
                .put("cause", i.cause().name())
                .put("causeWords", i.cause().words())
                .put("open", i.open())
                .put("lastGoodAt", Times.text(i.lastGood()))
                .put("firstBadAt", Times.text(i.firstBad()))
                .put("leftAt", Times.text(i.left()))
                .put("namedAt", Times.text(i.named()))
                .put("endedAt", Times.text(i.ended()))
                .put("times", i.times())
                .put("detectionMillis", millis(i.detection()))
                .put("promisedMillis", millis(i.promised()))
                .put("reroutingMillis", millis(i.rerouting()))
                .put("drill", i.drill())
                .put("planned", i.planned())
                .put("outageAt", Times.text(i.outage()))
                .put("requests", requests(toll))
                .put("acknowledged", i.remarks().stream().anyMatch(Remark::acknowledges))
                .put("acknowledgedBy", acknowledgedBy(i));
    }

    /** Who did so last; null: nobody. */
    private static @Nullable String acknowledgedBy(Incident incident) {
        return incident.remarks().reversed().stream()
                .filter(Remark::acknowledges)
                .map(Remark::by)
                .findFirst()
                .orElse(null);
    }

    static JsonObject requests(Toll toll) {
        return new JsonObject()
                .put("met", toll.met())
                .put("elsewhere", toll.elsewhere())
                .put("failed", toll.failed());
    }

    /** All of it. */
    public static JsonObject whole(StoredIncident stored) {
        JsonArray timeline = new JsonArray();
        for (Entry e : stored.incident().timeline()) {
            timeline.add(new JsonObject()
                    .put("at", Times.text(e.at()))
                    .put("type", e.type())
                    .put("member", e.member())
                    .put("text", e.text())
                    .put("evidence", new JsonArray(e.evidence())));
        }
        JsonArray remarks = new JsonArray();
        for (Remark r : stored.incident().remarks()) {
            remarks.add(new JsonObject()
                    .put("at", Times.text(r.at()))
                    .put("by", r.by())
                    .put("text", r.text())
                    .put("acknowledges", r.acknowledges()));
        }
        return brief(stored)
                .put("timeline", timeline)
                .put("leftOut", stored.incident().leftOut())
                .put("remarks", remarks);
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }
}
