package io.echogate.meter;

import java.util.Arrays;

/** Durations counted in fixed buckets from 100 µs to 30 s. One writing thread, any number of readers. */
public final class Histogram {
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final long[] BOUNDS = {
        100 * MICRO,
        250 * MICRO,
        500 * MICRO,
        MILLI,
        2_500 * MICRO,
        5 * MILLI,
        10 * MILLI,
        20 * MILLI,
        50 * MILLI,
        100 * MILLI,
        250 * MILLI,
        500 * MILLI,
        SECOND,
        2_500 * MILLI,
        5 * SECOND,
        10 * SECOND,
        30 * SECOND
    };

    private final Tally[] buckets = new Tally[BOUNDS.length + 1];
    private final Tally sum = new Tally();

    Histogram() {
        Arrays.setAll(buckets, i -> new Tally());
    }

    /** Writer only. */
    public void record(long nanos) {
        int i = Arrays.binarySearch(BOUNDS, nanos);
        buckets[i >= 0 ? i : -i - 1].increment();
        sum.add(nanos);
    }

    /** Upper bounds of all buckets but the last, which has none; nanoseconds, rising. */
    public static long[] bounds() {
        return BOUNDS.clone();
    }

    void addTo(long[] counts) {
        for (int i = 0; i < buckets.length; i++) {
            counts[i] += buckets[i].get();
        }
    }

    long sumNanos() {
        return sum.get();
    }
}
