package io.echogate.history;

import io.echogate.config.HistoryRules;
import io.echogate.config.HistoryRules.Tier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes blocks of what is finer: seconds become the first tier's blocks, each complete block of a tier adds to the next
 * tier's. One transaction for each span of a block, in which its sources are marked as done, so that nothing is counted
 * twice whenever it is broken off. Confined to the storing thread.
 */
final class RollUp {
    /** A span is worked on at a time, and so many in one go: what is to be stored waits meanwhile. */
    private static final int SPANS_AT_ONCE = 16;

    /** What is worked on at once is held in memory: with thousands of members, all would be felt by the collector. */
    private static final int SERIES_AT_ONCE = 1_024;

    private static final Logger log = LoggerFactory.getLogger(RollUp.class);

    private final Bin sum = new Bin();
    private final Connection connection;
    private final Tables tables;
    private final List<Tier> tiers;

    RollUp(Connection connection, Tables tables, HistoryRules rules) {
        this.connection = connection;
        this.tables = tables;
        this.tiers = rules.tiers();
    }

    /** Seconds that a block of that tier spans. */
    static long span(Tier tier) {
        return tier.step().toSeconds() * Block.BINS;
    }

    /** Works on what is complete at that time; false when there is more to do. */
    boolean catchUp(Instant now) throws SQLException {
        boolean all = moments(now.getEpochSecond());
        for (int i = 0; i + 1 < tiers.size(); i++) {
            all &= promote(tiers.get(i), tiers.get(i + 1));
        }
        connection.commit(); // reading alone has begun a transaction, too, and holds others up
        return all;
    }

    private boolean moments(long now) throws SQLException {
        Tier first = tiers.getFirst();
        long end = now - now % span(first);
        int done = 0;
        while (true) {
            long oldest = tables.number("SELECT COALESCE(MIN(second), ?) FROM moment WHERE second < ?", end, end);
            if (oldest == end) {
                mark(first, end);
                connection.commit();
                return true;
            }
            if (done++ == SPANS_AT_ONCE) {
                return false;
            }
            long start = oldest - oldest % span(first);
            gather(first, start, start + span(first));
            tables.update("DELETE FROM moment WHERE second >= ? AND second < ?", start, start + span(first));
            mark(first, start + span(first));
            connection.commit();
        }
    }

    private void gather(Tier tier, long start, long end) throws SQLException {
        List<Moment> moments = new ArrayList<>();
        tables.each(
                row -> moments.add(new Moment(row.getLong(1), row.getBytes(2))),
                "SELECT second, data FROM moment WHERE second >= ? AND second < ? ORDER BY second, id",
                start,
                end);
        long step = tier.step().toSeconds();
        for (int low = 0; low < all(); low += SERIES_AT_ONCE) {
            int from = low;
            Map<Integer, Parts> series = new TreeMap<>();
            for (Moment moment : moments) {
                int index = (int) ((moment.second() - start) / step);
                spared(
                        moment.second(),
                        () -> moment.read((id, bin) -> {
                            if (id >= from && id < from + SERIES_AT_ONCE) {
                                of(series, id).add(index, bin);
                            }
                        }));
            }
            add(tier, start, low, series);
        }
    }

    /** What is damaged costs itself and nothing else: else nothing would ever be stored again. */
    private static void spared(long start, Runnable work) {
        try {
            work.run();
        } catch (IllegalArgumentException e) {
            log.warn("history_figures_damaged start={} reason=\"{}\"", start, e.getMessage());
        }
    }

    /** Above every series' id. */
    private int all() throws SQLException {
        return Series.HOST.id(Math.toIntExact(tables.number("SELECT COALESCE(MAX(id), 0) FROM member") + 1));
    }

    private static Parts of(Map<Integer, Parts> series, int id) {
        return series.computeIfAbsent(id, x -> new Parts());
    }

    /** Adds what the finer one of two tiers has complete, and the coarser one has not. */
    private boolean promote(Tier finer, Tier coarser) throws SQLException {
        long filled = mark(finer);
        long limit = filled - filled % span(finer);
        int done = 0;
        for (long from = mark(coarser); from < limit; connection.commit()) {
            long start = tables.number(
                    "SELECT COALESCE(MIN(start), ?) FROM block WHERE step = ? AND start >= ? AND start < ?",
                    limit,
                    finer.step().toSeconds(),
                    from,
                    limit);
            if (start < limit) {
                if (done++ == SPANS_AT_ONCE) {
                    return false;
                }
                promote(finer, coarser, start);
            }
            from = Math.min(limit, start + span(finer));
            mark(coarser, from);
        }
        return true;
    }

    private void promote(Tier finer, Tier coarser, long start) throws SQLException {
        long fine = finer.step().toSeconds();
        long coarse = coarser.step().toSeconds();
        long target = start - start % span(coarser);
        for (int low = 0; low < all(); low += SERIES_AT_ONCE) {
            Map<Integer, Parts> series = new TreeMap<>();
            each(
                    finer,
                    start,
                    low,
                    (id, index, bin) -> of(series, id).add((int) ((start + index * fine - target) / coarse), bin));
            add(coarser, target, low, series);
        }
    }

    @FunctionalInterface
    private interface Stored {
        void bin(int series, int index, Bytes.In bin);
    }

    /** All that is stored of one tier for one span; a block that is damaged is left out, and said. */
    private void each(Tier tier, long start, int low, Stored to) throws SQLException {
        tables.each(
                row -> {
                    int series = row.getInt(1);
                    byte[] block = row.getBytes(2);
                    spared(start, () -> Block.read(block, (index, bin) -> to.bin(series, index, bin)));
                },
                "SELECT series, data FROM block WHERE step = ? AND start = ? AND series >= ? AND series < ?",
                tier.step().toSeconds(),
                start,
                low,
                low + SERIES_AT_ONCE);
    }

    /** Adds to the blocks that are there, or begins them. */
    private void add(Tier tier, long start, int low, Map<Integer, Parts> series) throws SQLException {
        Map<Integer, Parts> there = new HashMap<>();
        each(tier, start, low, (id, index, bin) -> of(there, id).add(index, bin));
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO block (step, start, series, data) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (step, start, series) DO UPDATE SET data = excluded.data")) {
            for (Map.Entry<Integer, Parts> one : series.entrySet()) {
                Parts parts = there.getOrDefault(one.getKey(), new Parts());
                parts.addAll(one.getValue());
                statement.setLong(1, tier.step().toSeconds());
                statement.setLong(2, start);
                statement.setLong(3, one.getKey());
                statement.setBytes(4, parts.block(sum));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Up to when that tier is filled, seconds since 1970. */
    private long mark(Tier tier) throws SQLException {
        return tables.number("SELECT upto FROM mark WHERE step = ?", tier.step().toSeconds());
    }

    /** It is filled up to then; never backwards. */
    private void mark(Tier tier, long upto) throws SQLException {
        if (mark(tier) < upto) {
            tables.update(
                    "INSERT INTO mark (step, upto) VALUES (?, ?) ON CONFLICT (step) DO UPDATE SET upto = excluded.upto",
                    tier.step().toSeconds(),
                    upto);
        }
    }

    /** Deletes what is older than it is kept. */
    void prune(Instant now, HistoryRules rules) throws SQLException {
        for (Tier tier : tiers) {
            long before = now.minus(tier.keep()).getEpochSecond() - span(tier);
            tables.update(
                    "DELETE FROM block WHERE step = ? AND start < ?",
                    tier.step().toSeconds(),
                    before);
        }
        long oldest = now.minus(rules.events()).toEpochMilli();
        tables.update("DELETE FROM event WHERE at < ?", oldest);
        tables.update("DELETE FROM intent WHERE at < ?", oldest);
        tables.update("DELETE FROM incident WHERE ended < ?", oldest);
        tables.update("DELETE FROM standing WHERE epoch IN (SELECT epoch FROM run WHERE alive < ?)", oldest);
        tables.update("DELETE FROM run WHERE alive < ?", oldest);
        connection.commit();
    }
}
