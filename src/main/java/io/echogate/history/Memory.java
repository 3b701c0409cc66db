package io.echogate.history;

import io.echogate.model.Cause;
import io.echogate.model.Recollection;
import io.echogate.model.State;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the run before this one knew last.
 *
 * @param verdicts of its members
 * @param incidents that lasted
 */
record Memory(List<Recollection> verdicts, List<StoredIncident> incidents) {
    static final Memory NONE = new Memory(List.of(), List.of());

    /** @param epoch of this run */
    static Memory of(Connection from, long epoch) throws SQLException {
        List<long[]> runs = new ArrayList<>();
        Tables.each(
                from,
                row -> runs.add(new long[] {row.getLong(1), row.getLong(2)}),
                "SELECT epoch, alive FROM run WHERE epoch < ? ORDER BY epoch DESC LIMIT 1",
                epoch);
        if (runs.isEmpty()) {
            return NONE;
        }
        List<Recollection> verdicts = verdicts(from, runs.getFirst()[0], runs.getFirst()[1]);
        List<StoredIncident> incidents = new ArrayList<>();
        Tables.each(
                from,
                row -> incidents.add(StoredIncident.decode(new JsonObject(row.getString(1)))),
                "SELECT data FROM incident WHERE ended IS NULL ORDER BY named");
        return new Memory(verdicts, incidents);
    }

    private static List<Recollection> verdicts(Connection from, long run, long alive) throws SQLException {
        List<Recollection> found = new ArrayList<>();
        Tables.each(
                from,
                row -> {
                    JsonObject data = new JsonObject(row.getString(2));
                    State state = State.valueOf(data.getString("state"));
                    if (state != State.UNKNOWN) {
                        found.add(new Recollection(
                                row.getString(1),
                                data.getString("url"),
                                state,
                                Cause.valueOf(data.getString("cause")),
                                Instant.ofEpochMilli(data.getLong("since")),
                                data.getString("why"),
                                Instant.ofEpochMilli(alive)));
                    }
                },
                "SELECT m.name, n.data FROM (SELECT member, data, ROW_NUMBER() OVER (PARTITION BY member ORDER BY at DESC,"
                        + " seq DESC) AS place FROM standing WHERE epoch = ?) n JOIN member m ON m.id = n.member"
                        + " WHERE n.place = 1",
                run);
        return found;
    }
}
