package io.echogate.history;

import io.echogate.model.Outcome;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.Map;

/**
 * Figures of one series over a range as JSON: one array for each figure, with an item for each step, null where nothing was
 * counted. Filled bin by bin in the order of time; confined to one thread.
 */
final class Chart {
    private static final double MILLI = 1e6;

    private final Series series;
    private final int size;
    private final Bin bin = new Bin();
    private final JsonArray count = new JsonArray();
    private final JsonArray failed = new JsonArray();
    private final JsonArray min = new JsonArray();
    private final JsonArray p50 = new JsonArray();
    private final JsonArray p95 = new JsonArray();
    private final JsonArray p99 = new JsonArray();
    private final JsonArray max = new JsonArray();
    private final JsonArray elsewhere = new JsonArray();
    private final JsonArray errors = new JsonArray();
    private final Map<Outcome, JsonArray> outcomes = new EnumMap<>(Outcome.class);
    private int point;

    /** @param size how many steps */
    Chart(Series series, int size) {
        this.series = series;
        this.size = size;
    }

    /** A bin of that step, never of one before the last. */
    void add(int index, Bytes.In in) {
        if (index >= 0 && index < size) {
            until(index);
            bin.merge(in);
        }
    }

    private void until(int index) {
        for (; point < index; point++) {
            close();
        }
    }

    private void close() {
        boolean requests = series == Series.REQUESTS;
        long all = requests ? requests() : asked();
        if (bin.empty() || (all == 0 && !requests)) {
            count.addNull();
            failed.addNull();
        } else {
            count.add(all);
            failed.add(requests ? bin.count(Series.FAILED) : all - bin.count(Series.code(Outcome.ANSWERED)));
        }
        time(min, bin.min());
        time(p50, bin.percentile(50));
        time(p95, bin.percentile(95));
        time(p99, bin.percentile(99));
        time(max, bin.max());
        if (requests) {
            elsewhere.add(bin.count(Series.ELSEWHERE));
            errors.add(bin.count(5));
        } else {
            kinds();
        }
        bin.clear();
    }

    private long requests() {
        long all = 0;
        for (int status = 0; status < Series.ELSEWHERE; status++) {
            all += bin.count(status);
        }
        return all;
    }

    private long asked() {
        long all = 0;
        for (Outcome outcome : Outcome.values()) {
            all += outcome == Outcome.ANSWERED || outcome.failed() ? bin.count(Series.code(outcome)) : 0;
        }
        return all;
    }

    /** How often each failure, in arrays that are made when there is one. */
    private void kinds() {
        for (Outcome outcome : Outcome.values()) {
            long times = bin.count(Series.code(outcome));
            JsonArray kind = outcomes.get(outcome);
            if (times > 0 && kind == null && outcome != Outcome.ANSWERED) {
                kind = new JsonArray();
                outcomes.put(outcome, kind);
            }
            if (kind != null) {
                while (kind.size() < point) {
                    kind.add(0);
                }
                kind.add(times);
            }
        }
    }

    private static void time(JsonArray into, long nanos) {
        if (nanos < 0) {
            into.addNull();
        } else {
            into.add(Math.round(nanos / MILLI * 1000) / 1000.0);
        }
    }

    JsonObject json(String member) {
        until(size);
        JsonObject json = new JsonObject()
                .put("member", member)
                .put("count", count)
                .put("failed", failed)
                .put("minMillis", min)
                .put("p50Millis", p50)
                .put("p95Millis", p95)
                .put("p99Millis", p99)
                .put("maxMillis", max);
        if (series == Series.REQUESTS) {
            return json.put("elsewhere", elsewhere).put("errors", errors);
        }
        JsonObject kinds = new JsonObject();
        outcomes.forEach((outcome, times) -> kinds.put(outcome.name(), times));
        return json.put("outcomes", kinds);
    }
}
