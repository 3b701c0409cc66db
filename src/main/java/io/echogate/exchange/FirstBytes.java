package io.echogate.exchange;

/**
 * How long a member usually takes to its first byte: a running quantile over the newest few hundred answers, which one
 * slow answer hardly moves. Counts in buckets a fifth apart and halves all of them every {@link #WINDOW} answers, so that
 * older ones fade. Confined to one event loop; durations in nanoseconds.
 */
final class FirstBytes {
    /** A freeze is looked into after this at the earliest. */
    static final long FLOOR = 200_000_000;

    /** Given up before that, a request still says something once it has waited for this long. */
    private static final long EARLY_FLOOR = 20_000_000;

    private static final int EARLY = 4;
    private static final int WINDOW = 512;
    private static final int ENOUGH = 16;
    private static final int STEPS = 4;
    private static final int BUCKETS = 42 * STEPS;
    private static final int REFRESH = 32;

    private final int[] counts = new int[BUCKETS];
    private int total;
    private int sinceHalved;
    private int sinceRead;
    private long p95;
    private long p99;

    void record(long nanos) {
        counts[bucket(nanos)]++;
        total++;
        if (++sinceHalved >= WINDOW) {
            halve();
        }
        if (++sinceRead >= REFRESH || total == ENOUGH) {
            sinceRead = 0;
            p95 = quantile(95);
            p99 = quantile(99);
        }
    }

    /** Powers of two, each cut into {@link #STEPS}. */
    private static int bucket(long nanos) {
        long n = Math.max(STEPS, nanos);
        int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(n);
        int step = (int) (n >>> (power - 2)) & (STEPS - 1);
        return Math.min(BUCKETS - 1, power * STEPS + step);
    }

    private static long upperEnd(int bucket) {
        int power = bucket / STEPS;
        return (1L << power) + (bucket % STEPS + 1L) * (1L << (power - 2));
    }

    private void halve() {
        sinceHalved = 0;
        total = 0;
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] /= 2;
            total += counts[i];
        }
    }

    private long quantile(int percent) {
        long beyond = (long) total * (100 - percent) / 100;
        int bucket = BUCKETS - 1;
        for (long seen = counts[bucket]; seen <= beyond && bucket > 2 * STEPS; seen += counts[bucket]) {
            bucket--;
        }
        return upperEnd(bucket);
    }

    /** Enough answers were seen to speak of what is usual. */
    boolean known() {
        return total >= ENOUGH;
    }

    /** Of the newest answers, 95 in 100 came within this; 0 while not {@link #known}. */
    long p95() {
        return known() ? p95 : 0;
    }

    /** An answer is overdue after this: twice what 99 in 100 take, and never less than {@link #FLOOR}. */
    long overdueAfter() {
        return Math.max(FLOOR, known() ? 2 * p99 : 0);
    }

    /** A request that was given up after this says something about the member even though it was not overdue yet. */
    long tellingAfter() {
        return known() ? Math.min(overdueAfter(), Math.max(EARLY_FLOOR, EARLY * p99)) : FLOOR;
    }
}
