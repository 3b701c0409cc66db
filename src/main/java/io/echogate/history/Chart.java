package io.echogate.history;

import io.echogate.model.Outcome;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Figures of one series over a range as JSON: one array for each figure, with an item for each step, null where nothing was
 * counted. Filled bin by bin in the order of time; confined to one thread.
 */
final class Chart {
    private static final double MILLI = 1e6;

    /** Names of status classes by their codes. */
    private static final List<String> STATUSES = List.of("aborted", "1xx", "2xx", "3xx", "4xx", "5xx");

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
    private final Map<String, JsonArray> kinds = new LinkedHashMap<>();
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
        switch (series) {
            case REQUESTS -> counted(bin.empty(), requests(), bin.count(Series.FAILED));
            case HOST, SERVICE -> {
                long asked = asked();
                counted(asked == 0, asked, asked - bin.count(Series.code(Outcome.ANSWERED)));
            }
            case LAG -> counted(bin.empty(), bin.timed(), 0);
        }
        time(min, bin.min());
        time(p50, bin.percentile(50));
        time(p95, bin.percentile(95));
        time(p99, bin.percentile(99));
        time(max, bin.max());
        if (series == Series.REQUESTS) {
            elsewhere.add(bin.count(Series.ELSEWHERE));
            errors.add(bin.count(5));
            for (int status = 0; status < Series.ELSEWHERE; status++) {
                kind(STATUSES.get(status), bin.count(status));
            }
        } else if (series != Series.LAG) {
            outcomes();
        }
        bin.clear();
    }

    private void counted(boolean nothing, long all, long bad) {
        if (nothing) {
            count.addNull();
            failed.addNull();
        } else {
            count.add(all);
            failed.add(bad);
        }
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

    private void outcomes() {
        for (Outcome outcome : Outcome.values()) {
            if (outcome != Outcome.ANSWERED) {
                kind(outcome.name(), bin.count(Series.code(outcome)));
            }
        }
    }

    /** How often it was so, in an array that is made when it first was. */
    private void kind(String name, long times) {
        JsonArray kind = kinds.get(name);
        if (times > 0 && kind == null) {
            kind = new JsonArray();
            kinds.put(name, kind);
        }
        if (kind != null) {
            while (kind.size() < point) {
                kind.add(0);
            }
            kind.add(times);
        }
    }

    private static void time(JsonArray into, long nanos) {
        if (nanos < 0) {
            into.addNull();
        } else {
            into.add(Math.round(nanos / MILLI * 1000) / 1000.0);
        }
    }

    JsonObject json() {
        until(size);
        JsonObject json = new JsonObject().put("count", count);
        if (series != Series.LAG) {
            json.put("failed", failed);
        }
        json.put("minMillis", min)
                .put("p50Millis", p50)
                .put("p95Millis", p95)
                .put("p99Millis", p99)
                .put("maxMillis", max);
        return switch (series) {
            case LAG -> json;
            case REQUESTS ->
                json.put("elsewhere", elsewhere).put("errors", errors).put("statuses", told());
            case HOST, SERVICE -> json.put("outcomes", told());
        };
    }

    private JsonObject told() {
        JsonObject told = new JsonObject();
        kinds.forEach(told::put);
        return told;
    }
}
