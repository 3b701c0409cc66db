package io.echogate.meter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** All counters of the process, one {@link LoopMeter} per writing thread. Thread-safe. */
public final class Meters {
    private final List<LoopMeter> loops = new CopyOnWriteArrayList<>();

    /** A set for one thread that is about to start counting. */
    public LoopMeter newLoop() {
        LoopMeter loop = new LoopMeter();
        loops.add(loop);
        return loop;
    }

    /**
     * What became of the requests at that member, added up over the loops.
     *
     * @param into {@link Takings#SIZE} numbers, overwritten
     * @return false when it never had any
     */
    public boolean takings(int member, long[] into) {
        Arrays.fill(into, 0);
        boolean any = false;
        for (LoopMeter loop : loops) {
            Takings one = loop.takings();
            any |= one != null && member < one.members() && one.addTo(member, into);
        }
        return any;
    }

    /**
     * How long clients' requests took, added up over members and loops; only rises.
     *
     * @param into {@link Buckets#COUNT} numbers, overwritten
     */
    public void times(long[] into) {
        Arrays.fill(into, 0);
        for (LoopMeter loop : loops) {
            Takings one = loop.takings();
            if (one != null) {
                one.addTimesTo(into);
            }
        }
    }

    /**
     * How late the loops that keep time came to their ticks, added up.
     *
     * @param into {@link Buckets#COUNT} numbers, overwritten
     */
    public void delays(long[] into) {
        Arrays.fill(into, 0);
        for (LoopMeter loop : loops) {
            Delays one = loop.delays();
            if (one != null) {
                one.addTo(into);
            }
        }
    }

    /** Everything, added up over the loops. Costs what there is to read; for scrapes and the page. */
    public List<Reading> read() {
        Map<LoopMeter.Key, Long> values = new LinkedHashMap<>();
        Map<LoopMeter.Key, long[]> buckets = new LinkedHashMap<>();
        for (LoopMeter loop : loops) {
            loop.tallies().forEach((key, tally) -> values.merge(key, tally.get(), Long::sum));
            loop.histograms().forEach((key, histogram) -> {
                histogram.addTo(buckets.computeIfAbsent(key, k -> new long[Histogram.bounds().length + 1]));
                values.merge(key, histogram.sumNanos(), Long::sum);
            });
        }
        List<Reading> readings = new ArrayList<>(values.size());
        values.forEach((key, value) -> readings.add(reading(key, value, buckets.get(key))));
        return readings;
    }

    private static Reading reading(LoopMeter.Key key, long value, long @Nullable [] counts) {
        List<Long> list =
                counts == null ? List.of() : LongStream.of(counts).boxed().toList();
        return new Reading(key.metric(), key.labels(), value, list);
    }
}
