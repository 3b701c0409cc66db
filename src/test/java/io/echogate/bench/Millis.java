package io.echogate.bench;

/** Durations counted in whole milliseconds. */
final class Millis {
    private static final int MOST = 20_000;

    private final long[] counts;

    private Millis(long[] counts) {
        this.counts = counts;
    }

    static Millis none() {
        return new Millis(new long[MOST + 1]);
    }

    void add(long millis) {
        counts[Math.clamp(millis, 0, MOST)]++;
    }

    Millis copy() {
        return new Millis(counts.clone());
    }

    Millis since(Millis before) {
        Millis less = copy();
        for (int i = 0; i < counts.length; i++) {
            less.counts[i] -= before.counts[i];
        }
        return less;
    }

    long count() {
        long all = 0;
        for (long n : counts) {
            all += n;
        }
        return all;
    }

    /** By nearest rank. */
    int percentile(int percent) {
        long rank = Math.max(1, Math.ceilDiv(percent * count(), 100));
        int i = 0;
        for (long seen = counts[0]; seen < rank && i < MOST; seen += counts[i]) {
            i++;
        }
        return i;
    }

    int max() {
        int i = MOST;
        while (i > 0 && counts[i] == 0) {
            i--;
        }
        return i;
    }
}
