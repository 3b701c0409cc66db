package io.echogate.history;

import io.echogate.meter.Buckets;
import java.util.Arrays;

/**
 * What was counted of one series in one step of time: how often each thing happened, and the durations as a histogram of
 * {@link Buckets} with the shortest and the longest. Two bins of the same series are merged by adding up, and nothing is
 * lost by it. Mutable, reused, confined to one thread.
 */
final class Bin {
    /** Things that can be told apart. */
    static final int CODES = 24;

    /** Durations are stored in units of 1.024 µs. */
    private static final int UNIT_BITS = 10;

    private final long[] counts = new long[CODES];
    private final int[] buckets = new int[Buckets.COUNT];
    private int low = Buckets.COUNT;
    private int high = -1;
    private long min = Long.MAX_VALUE;
    private long max = -1;
    private boolean empty = true;

    boolean empty() {
        return empty;
    }

    void clear() {
        if (empty) {
            return;
        }
        Arrays.fill(counts, 0);
        if (high >= 0) {
            Arrays.fill(buckets, low, high + 1, 0);
        }
        low = Buckets.COUNT;
        high = -1;
        min = Long.MAX_VALUE;
        max = -1;
        empty = true;
    }

    /** That happened so many times. */
    void count(int code, long times) {
        if (times > 0) {
            counts[code] += times;
            empty = false;
        }
    }

    /** Something took that long, exactly. */
    void took(long nanos) {
        bucket(Buckets.of(nanos), 1);
        min = Math.min(min, nanos);
        max = Math.max(max, nanos);
    }

    /** So many took as long as the bucket says. */
    void took(int bucket, long times) {
        if (times > 0) {
            bucket(bucket, times);
            min = Math.min(min, Buckets.lower(bucket));
            max = Math.max(max, Buckets.upper(bucket));
        }
    }

    private void bucket(int bucket, long times) {
        buckets[bucket] = (int) Math.min(Integer.MAX_VALUE, buckets[bucket] + times);
        low = Math.min(low, bucket);
        high = Math.max(high, bucket);
        empty = false;
    }

    long count(int code) {
        return counts[code];
    }

    /** How many durations there are. */
    long timed() {
        long n = 0;
        for (int b = low; b <= high; b++) {
            n += buckets[b];
        }
        return n;
    }

    /** The shortest, nanoseconds; -1 without any. */
    long min() {
        return high < 0 ? -1 : min;
    }

    /** The longest, nanoseconds; -1 without any. */
    long max() {
        return max;
    }

    /** By nearest rank, to within half a bucket and never outside of what there was; nanoseconds, -1 without any. */
    long percentile(int percent) {
        long n = timed();
        if (n == 0) {
            return -1;
        }
        long rank = Math.max(1, Math.ceilDiv(percent * n, 100));
        int b = low;
        for (long seen = buckets[b]; seen < rank; seen += buckets[b]) {
            b++;
        }
        long middle = (Buckets.lower(b) + Buckets.upper(b)) / 2;
        return Math.clamp(middle, min, max);
    }

    /** In few bytes: {@code codes (code count)* buckets [min max (step count)*]}. */
    void write(Bytes.Out out) {
        out.number(Arrays.stream(counts).filter(c -> c > 0).count());
        for (int c = 0; c < CODES; c++) {
            if (counts[c] > 0) {
                out.number(c);
                out.number(counts[c]);
            }
        }
        int used = 0;
        for (int b = low; b <= high; b++) {
            used += buckets[b] > 0 ? 1 : 0;
        }
        out.number(used);
        if (used > 0) {
            out.number(min >> UNIT_BITS);
            out.number(max >> UNIT_BITS);
            writeBuckets(out);
        }
    }

    private void writeBuckets(Bytes.Out out) {
        int before = 0;
        for (int b = low; b <= high; b++) {
            if (buckets[b] > 0) {
                out.number(b - before);
                out.number(buckets[b]);
                before = b;
            }
        }
    }

    /** Adds what was written. */
    void merge(Bytes.In in) {
        for (int n = in.small(); n > 0; n--) {
            int code = in.small();
            if (code >= CODES) {
                throw new IllegalArgumentException("stored code is unknown: " + code);
            }
            count(code, in.number());
        }
        int used = in.small();
        if (used > 0) {
            min = Math.min(min, in.number() << UNIT_BITS);
            max = Math.max(max, in.number() << UNIT_BITS);
            int b = 0;
            for (; used > 0; used--) {
                b += in.small();
                if (b >= Buckets.COUNT) {
                    throw new IllegalArgumentException("stored bucket is unknown: " + b);
                }
                bucket(b, in.number());
            }
        }
    }
}
