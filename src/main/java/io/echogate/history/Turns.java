package io.echogate.history;

import io.echogate.model.Intent;
import io.echogate.model.State;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** How everybody stood in a range, run by run, as far as somebody looked. */
final class Turns {
    /** How somebody stood for a while. */
    enum Mode {
        UP,
        /** Up, and given nothing new: an operator's order. */
        DRAINED,
        DOWN,
        PLANNED,
        UNSEEN
    }

    /** From then on. */
    record Turn(long at, Mode mode) {}

    /**
     * One run of the monitor, or as much of it as lies in the range.
     *
     * @param turns by member's name, the empty one for the pool; in the order of time. The first may lie before the start
     * @param cutOff {@link Mode#UNSEEN} from when it was us, {@link Mode#UP} from when it no longer was
     */
    record Run(Map<String, List<Turn>> turns, List<Turn> cutOff, long start, long end) {
        /** Nobody is known by that name: never. */
        List<Turn> of(String name) {
            return turns.getOrDefault(name, List.of());
        }
    }

    /** Is told how long somebody stood how, in the order of time. */
    @FunctionalInterface
    interface Stretches {
        void lasted(Mode mode, long from, long to);
    }

    /** Takes each run, in the order of time. */
    @FunctionalInterface
    interface Runs {
        void take(Run run);
    }

    private Turns() {}

    /** @param wanted whose standing is read, by name; the pool's always is */
    static void each(Connection from, long start, long end, Predicate<String> wanted, Runs runs) throws SQLException {
        List<long[]> found = new ArrayList<>();
        Tables.each(
                from,
                row -> found.add(new long[] {row.getLong(1), row.getLong(2), row.getLong(3)}),
                "SELECT epoch, began, alive FROM run WHERE alive >= ? AND began < ? ORDER BY epoch",
                start,
                end);
        for (int i = 0; i < found.size(); i++) {
            long next = i + 1 < found.size() ? found.get(i + 1)[1] : Long.MAX_VALUE;
            long last = Math.min(Math.min(end, found.get(i)[2]), next);
            long first = Math.max(start, found.get(i)[1]);
            if (first < last) {
                runs.take(run(from, found.get(i)[0], first, last, wanted));
            }
        }
    }

    private static Run run(Connection from, long epoch, long start, long end, Predicate<String> wanted)
            throws SQLException {
        Map<String, List<Turn>> turns = new TreeMap<>();
        List<Turn> cutOff = new ArrayList<>();
        Tables.each(
                from,
                row -> {
                    String name = row.getString(1) == null ? "" : row.getString(1);
                    if (!name.isEmpty() && !wanted.test(name)) {
                        return;
                    }
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
        return new Run(turns, cutOff, start, end);
    }

    private static Mode mode(String name, JsonObject data) {
        if (name.isEmpty()) {
            Mode mode = data.getBoolean("serves") ? Mode.UP : Mode.DOWN;
            return data.getBoolean("asked") ? mode : Mode.UNSEEN;
        }
        String intent = data.getString("intent");
        if (intent.equals(Intent.MAINTENANCE.name())) {
            return Mode.PLANNED;
        }
        return switch (State.valueOf(data.getString("state"))) {
            case UP, SUSPECT -> intent.equals(Intent.READY.name()) ? Mode.UP : Mode.DRAINED;
            case DOWN, RECOVERING -> Mode.DOWN;
            case UNKNOWN -> Mode.UNSEEN;
        };
    }

    /** Says how long each turn lasted within the run, where being cut off hides all else. */
    static void sweep(List<Turn> turns, Run run, Stretches out) {
        List<Turn> cutOff = run.cutOff();
        int c = 0;
        boolean hidden = false;
        for (int i = 0; i < turns.size(); i++) {
            long at = Math.max(run.start(), turns.get(i).at());
            long until =
                    Math.min(run.end(), i + 1 < turns.size() ? turns.get(i + 1).at() : run.end());
            while (at < until) {
                while (c < cutOff.size() && cutOff.get(c).at() <= at) {
                    hidden = cutOff.get(c++).mode() == Mode.UNSEEN;
                }
                long next = c < cutOff.size() ? Math.min(until, cutOff.get(c).at()) : until;
                out.lasted(hidden ? Mode.UNSEEN : turns.get(i).mode(), at, next);
                at = next;
            }
        }
    }
}
