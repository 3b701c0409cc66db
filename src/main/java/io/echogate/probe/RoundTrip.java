package io.echogate.probe;

import java.util.Arrays;

/**
 * The usual round trip of one member and kind, and from it the silence after which doubt is fair: as RFC 6298 §2 a middle
 * and four deviations, but with the median and the median deviation of the newest answers in place of its smoothed
 * averages. One hiccup of a busy machine, or the slow first answers of a cold one, would raise those for seconds, and a
 * freeze in that time would be noticed later than promised. For the same reason the quickest of the first few answers
 * stands for all of them. Every question has its own nonce or connection, so no
 * sample is ambiguous.
 */
final class RoundTrip {
    private static final int SAMPLES = 16;
    private static final int FEW = 8;

    private final long[] newest = new long[SAMPLES];
    private int heard;
    private long ordinary;

    /** Takes in one answered question. */
    void heard(long rttNanos) {
        newest[heard++ % SAMPLES] = rttNanos;
        long[] sorted = Arrays.copyOf(newest, Math.min(heard, SAMPLES));
        Arrays.sort(sorted);
        ordinary = heard < FEW ? sorted[0] + sorted[0] / 2 : ordinary(sorted);
    }

    private static long ordinary(long[] sorted) {
        long median = median(sorted);
        long[] deviations = new long[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            deviations[i] = Math.abs(sorted[i] - median);
        }
        Arrays.sort(deviations);
        return median + Math.max(median / 2, 4 * median(deviations));
    }

    private static long median(long[] sorted) {
        return sorted[(sorted.length - 1) / 2];
    }

    /** Nanoseconds of silence that are still ordinary for this member; 0 before anything is known. */
    long ordinaryNanos() {
        return ordinary;
    }
}
