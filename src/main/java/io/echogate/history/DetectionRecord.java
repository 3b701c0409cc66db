package io.echogate.history;

import io.echogate.history.Archive.Range;
import io.echogate.model.Incident;
import io.echogate.model.Toll;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The detection record: how fast failures of a range were noticed, beside what was promised, and what they cost. */
final class DetectionRecord {
    private DetectionRecord() {}

    static JsonObject of(Connection from, Range range) throws SQLException {
        List<StoredIncident> found = new ArrayList<>();
        Tables.each(
                from,
                row -> found.add(StoredIncident.decode(new JsonObject(row.getString(1)))),
                "SELECT data FROM incident WHERE named >= ? AND named < ? ORDER BY named",
                range.from().toEpochMilli(),
                range.to().toEpochMilli());
        List<StoredIncident> real =
                found.stream().filter(s -> !s.incident().drill()).toList();
        JsonObject record = summary(real)
                .put("from", Times.text(range.from()))
                .put("to", Times.text(range.to()))
                .put("drills", found.size() - real.size())
                .put("doubtsOverturned", overturned(from, range));
        TreeMap<String, List<StoredIncident>> byCause = new TreeMap<>();
        real.forEach(s -> byCause.computeIfAbsent(s.incident().cause().name(), x -> new ArrayList<>())
                .add(s));
        JsonArray causes = new JsonArray();
        byCause.forEach((cause, of) -> causes.add(summary(of).put("cause", cause)));
        return record.put("causes", causes);
    }

    private static JsonObject summary(List<StoredIncident> of) {
        Toll toll = of.stream().map(StoredIncident::toll).reduce(Toll.NONE, Toll::plus);
        return new JsonObject()
                .put("incidents", of.size())
                .put("detection", spread(of, Incident::detection))
                .put("rerouting", spread(of, Incident::rerouting))
                .put("promisedMillis", worst(of, Incident::promised))
                .put("late", of.stream().filter(DetectionRecord::late).count())
                .put("requests", IncidentView.requests(toll));
    }

    /** Noticed later than was promised. */
    private static boolean late(StoredIncident stored) {
        Duration took = stored.incident().detection();
        Duration promised = stored.incident().promised();
        return took != null && promised != null && took.compareTo(promised) > 0;
    }

    private static JsonObject spread(List<StoredIncident> of, Function<Incident, @Nullable Duration> what) {
        List<Long> sorted = of.stream()
                .map(s -> what.apply(s.incident()))
                .filter(Objects::nonNull)
                .map(Duration::toMillis)
                .sorted(Comparator.naturalOrder())
                .toList();
        return new JsonObject()
                .put("count", sorted.size())
                .put("medianMillis", sorted.isEmpty() ? null : sorted.get((sorted.size() - 1) / 2))
                .put("worstMillis", sorted.isEmpty() ? null : sorted.getLast());
    }

    private static @Nullable Long worst(List<StoredIncident> of, Function<Incident, @Nullable Duration> what) {
        return spread(of, what).getLong("worstMillis");
    }

    /** Doubts that came to nothing. */
    private static long overturned(Connection from, Range range) throws SQLException {
        long[] count = new long[1];
        Tables.each(
                from,
                row -> {
                    JsonObject event = new JsonObject(row.getString(1));
                    String change = event.getString("from") + event.getString("to");
                    count[0] += change.toUpperCase(Locale.ROOT).equals("SUSPECTUP") ? 1 : 0;
                },
                "SELECT data FROM event WHERE type = 'member_state' AND at >= ? AND at < ?",
                range.from().toEpochMilli(),
                range.to().toEpochMilli());
        return count[0];
    }
}
