package io.echogate.page;

import io.echogate.meter.Metric;
import io.echogate.meter.Reading;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests per second over the last two seconds, from {@link Metric#REQUESTS}, and how long they took over the last ten.
 * Confined to the page's loop.
 */
final class Rates {
    private static final int SAMPLES = 3;

    private record Sample(long nanos, Map<String, Long> members, Map<String, Long> classes) {}

    private final Deque<Sample> samples = new ArrayDeque<>();
    private final Latencies latencies = new Latencies();

    /** Begins anew: what was sampled is too old to compare with. */
    void forget() {
        samples.clear();
        latencies.forget();
    }

    /**
     * Takes a sample; call it once a second.
     *
     * @param times as {@link Latencies#sample} takes them
     */
    void sample(long nanos, List<Reading> readings, long[] times) {
        latencies.sample(times);
        Map<String, Long> members = new HashMap<>();
        Map<String, Long> classes = new HashMap<>();
        for (Reading reading : readings) {
            if (reading.metric().equals(Metric.REQUESTS)
                    && !reading.labels().getFirst().equals(Metric.PAGE)) {
                members.merge(reading.labels().get(0), reading.value(), Long::sum);
                classes.merge(reading.labels().get(1), reading.value(), Long::sum);
            }
        }
        samples.addLast(new Sample(nanos, members, classes));
        if (samples.size() > SAMPLES) {
            samples.removeFirst();
        }
    }

    /** {@code total}, per answering member and per status class, and percentiles; total is null until there are two samples. */
    JsonObject json() {
        JsonObject json = perSecond();
        latencies.into(json);
        return json;
    }

    private JsonObject perSecond() {
        if (samples.size() < 2) {
            return new JsonObject()
                    .putNull("total")
                    .put("members", new JsonObject())
                    .put("classes", new JsonObject());
        }
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        double seconds = Math.max(1, last.nanos() - first.nanos()) / 1e9;
        long requests = sum(last.members()) - sum(first.members());
        return new JsonObject()
                .put("total", round(requests / seconds))
                .put("members", perSecond(first.members(), last.members(), seconds))
                .put("classes", perSecond(first.classes(), last.classes(), seconds));
    }

    private static JsonObject perSecond(Map<String, Long> first, Map<String, Long> last, double seconds) {
        JsonObject rates = new JsonObject();
        last.forEach((key, count) -> rates.put(key, round((count - first.getOrDefault(key, 0L)) / seconds)));
        return rates;
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static double round(double rate) {
        return Math.round(rate * 10) / 10.0;
    }
}
