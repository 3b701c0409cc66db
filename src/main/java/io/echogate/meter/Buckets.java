package io.echogate.meter;

/**
 * Bounds of a mergeable histogram of durations: sixteen buckets to each doubling, from 8 µs to 69 s, so that whatever
 * lies in one is known to within 3 %. Histograms of the same bounds are merged by adding up.
 */
public final class Buckets {
    private static final int SUB_BITS = 4;
    private static final int SUB = 1 << SUB_BITS;
    private static final int LEAST_BITS = 13;
    private static final int MOST_BITS = 36;

    /** How many there are; the first takes all that is shorter, the last all that is longer. */
    public static final int COUNT = (MOST_BITS - LEAST_BITS) * SUB + 2;

    private Buckets() {}

    /** Which one takes that duration. */
    public static int of(long nanos) {
        if (nanos < 1L << LEAST_BITS) {
            return 0;
        }
        int bits = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
        int sub = (int) (nanos >>> (bits - SUB_BITS)) & (SUB - 1);
        return bits >= MOST_BITS ? COUNT - 1 : 1 + (bits - LEAST_BITS) * SUB + sub;
    }

    /** The shortest duration that it takes, nanoseconds. */
    public static long lower(int bucket) {
        if (bucket == 0) {
            return 0;
        }
        int bits = LEAST_BITS + (bucket - 1) / SUB;
        return (1L << bits) + ((long) ((bucket - 1) % SUB) << (bits - SUB_BITS));
    }

    /** By nearest rank, to within half a bucket; nanoseconds, -1 when nothing was counted. */
    public static long percentile(long[] counts, int percent) {
        long all = 0;
        for (long count : counts) {
            all += count;
        }
        long rank = Math.max(1, Math.ceilDiv(percent * all, 100));
        int b = 0;
        for (long seen = counts[0]; seen < rank && b < COUNT - 1; seen += counts[b]) {
            b++;
        }
        return all == 0 ? -1 : (lower(b) + upper(b)) / 2;
    }

    /** The longest duration that it takes, nanoseconds; of the last its shortest, as it has no longest. */
    public static long upper(int bucket) {
        return bucket == COUNT - 1 ? lower(bucket) : lower(bucket + 1) - 1;
    }
}
