package io.echogate.page;

import io.echogate.model.Fleet;
import io.echogate.model.Incident;
import io.echogate.model.Toll;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The incidents that a viewer is told of: those that last, and those that ended a moment ago. Pure. */
final class LiveIncidents {
    static final int MOST = 20;
    private static final Duration SHOWN = Duration.ofMinutes(10);
    private static final Duration COUNTED = Duration.ofMinutes(1);

    private LiveIncidents() {}

    /** Newest first; when there are too many, those that are over give way, the oldest first. */
    static List<Incident> of(Fleet fleet) {
        Comparator<Incident> newest = Comparator.comparing(Incident::named).reversed();
        return fleet.incidents().stream()
                .filter(i -> within(SHOWN, i, fleet.at()))
                .sorted(Comparator.comparing(Incident::open).reversed().thenComparing(newest))
                .limit(MOST)
                .sorted(newest)
                .toList();
    }

    private static boolean within(Duration after, Incident incident, Instant now) {
        Instant ended = incident.ended();
        return ended == null || !ended.plus(after).isBefore(now);
    }

    /** True when both are told of alike. */
    static boolean same(List<Incident> before, List<Incident> now) {
        boolean same = before.size() == now.size();
        for (int i = 0; same && i < now.size(); i++) {
            same = before.get(i).id().equals(now.get(i).id())
                    && before.get(i).seq() == now.get(i).seq();
        }
        return same;
    }

    static JsonArray json(List<Incident> incidents) {
        JsonArray all = new JsonArray();
        incidents.forEach(i -> all.add(brief(i)));
        return all;
    }

    private static JsonObject brief(Incident i) {
        return new JsonObject()
                .put("id", i.id())
                .put("kind", i.kind().name().toLowerCase(Locale.ROOT))
                .put("subject", i.subject())
                .put("members", new JsonArray(i.members()))
                .put("cause", i.cause().name())
                .put("causeWords", i.cause().words())
                .put("leftAt", FleetJson.time(i.left()))
                .put("namedAt", FleetJson.time(i.named()))
                .put("endedAt", FleetJson.time(i.ended()))
                .put("outageAt", FleetJson.time(i.outage()))
                .put("detectionMillis", millis(i.detection()))
                .put("promisedMillis", millis(i.promised()))
                .put("drill", i.drill())
                .put("planned", i.planned())
                .put("acknowledged", i.remarks().stream().anyMatch(Incident.Remark::acknowledges));
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }

    /** By incident, what it did to requests so far: of those that last or ended within the last minute. */
    static JsonObject tolls(Fleet fleet, Map<String, Toll> tolls, Instant now) {
        JsonObject counts = new JsonObject();
        for (Incident i : of(fleet)) {
            Toll toll = tolls.get(i.id());
            if (toll != null && within(COUNTED, i, now)) {
                counts.put(i.id(), toll(toll));
            }
        }
        return counts;
    }

    private static JsonObject toll(Toll toll) {
        return new JsonObject()
                .put("met", toll.met())
                .put("elsewhere", toll.elsewhere())
                .put("failed", toll.failed());
    }
}
