package io.echogate.history;

import io.echogate.history.Turns.Mode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How long somebody was up, down and in maintenance, in each of the pieces that a range is cut into. Confined to one thread. */
final class Shares implements Turns.Stretches {
    private final long[] cuts;
    private final long[] up;
    private final long[] down;
    private final long[] planned;

    /** @param cuts where each piece begins, ascending, and at last where the last one ends */
    Shares(long[] cuts) {
        this.cuts = cuts;
        this.up = new long[cuts.length - 1];
        this.down = new long[cuts.length - 1];
        this.planned = new long[cuts.length - 1];
    }

    @Override
    public void lasted(Mode mode, long from, long to) {
        long[] sums = switch (mode) {
            case UP, DRAINED -> up;
            case DOWN -> down;
            case PLANNED -> planned;
            case UNSEEN -> null;
        };
        if (sums != null) {
            spread(sums, Math.max(from, cuts[0]), Math.min(to, cuts[up.length]));
        }
    }

    private void spread(long[] sums, long from, long to) {
        int found = Arrays.binarySearch(cuts, from);
        int piece = found >= 0 ? found : -found - 2;
        for (long at = from; at < to; piece++) {
            long until = Math.min(to, cuts[piece + 1]);
            sums[piece] += until - at;
            at = until;
        }
    }

    /** How much of a piece, or of several in a row, was what. */
    Share share(int first, int end) {
        return new Share(sum(up, first, end), sum(down, first, end), sum(planned, first, end), cuts[end] - cuts[first]);
    }

    private static long sum(long[] of, int first, int end) {
        return Arrays.stream(of, first, end).sum();
    }

    /**
     * Milliseconds of a while.
     *
     * @param whole of the while itself
     */
    record Share(long up, long down, long planned, long whole) {
        long unseen() {
            return Math.max(0, whole - up - down - planned);
        }

        /** Of the time that counts, cut to four decimals; null: none counts. */
        @Nullable
        Double percent() {
            return up + down == 0 ? null : Math.floor(up * 1e6 / (up + down)) / 1e4;
        }
    }
}
