package io.echogate.history;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The last days, each cut at midnight of one offset from UTC, the current one up to now: what share of each day the members,
 * and the pool, served. What counts is what counts for {@link Availability}.
 *
 * @param now where the last day ends for the time being
 * @param days how many, the current one included
 * @param offset of the reader's clock from UTC
 */
public record Days(Instant now, int days, Duration offset) {
    private static final long DAY = Duration.ofDays(1).toMillis();

    /** Where each day begins, and now. */
    long[] cuts() {
        long[] cuts = new long[days + 1];
        for (int i = 0; i < days; i++) {
            cuts[i] = (first() + i) * DAY - offset.toMillis();
        }
        cuts[days] = now.toEpochMilli();
        return cuts;
    }

    /** The first of the days, counted from 1970. */
    private long first() {
        return Math.floorDiv(now.toEpochMilli() + offset.toMillis(), DAY) - days + 1;
    }

    /** Names of the days, such as {@code 2026-01-31}. */
    public List<String> names() {
        return LocalDate.ofEpochDay(first())
                .datesUntil(LocalDate.ofEpochDay(first() + days))
                .map(LocalDate::toString)
                .toList();
    }

    /** @param members names; those that are not known are left out */
    JsonObject of(Connection from, Collection<String> members) throws SQLException {
        long[] cuts = cuts();
        Map<String, Shares> all = new TreeMap<>();
        members.forEach(name -> all.put(name, new Shares(cuts)));
        Shares pool = new Shares(cuts);
        if (cuts[0] < cuts[days]) {
            Turns.each(
                    from,
                    cuts[0],
                    cuts[days],
                    all::containsKey,
                    run -> run.turns().forEach((name, turns) -> {
                        Shares of = name.isEmpty() ? pool : all.computeIfAbsent(name, x -> new Shares(cuts));
                        Turns.sweep(turns, run, of);
                    }));
        }
        JsonArray columns = new JsonArray();
        all.forEach((name, shares) -> columns.add(columns(shares).put("member", name)));
        return new JsonObject()
                .put("from", Times.text(cuts[0]))
                .put("to", Times.text(cuts[days]))
                .put("days", new JsonArray(names()))
                .put("pool", columns(pool))
                .put("members", columns);
    }

    private JsonObject columns(Shares shares) {
        JsonArray percent = new JsonArray();
        JsonArray down = new JsonArray();
        JsonArray planned = new JsonArray();
        JsonArray unseen = new JsonArray();
        for (int i = 0; i < days; i++) {
            Shares.Share share = shares.share(i, i + 1);
            @Nullable Double served = share.percent();
            percent.add(served);
            down.add(share.down());
            planned.add(share.planned());
            unseen.add(share.unseen());
        }
        return new JsonObject()
                .put("availabilityPercent", percent)
                .put("downMillis", down)
                .put("plannedMillis", planned)
                .put("unseenMillis", unseen);
    }
}
