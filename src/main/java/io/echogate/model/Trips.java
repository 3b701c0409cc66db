package io.echogate.model;

import java.util.Arrays;

/**
 * How the round trips of one strip are spread. All in nanoseconds, {@link Timing#UNREACHED} where nothing is known.
 * Percentiles by nearest rank: the smallest round trip that so many percent of all do not exceed; of 60 beats, the 99th
 * is the longest.
 *
 * @param jitterNanos mean difference, regardless of sign, between one answer's round trip and the next answer's: RFC
 *     3550 §6.4.1's differences, averaged evenly over the strip instead of smoothed; needs two answers
 * @param p50Nanos median
 * @param p95Nanos 95th percentile
 * @param p99Nanos 99th percentile
 */
public record Trips(long jitterNanos, long p50Nanos, long p95Nanos, long p99Nanos) {
    private static final Trips NONE = new Trips(Timing.UNREACHED, Timing.UNREACHED, Timing.UNREACHED, Timing.UNREACHED);

    /** Of the answered ones among these beats, oldest first. */
    public static Trips of(Strip strip) {
        long[] trips = strip.trips();
        if (trips.length == 0) {
            return NONE;
        }
        long jitter = jitter(trips);
        Arrays.sort(trips);
        return new Trips(jitter, percentile(trips, 50), percentile(trips, 95), percentile(trips, 99));
    }

    private static long jitter(long[] trips) {
        if (trips.length < 2) {
            return Timing.UNREACHED;
        }
        long sum = 0;
        for (int i = 1; i < trips.length; i++) {
            sum += Math.abs(trips[i] - trips[i - 1]);
        }
        return sum / (trips.length - 1);
    }

    private static long percentile(long[] sorted, int percent) {
        return sorted[Math.ceilDiv(percent * sorted.length, 100) - 1];
    }
}
