package io.echogate.history;

import io.echogate.history.Archive.Range;
import io.echogate.model.Cause;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events, incidents and the fleet as they were, read from the tables. */
final class Past {
    /** A run that was alive then may have written its last sign of life so much earlier. */
    private static final long ALIVE_MILLIS = 3_000;

    private static final long NOBODY = -1;

    /** Standings of a run up to a time, the newest of each member in place 1. */
    private static final String NEWEST = "SELECT n.member, m.name, n.data FROM (SELECT member, data, ROW_NUMBER() OVER"
            + " (PARTITION BY member ORDER BY at DESC, seq DESC) AS place FROM standing WHERE epoch = ? AND at <= ?) n"
            + " LEFT JOIN member m ON m.id = n.member";

    private Past() {}

    static JsonObject events(Connection from, Range range, String member, String type, long before, int limit)
            throws SQLException {
        JsonArray events = new JsonArray();
        StringBuilder sql = new StringBuilder("SELECT id, data, epoch FROM event WHERE at >= ? AND at < ?");
        List<Object> values =
                new ArrayList<>(List.of(range.from().toEpochMilli(), range.to().toEpochMilli()));
        with(sql, values, " AND member = ?", member);
        with(sql, values, " AND type = ?", type);
        if (before > 0) {
            sql.append(" AND id < ?");
            values.add(before);
        }
        values.add(limit + 1);
        Tables.each(
                from,
                row -> {
                    JsonObject event = new JsonObject(row.getString(2));
                    events.add(event.put("causeWords", words(event))
                            .put("id", row.getLong(1))
                            .put("epoch", row.getLong(3)));
                },
                sql + " ORDER BY at DESC, id DESC LIMIT ?",
                values.toArray());
        return page("events", events, limit, "id");
    }

    private static String words(JsonObject of) {
        return Cause.valueOf(of.getString("cause")).words();
    }

    private static void with(StringBuilder sql, List<Object> values, String condition, String value) {
        if (!value.isEmpty()) {
            sql.append(condition);
            values.add(value);
        }
    }

    /** With what the next page is asked for by, or null on the last one. */
    private static JsonObject page(String name, JsonArray found, int limit, String key) {
        Object next = null;
        if (found.size() > limit) {
            found.remove(limit);
            next = found.getJsonObject(limit - 1).getValue(key);
        }
        return new JsonObject().put(name, found).put("next", next);
    }

    static JsonObject incidents(Connection from, Range range, boolean open, String before, int limit)
            throws SQLException {
        if (!before.isEmpty() && incident(from, before) == null) {
            throw new IllegalArgumentException("before: no incident `" + before + "`");
        }
        JsonArray found = new JsonArray();
        StringBuilder sql =
                new StringBuilder("SELECT data FROM incident WHERE named < ? AND (ended IS NULL OR ended >= ?)");
        List<Object> values =
                new ArrayList<>(List.of(range.to().toEpochMilli(), range.from().toEpochMilli()));
        if (open) {
            sql.append(" AND ended IS NULL");
        }
        with(sql, values, " AND (named, id) < (SELECT named, id FROM incident WHERE id = ?)", before);
        values.add(limit + 1);
        Tables.each(
                from,
                row -> found.add(IncidentView.brief(StoredIncident.decode(new JsonObject(row.getString(1))))),
                sql + " ORDER BY named DESC, id DESC LIMIT ?",
                values.toArray());
        return page("incidents", found, limit, "id");
    }

    static @Nullable StoredIncident incident(Connection from, String id) throws SQLException {
        List<StoredIncident> found = new ArrayList<>();
        Tables.each(
                from,
                row -> found.add(StoredIncident.decode(new JsonObject(row.getString(1)))),
                "SELECT data FROM incident WHERE id = ?",
                id);
        return found.isEmpty() ? null : found.getFirst();
    }

    /** As the fleet's JSON is, as far as it is remembered; {@code known} is false for a time when nobody looked. */
    static JsonObject fleet(Connection from, Instant at, Charts charts) throws SQLException {
        long then = at.toEpochMilli();
        long[] run = {NOBODY};
        Tables.each(
                from,
                row -> run[0] = row.getLong(1),
                "SELECT epoch FROM run WHERE began <= ? AND alive >= ? ORDER BY epoch DESC LIMIT 1",
                then,
                then - ALIVE_MILLIS);
        JsonObject fleet = new JsonObject()
                .put("at", Times.text(then))
                .put("known", run[0] != NOBODY)
                .put("members", new JsonArray());
        if (run[0] != NOBODY) {
            List<Integer> numbers =
                    standings(from, run[0], then, fleet.put("epoch", run[0]).put("isolated", false));
            trips(fleet, numbers, at, charts);
        }
        return fleet;
    }

    /** Adds who there was; their numbers in that order. */
    private static List<Integer> standings(Connection from, long run, long then, JsonObject fleet) throws SQLException {
        List<Integer> numbers = new ArrayList<>();
        Tables.each(
                from,
                row -> {
                    JsonObject data = new JsonObject(row.getString(3));
                    if (row.getInt(1) == 0) {
                        fleet.put("isolated", data.getBoolean("isolated"));
                    } else {
                        numbers.add(row.getInt(1));
                        fleet.getJsonArray("members").add(member(row.getString(2), data));
                    }
                },
                NEWEST + " WHERE n.place = 1 ORDER BY n.member",
                run,
                then);
        return numbers;
    }

    private static JsonObject member(String name, JsonObject data) {
        return new JsonObject()
                .put("name", name)
                .put("url", data.getString("url"))
                .put("state", data.getString("state"))
                .put("cause", data.getString("cause"))
                .put("causeWords", words(data))
                .put("why", data.getString("why"))
                .put("since", Times.text(data.getLong("since")))
                .put("intent", data.getString("intent"))
                .put("serving", data.getBoolean("serving"))
                .put("host", new JsonObject().put("state", data.getString("host")))
                .put("service", new JsonObject().put("state", data.getString("state")));
    }

    /** Adds what the echoes around that moment took. */
    private static void trips(JsonObject fleet, List<Integer> numbers, Instant at, Charts charts) throws SQLException {
        JsonArray members = fleet.getJsonArray("members");
        Map<Integer, String> names = new LinkedHashMap<>();
        for (int i = 0; i < numbers.size(); i++) {
            names.put(numbers.get(i), members.getJsonObject(i).getString("name"));
        }
        for (Series series : List.of(Series.HOST, Series.SERVICE)) {
            long end = at.getEpochSecond() + 1;
            Charts.Plan plan = charts.plan(names, series, end - 1, end, 1);
            JsonArray tracks = charts.read(plan).getJsonArray("members");
            for (int i = 0; i < tracks.size(); i++) {
                JsonArray p50 = tracks.getJsonObject(i).getJsonArray("p50Millis");
                members.getJsonObject(i)
                        .getJsonObject(series == Series.HOST ? "host" : "service")
                        .put("rttMillis", p50.getValue(p50.size() - 1));
            }
        }
    }
}
