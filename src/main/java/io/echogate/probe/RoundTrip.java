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
    private final long[] sorted = new long[SAMPLES];
    private int heard;
    private long ordinary;

    /** Takes in one answered question. */
    void heard(long rttNanos) {
        int size = Math.min(heard, SAMPLES);
        if (size == SAMPLES) {
            takeOut(newest[heard % SAMPLES]);
            size--;
        }
        newest[heard++ % SAMPLES] = rttNanos;
        putIn(rttNanos, size++);
        ordinary = heard < FEW ? sorted[0] + sorted[0] / 2 : ordinary(size);
    }

    private void takeOut(long rtt) {
        int at = Arrays.binarySearch(sorted, rtt);
        System.arraycopy(sorted, at + 1, sorted, at, SAMPLES - 1 - at);
    }

    private void putIn(long rtt, int size) {
        int at = size;
        while (at > 0 && sorted[at - 1] > rtt) {
            sorted[at] = sorted[at - 1];
            at--;
        }
        sorted[at] = rtt;
    }

    private long ordinary(int size) {
        int middle = (size - 1) / 2;
        long median = sorted[middle];
        return median + Math.max(median / 2, 4 * medianDeviation(median, middle, size));
    }

    /** The deviations rise from the middle outwards, so the median one is found by walking that many steps. */
    private long medianDeviation(long median, int middle, int size) {
        int below = middle;
        int above = middle + 1;
        long deviation = 0;
        for (int steps = 0; steps <= middle; steps++) {
            boolean down = below >= 0 && (above >= size || median - sorted[below] <= sorted[above] - median);
            deviation = down ? median - sorted[below--] : sorted[above++] - median;
        }
        return deviation;
    }

    /** Nanoseconds of silence that are still ordinary for this member; 0 before anything is known. */
    long ordinaryNanos() {
        return ordinary;
    }
}
