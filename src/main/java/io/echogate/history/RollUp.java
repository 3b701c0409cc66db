package io.echogate.history;

import io.echogate.config.HistoryRules;
import io.echogate.config.HistoryRules.Tier;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes blocks of what is finer: seconds become the first tier's blocks, each complete block of a tier adds to the next
 * tier's. One transaction for each span of a block, in which its sources are marked as done, so that nothing is counted
 * twice whenever it is broken off. What comes late is added to what is there. Confined to the storing thread.
 */
final class RollUp {
    /** A span is worked on at a time, and so many in one go: what is to be stored waits meanwhile. */
    private static final int SPANS_AT_ONCE = 16;

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
        Map<Integer, TreeMap<Integer, Bin>> series = new TreeMap<>();
        tables.each(
                row -> {
                    long second = row.getLong(1);
                    int index = (int) ((second - start) / tier.step().toSeconds());
                    new Moment(second, row.getBytes(2))
                            .read((id, bin) -> series.computeIfAbsent(id, x -> new TreeMap<>())
                                    .computeIfAbsent(index, x -> new Bin())
                                    .merge(bin));
                },
                "SELECT second, data FROM moment WHERE second >= ? AND second < ? ORDER BY second, id",
                start,
                end);
        for (Map.Entry<Integer, TreeMap<Integer, Bin>> one : series.entrySet()) {
            add(tier, start, one.getKey(), one.getValue());
        }
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
        Map<Integer, byte[]> blocks = new HashMap<>();
        tables.each(
                row -> blocks.put(row.getInt(1), row.getBytes(2)),
                "SELECT series, data FROM block WHERE step = ? AND start = ?",
                finer.step().toSeconds(),
                start);
        long target = start - start % span(coarser);
        for (Map.Entry<Integer, byte[]> block : new TreeMap<>(blocks).entrySet()) {
            TreeMap<Integer, Bin> bins = new TreeMap<>();
            Block.read(block.getValue(), (index, bin) -> {
                long at = start + index * finer.step().toSeconds();
                int into = (int) ((at - target) / coarser.step().toSeconds());
                bins.computeIfAbsent(into, x -> new Bin()).merge(bin);
            });
            add(coarser, target, block.getKey(), bins);
        }
    }

    /** Adds bins to the block that is there, or begins it. */
    private void add(Tier tier, long start, int series, SortedMap<Integer, Bin> bins) throws SQLException {
        List<byte[]> there = new ArrayList<>();
        long step = tier.step().toSeconds();
        tables.each(
                row -> there.add(row.getBytes(1)),
                "SELECT data FROM block WHERE step = ? AND start = ? AND series = ?",
                step,
                start,
                series);
        for (byte[] block : there) {
            Block.read(
                    block,
                    (index, bin) -> bins.computeIfAbsent(index, x -> new Bin()).merge(bin));
        }
        Block.Writer writer = new Block.Writer();
        bins.forEach(writer::add);
        tables.update(
                "INSERT INTO block (step, start, series, data) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (step, start, series) DO UPDATE SET data = excluded.data",
                step,
                start,
                series,
                writer.bytes());
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
