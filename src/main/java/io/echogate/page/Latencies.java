package io.echogate.page;

import io.echogate.meter.Buckets;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;

/** How long clients' requests took over the last ten seconds. Confined to the page's loop. */
final class Latencies {
    private static final int SAMPLES = 11;

    private final Deque<long[]> samples = new ArrayDeque<>();

    void forget() {
        samples.clear();
    }

    /**
     * Takes a sample; call it once a second.
     *
     * @param counts requests so far by {@link Buckets}; kept
     */
    void sample(long[] counts) {
        samples.addLast(counts);
        if (samples.size() > SAMPLES) {
            samples.removeFirst();
        }
    }

    /** Adds {@code p50Millis} and {@code p99Millis}; null without a request. */
    void into(JsonObject json) {
        long[] lately = lately();
        json.put("p50Millis", FleetJson.millis(Buckets.percentile(lately, 50)));
        json.put("p99Millis", FleetJson.millis(Buckets.percentile(lately, 99)));
    }

    private long[] lately() {
        long[] counts = new long[Buckets.COUNT];
        for (int i = 0; samples.size() > 1 && i < counts.length; i++) {
            counts[i] = samples.getLast()[i] - samples.getFirst()[i];
        }
        return counts;
    }
}
