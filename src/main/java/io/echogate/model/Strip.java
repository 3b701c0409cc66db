package io.echogate.model;

import java.time.Instant;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * The newest beats of one member and kind, oldest first, at most {@link Beat#STRIP}. Immutable to its readers. Every echo
 * makes another one, so successive strips are windows on the same cells, of which the one writer fills the next: nothing is
 * copied but once in {@link Beat#STRIP} beats. A reader must have got its strip from the writer safely, as in a published
 * snapshot.
 */
public final class Strip extends AbstractList<Beat> implements RandomAccess {
    public static final Strip EMPTY = new Strip(new long[0], 0, 0, 0);

    private static final int BEATS = 2 * Beat.STRIP;
    private static final int OUTCOME_BITS = 5;
    private static final Outcome[] OUTCOMES = Outcome.values();

    /** Two per beat: when, in epoch milliseconds; and the round trip in nanoseconds, the outcome in its lowest bits. */
    private final long[] cells;

    private final int from;
    private final int to;
    private final int failed;

    private Strip(long[] cells, int from, int to, int failed) {
        this.cells = cells;
        this.from = from;
        this.to = to;
        this.failed = failed;
    }

    /** Of the newest of these, oldest first. */
    public static Strip of(List<Beat> beats) {
        Strip strip = EMPTY;
        for (Beat beat : beats) {
            strip = strip.with(beat.at(), beat.outcome(), beat.rttNanos());
        }
        return strip;
    }

    /** With one more, and without the oldest when there is no room. Writer only, and once of each strip. */
    @SuppressWarnings("EnumOrdinal") // read back by this very run only
    public Strip with(Instant at, Outcome outcome, long rttNanos) {
        boolean full = size() == Beat.STRIP;
        int next = from + (full ? 1 : 0);
        int left = failed - (full && outcome(0).failed() ? 1 : 0) + (outcome.failed() ? 1 : 0);
        boolean room = 2 * to < cells.length;
        long[] into = room ? cells : new long[2 * BEATS];
        int end = room ? to : to - next;
        if (!room) {
            System.arraycopy(cells, 2 * next, into, 0, 2 * end);
        }
        into[2 * end] = at.toEpochMilli();
        into[2 * end + 1] = rttNanos << OUTCOME_BITS | outcome.ordinal();
        return new Strip(into, room ? next : 0, end + 1, left);
    }

    /** Share of the questions that failed, 0 to 100. */
    public double lossPercent() {
        return size() == 0 ? 0 : 100.0 * failed / size();
    }

    @Override
    public Beat get(int index) {
        return new Beat(Instant.ofEpochMilli(cells[2 * (from + index)]), outcome(index), rttNanos(index));
    }

    /** How many of the newest were not in {@code before}; -1 when the two have nothing in common, and {@code before} something. */
    public int beyond(Strip before) {
        for (int dropped = 0; dropped < before.size(); dropped++) {
            int kept = before.size() - dropped;
            if (kept <= size() && sameCells(before, before.from + dropped, from, kept)) {
                return size() - kept;
            }
        }
        return before.isEmpty() ? size() : -1;
    }

    private boolean sameCells(Strip other, int there, int here, int beats) {
        return Arrays.equals(other.cells, 2 * there, 2 * (there + beats), cells, 2 * here, 2 * (here + beats));
    }

    /** The round trips of those that were answered, oldest first; nanoseconds. */
    public long[] trips() {
        long[] trips = new long[size()];
        int answered = 0;
        for (int i = 0; i < trips.length; i++) {
            long rtt = rttNanos(i);
            if (rtt != Timing.UNREACHED) {
                trips[answered++] = rtt;
            }
        }
        return Arrays.copyOf(trips, answered);
    }

    private Outcome outcome(int index) {
        return OUTCOMES[(int) cells[2 * (from + index) + 1] & ((1 << OUTCOME_BITS) - 1)];
    }

    private long rttNanos(int index) {
        return cells[2 * (from + index) + 1] >> OUTCOME_BITS;
    }

    @Override
    public int size() {
        return to - from;
    }
}
