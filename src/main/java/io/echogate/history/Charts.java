package io.echogate.history;

import io.echogate.config.HistoryRules;
import io.echogate.config.HistoryRules.Tier;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads figures of a range from the coarsest tier that serves, and where that one is not filled yet from the finer ones. One
 * connection; confined to one thread.
 */
final class Charts {
    /** Steps of one chart, unless another step is asked for. */
    static final int USUAL_STEPS = 500;

    /** Of all charts of one answer, unless another step is asked for: of many members each has fewer steps. */
    private static final int USUAL_ITEMS = 20_000;

    private static final int LEAST_STEPS = 50;

    /** Of one chart. */
    private static final int MOST_STEPS = 200_000;

    /** Members that are looked up one by one rather than by reading everybody's. */
    private static final int FEW = 4;

    private static final int STARTS_AT_ONCE = 400;

    private static final Logger log = LoggerFactory.getLogger(Charts.class);

    private final Connection from;
    private final List<Tier> tiers;
    private final long now;

    /** @param now seconds since 1970 */
    Charts(Connection from, HistoryRules rules, long now) {
        this.from = from;
        this.tiers = rules.tiers();
        this.now = now;
    }

    /**
     * What is asked for.
     *
     * @param members names by their stored numbers
     * @param start seconds since 1970
     * @param end after which nothing is wanted
     * @param step seconds; a multiple of the chosen tier's
     * @param tier index of the coarsest that is read
     */
    record Plan(Map<Integer, String> members, Series series, long start, long end, long step, int tier) {
        int size() {
            return Math.toIntExact(Math.ceilDiv(end - start, step));
        }
    }

    /** @param step seconds at the least; 0: whatever gives about {@link #USUAL_STEPS} */
    Plan plan(Map<Integer, String> members, Series series, long start, long end, long step) {
        int steps = Math.clamp(USUAL_ITEMS / Math.max(1, members.size()), LEAST_STEPS, USUAL_STEPS);
        long wanted = step > 0 ? step : Math.max(1, Math.ceilDiv(end - start, steps));
        int chosen = -1;
        for (int i = 0; i < tiers.size(); i++) {
            boolean kept = now - tiers.get(i).keep().toSeconds() <= start;
            if (kept && (chosen < 0 || tiers.get(i).step().toSeconds() <= wanted)) {
                chosen = i;
            }
        }
        chosen = chosen < 0 ? tiers.size() - 1 : chosen;
        long fine = tiers.get(chosen).step().toSeconds();
        long whole = Math.ceilDiv(Math.max(wanted, fine), fine) * fine;
        long aligned = start - Math.floorMod(start, whole);
        if (Math.ceilDiv(end - aligned, whole) > MOST_STEPS) {
            throw new IllegalArgumentException(
                    "step: the range has more than " + MOST_STEPS + " steps; take longer ones");
        }
        return new Plan(members, series, aligned, end, whole, chosen);
    }

    JsonObject read(Plan plan) throws SQLException {
        Map<Integer, Chart> charts = new LinkedHashMap<>();
        plan.members().keySet().forEach(m -> charts.put(plan.series().id(m), new Chart(plan.series(), plan.size())));
        long done = plan.start();
        for (int i = plan.tier(); i >= 0 && done < plan.end(); i--) {
            long upto = Math.min(plan.end(), mark(tiers.get(i)));
            if (upto > done) {
                blocks(plan, tiers.get(i), done, upto, charts);
                done = upto;
            }
        }
        if (done < plan.end()) {
            moments(plan, done, charts);
        }
        JsonArray members = new JsonArray();
        List<String> names = List.copyOf(plan.members().values());
        List<Chart> all = List.copyOf(charts.values());
        for (int i = 0; i < all.size(); i++) {
            JsonObject one = all.get(i).json();
            members.add(plan.series().ofMembers() ? one.put("member", names.get(i)) : one);
        }
        JsonObject answer = new JsonObject()
                .put("metric", plan.series().name().toLowerCase(Locale.ROOT))
                .put("from", Times.text(plan.start() * 1000))
                .put("to", Times.text((plan.start() + plan.size() * plan.step()) * 1000))
                .put("stepMillis", plan.step() * 1000);
        return plan.series().ofMembers()
                ? answer.put("members", members)
                : answer.put("monitor", members.getJsonObject(0));
    }

    private long mark(Tier tier) throws SQLException {
        long[] upto = new long[1];
        Tables.each(
                from,
                row -> upto[0] = row.getLong(1),
                "SELECT upto FROM mark WHERE step = ?",
                tier.step().toSeconds());
        return upto[0];
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Piece(long start, byte[] block) {}

    private void blocks(Plan plan, Tier tier, long start, long end, Map<Integer, Chart> charts) throws SQLException {
        long step = tier.step().toSeconds();
        Map<Integer, List<Piece>> pieces = pieces(plan, tier, start, end, charts);
        try (Block.Unpacker unpacker = new Block.Unpacker()) {
            charts.forEach((series, chart) -> {
                for (Piece piece : pieces.getOrDefault(series, List.of())) {
                    spared(() -> unpacker.read(piece.block(), (index, bin) -> {
                        long at = piece.start() + index * step;
                        if (at >= start && at < end) {
                            chart.add((int) ((at - plan.start()) / plan.step()), bin);
                        }
                    }));
                }
            });
        }
    }

    /** What is damaged is a gap in the chart, and no fault of who asks. */
    private static void spared(Runnable work) {
        try {
            work.run();
        } catch (IllegalArgumentException e) {
            log.warn("history_figures_damaged reason=\"{}\"", e.getMessage());
        }
    }

    private Map<Integer, List<Piece>> pieces(Plan plan, Tier tier, long start, long end, Map<Integer, Chart> charts)
            throws SQLException {
        long step = tier.step().toSeconds();
        long first = start - Math.floorMod(start, RollUp.span(tier));
        Map<Integer, List<Piece>> pieces = new HashMap<>();
        if (charts.size() <= FEW) {
            for (int series : charts.keySet()) {
                pieces.put(series, few(step, series, first, end, RollUp.span(tier)));
            }
            return pieces;
        }
        Tables.each(
                from,
                row -> pieces.computeIfAbsent(row.getInt(1), x -> new ArrayList<>())
                        .add(new Piece(row.getLong(2), row.getBytes(3))),
                "SELECT series, start, data FROM block WHERE step = ? AND start >= ? AND start < ? AND (series & 3) = ?"
                        + " ORDER BY step, start, series",
                step,
                first,
                end,
                plan.series().id(0));
        return pieces;
    }

    /** The starts are listed, so that the primary key finds each: it is in the order of time, not of members. */
    private List<Piece> few(long step, int series, long first, long end, long span) throws SQLException {
        List<Piece> found = new ArrayList<>();
        for (long at = first; at < end; at += STARTS_AT_ONCE * span) {
            int n = (int) Math.min(STARTS_AT_ONCE, Math.ceilDiv(end - at, span));
            Object[] values = new Object[n + 2];
            values[0] = step;
            values[1] = series;
            for (int i = 0; i < n; i++) {
                values[i + 2] = at + i * span;
            }
            Tables.each(
                    from,
                    row -> found.add(new Piece(row.getLong(1), row.getBytes(2))),
                    "SELECT start, data FROM block WHERE step = ? AND series = ? AND start IN ("
                            + String.join(", ", Collections.nCopies(n, "?")) + ") ORDER BY start",
                    values);
        }
        return found;
    }

    private void moments(Plan plan, long start, Map<Integer, Chart> charts) throws SQLException {
        Tables.each(
                from,
                row -> {
                    long second = row.getLong(1);
                    int index = (int) ((second - plan.start()) / plan.step());
                    Moment moment = new Moment(second, row.getBytes(2));
                    spared(() -> moment.read((series, bin) -> {
                        Chart chart = charts.get(series);
                        if (chart != null) {
                            chart.add(index, bin);
                        }
                    }));
                },
                "SELECT second, data FROM moment WHERE second >= ? AND second < ? ORDER BY second, id",
                start,
                plan.end());
    }
}
