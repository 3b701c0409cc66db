package io.echogate.history;

import io.echogate.history.Archive.Range;
import io.echogate.model.Intent;
import io.echogate.model.State;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What share of a range each member, and the pool, served, weighted by time. What nobody saw does not count: while the
 * monitor did not run, was cut off itself, or had not asked yet; nor does what was planned: maintenance.
 */
final class Availability {
    /** How somebody stood for a while. */
    enum Mode {
        UP,
        DOWN,
        PLANNED,
        UNSEEN
    }

    /** From then on. */
    record Turn(long at, Mode mode) {}

    private final Map<String, Map<Mode, Long>> sums = new TreeMap<>();

    private Availability() {}

    /** @param objective percent */
    static JsonObject of(Connection from, Range range, double objective) throws SQLException {
        Availability all = new Availability();
        long start = range.from().toEpochMilli();
        long end = range.to().toEpochMilli();
        List<long[]> runs = new ArrayList<>();
        Tables.each(
                from,
                row -> runs.add(new long[] {row.getLong(1), row.getLong(2), row.getLong(3)}),
                "SELECT epoch, began, alive FROM run WHERE alive >= ? AND began < ? ORDER BY epoch",
                start,
                end);
        for (int i = 0; i < runs.size(); i++) {
            long next = i + 1 < runs.size() ? runs.get(i + 1)[1] : Long.MAX_VALUE;
            long last = Math.min(Math.min(end, runs.get(i)[2]), next);
            all.run(from, runs.get(i)[0], Math.max(start, runs.get(i)[1]), last);
        }
        JsonArray members = new JsonArray();
        all.sums.forEach((name, sum) -> {
            if (!name.isEmpty()) {
                members.add(share(sum, start, end, objective).put("member", name));
            }
        });
        return new JsonObject()
                .put("from", Times.text(start))
                .put("to", Times.text(end))
                .put("objectivePercent", objective)
                .put("pool", share(all.sums.getOrDefault("", Map.of()), start, end, objective))
                .put("members", members);
    }

    private void run(Connection from, long epoch, long start, long end) throws SQLException {
        if (start >= end) {
            return;
        }
        Map<String, List<Turn>> turns = new TreeMap<>();
        List<Turn> cutOff = new ArrayList<>();
        Tables.each(
                from,
                row -> {
                    String name = row.getString(1) == null ? "" : row.getString(1);
                    JsonObject data = new JsonObject(row.getString(3));
                    turns.computeIfAbsent(name, x -> new ArrayList<>()).add(new Turn(row.getLong(2), mode(name, data)));
                    if (name.isEmpty()) {
                        cutOff.add(new Turn(row.getLong(2), data.getBoolean("isolated") ? Mode.UNSEEN : Mode.UP));
                    }
                },
                "SELECT m.name, s.at, s.data FROM standing s LEFT JOIN member m ON m.id = s.member"
                        + " WHERE s.epoch = ? AND s.at < ? ORDER BY s.member, s.at, s.seq",
                epoch,
                end);
        turns.forEach((name, of) -> add(sums.computeIfAbsent(name, x -> new TreeMap<>()), of, cutOff, start, end));
    }

    private static Mode mode(String name, JsonObject data) {
        if (name.isEmpty()) {
            Mode mode = data.getBoolean("serves") ? Mode.UP : Mode.DOWN;
            return data.getBoolean("asked") ? mode : Mode.UNSEEN;
        }
        if (data.getString("intent").equals(Intent.MAINTENANCE.name())) {
            return Mode.PLANNED;
        }
        return switch (State.valueOf(data.getString("state"))) {
            case UP, SUSPECT -> Mode.UP;
            case DOWN, RECOVERING -> Mode.DOWN;
            case UNKNOWN -> Mode.UNSEEN;
        };
    }

    /** Adds up how long each mode lasted, where being cut off hides all others. Both in the order of time. */
    static void add(Map<Mode, Long> sum, List<Turn> turns, List<Turn> cutOff, long start, long end) {
        int c = 0;
        boolean hidden = false;
        for (int i = 0; i < turns.size(); i++) {
            long at = Math.max(start, turns.get(i).at());
            long until = Math.min(end, i + 1 < turns.size() ? turns.get(i + 1).at() : end);
            while (at < until) {
                while (c < cutOff.size() && cutOff.get(c).at() <= at) {
                    hidden = cutOff.get(c++).mode() == Mode.UNSEEN;
                }
                long next = c < cutOff.size() ? Math.min(until, cutOff.get(c).at()) : until;
                sum.merge(hidden ? Mode.UNSEEN : turns.get(i).mode(), next - at, Long::sum);
                at = next;
            }
        }
    }

    private static JsonObject share(Map<Mode, Long> sum, long start, long end, double objective) {
        long up = sum.getOrDefault(Mode.UP, 0L);
        long down = sum.getOrDefault(Mode.DOWN, 0L);
        long planned = sum.getOrDefault(Mode.PLANNED, 0L);
        double budget = (up + down) * (100 - objective) / 100;
        return new JsonObject()
                .put("availabilityPercent", percent(up, up + down))
                .put("upMillis", up)
                .put("downMillis", down)
                .put("plannedMillis", planned)
                .put("unseenMillis", Math.max(0, end - start - up - down - planned))
                .put("budgetMillis", Math.round(budget))
                .put("budgetLeftMillis", Math.round(budget - down));
    }

    private static @Nullable Double percent(long part, long whole) {
        return whole == 0 ? null : Math.floor(part * 1e6 / whole) / 1e4;
    }
}
