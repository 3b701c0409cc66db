package io.echogate.history;

import io.echogate.history.Archive.Range;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What share of a range each member, and the pool, served, weighted by time. What nobody saw does not count: while the
 * monitor did not run, was cut off itself, or had not asked yet; nor does what was planned: maintenance.
 */
final class Availability {
    private Availability() {}

    /** @param objective percent */
    static JsonObject of(Connection from, Range range, double objective) throws SQLException {
        long start = range.from().toEpochMilli();
        long end = range.to().toEpochMilli();
        Map<String, Shares> all = all(from, new long[] {start, end});
        JsonObject pool = share(all.getOrDefault("", new Shares(new long[] {start, end})), objective);
        JsonArray members = new JsonArray();
        all.forEach((name, shares) -> {
            if (!name.isEmpty()) {
                members.add(share(shares, objective).put("member", name));
            }
        });
        return new JsonObject()
                .put("from", Times.text(start))
                .put("to", Times.text(end))
                .put("objectivePercent", objective)
                .put("pool", pool)
                .put("members", members);
    }

    private static Map<String, Shares> all(Connection from, long[] cuts) throws SQLException {
        Map<String, Shares> all = new TreeMap<>();
        Turns.each(
                from,
                cuts[0],
                cuts[1],
                name -> true,
                run -> run.turns()
                        .forEach((name, turns) ->
                                Turns.sweep(turns, run, all.computeIfAbsent(name, x -> new Shares(cuts)))));
        return all;
    }

    private static JsonObject share(Shares shares, double objective) {
        Shares.Share share = shares.share(0, 1);
        double budget = (share.up() + share.down()) * (100 - objective) / 100;
        return new JsonObject()
                .put("availabilityPercent", share.percent())
                .put("upMillis", share.up())
                .put("downMillis", share.down())
                .put("plannedMillis", share.planned())
                .put("unseenMillis", share.unseen())
                .put("budgetMillis", Math.round(budget))
                .put("budgetLeftMillis", Math.round(budget - share.down()));
    }
}
