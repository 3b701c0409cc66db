package io.echogate.history;

import io.echogate.model.Cause;
import io.echogate.model.Recollection;
import io.echogate.model.State;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the runs before this one knew last.
 *
 * @param verdicts of their members
 * @param incidents that lasted
 */
record Memory(List<Recollection> verdicts, List<StoredIncident> incidents) {
    static final Memory NONE = new Memory(List.of(), List.of());

    /** Runs that ended before they knew of everybody, one after the other, at the most. */
    private static final int RUNS = 20;

    private record Run(long epoch, Instant alive) {}

    /** @param epoch of this run */
    static Memory of(Connection from, long epoch) throws SQLException {
        List<StoredIncident> incidents = new ArrayList<>();
        Tables.each(
                from,
                row -> incidents.add(StoredIncident.decode(new JsonObject(row.getString(1)))),
                "SELECT data FROM incident WHERE ended IS NULL ORDER BY named");
        return new Memory(verdicts(from, epoch), incidents);
    }

    /** Of whom a run knew nothing, because it ended so soon, the one before it may have. */
    private static List<Recollection> verdicts(Connection from, long epoch) throws SQLException {
        List<Run> runs = new ArrayList<>();
        Tables.each(
                from,
                row -> runs.add(new Run(row.getLong(1), Instant.ofEpochMilli(row.getLong(2)))),
                "SELECT epoch, alive FROM run WHERE epoch < ? ORDER BY epoch DESC LIMIT ?",
                epoch,
                RUNS);
        Map<String, Recollection> known = new LinkedHashMap<>();
        boolean all = false;
        for (int i = 0; i < runs.size() && !all; i++) {
            List<Recollection> found = verdicts(from, runs.get(i));
            found.stream().filter(r -> r.state() != State.UNKNOWN).forEach(r -> known.putIfAbsent(r.member(), r));
            all = found.stream().allMatch(r -> known.containsKey(r.member()));
        }
        return List.copyOf(known.values());
    }

    private static List<Recollection> verdicts(Connection from, Run run) throws SQLException {
        List<Recollection> found = new ArrayList<>();
        Tables.each(
                from,
                row -> {
                    JsonObject data = new JsonObject(row.getString(2));
                    found.add(new Recollection(
                            row.getString(1),
                            data.getString("url"),
                            State.valueOf(data.getString("state")),
                            Cause.valueOf(data.getString("cause")),
                            Instant.ofEpochMilli(data.getLong("since")),
                            data.getString("why"),
                            run.alive()));
                },
                "SELECT m.name, n.data FROM (SELECT member, data, ROW_NUMBER() OVER (PARTITION BY member ORDER BY at DESC,"
                        + " seq DESC) AS place FROM standing WHERE epoch = ?) n JOIN member m ON m.id = n.member"
                        + " WHERE n.place = 1",
                run.epoch());
        return found;
    }
}
