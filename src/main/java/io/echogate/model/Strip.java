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
    public static final Strip EMPTY = new Strip(new long[0], new int[0], 0, 0, 0);

    private static final int BEATS = 2 * Beat.STRIP;
    private static final int OUTCOME_BITS = 5;
    private static final int STATUS_BITS = 10;
    private static final int STATUS = (1 << STATUS_BITS) - 1;

    /** Phases of a beat. */
    private static final int PHASES = 4;

    private static final long MICRO = 1_000;
    private static final Outcome[] OUTCOMES = Outcome.values();

    /**
     * Two per beat: when, in epoch milliseconds; and the round trip in nanoseconds, status and outcome in its lowest bits.
     */
    private final long[] cells;

    /** Four per beat, in microseconds: half the room of nanoseconds; empty where nobody tells of phases. */
    private final int[] phases;

    private final int from;
    private final int to;
    private final int failed;

    private Strip(long[] cells, int[] phases, int from, int to, int failed) {
        this.cells = cells;
        this.phases = phases;
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
    public Strip with(Instant at, Outcome outcome, long rttNanos) {
        return next(at, rttNanos, 0, outcome, false);
    }

    /**
     * The same of a question with phases.
     *
     * @param status HTTP status, or 0
     */
    public Strip with(Instant at, Outcome outcome, long rttNanos, Timing timing, int status) {
        Strip next = next(at, rttNanos, status, outcome, true);
        int end = PHASES * (next.to - 1);
        next.phases[end] = micros(timing.resolved());
        next.phases[end + 1] = micros(timing.connected());
        next.phases[end + 2] = micros(timing.firstByte());
        next.phases[end + 3] = micros(timing.total());
        return next;
    }

    @SuppressWarnings("EnumOrdinal") // read back by this very run only
    private Strip next(Instant at, long rttNanos, int status, Outcome outcome, boolean phased) {
        boolean full = size() == Beat.STRIP;
        int next = from + (full ? 1 : 0);
        int left = failed - (full && outcome(0).failed() ? 1 : 0) + (outcome.failed() ? 1 : 0);
        boolean room = 2 * to < cells.length && (!phased || phases.length > 0);
        Strip into = room ? this : moved(next, phased || phases.length > 0);
        int end = into.to;
        into.cells[2 * end] = at.toEpochMilli();
        into.cells[2 * end + 1] = ((rttNanos << STATUS_BITS) | (status & STATUS)) << OUTCOME_BITS | outcome.ordinal();
        return new Strip(into.cells, into.phases, room ? next : 0, end + 1, left);
    }

    /** The beats from that one on, with room behind them. */
    private Strip moved(int next, boolean phased) {
        long[] into = new long[2 * BEATS];
        System.arraycopy(cells, 2 * next, into, 0, 2 * (to - next));
        int[] with = new int[phased ? PHASES * BEATS : 0];
        Arrays.fill(with, (int) Timing.UNREACHED);
        if (phases.length > 0) {
            System.arraycopy(phases, PHASES * next, with, 0, PHASES * (to - next));
        }
        return new Strip(into, with, 0, to - next, failed);
    }

    private static int micros(long nanos) {
        return nanos < 0 ? (int) Timing.UNREACHED : (int) Math.min(Integer.MAX_VALUE, nanos / MICRO);
    }

    /** The phases of one question, to the microsecond; all unreached where nobody told of them. */
    public Timing timing(int index) {
        if (phases.length == 0) {
            return Timing.total(Timing.UNREACHED);
        }
        int at = PHASES * (from + index);
        return new Timing(nanos(phases[at]), nanos(phases[at + 1]), nanos(phases[at + 2]), nanos(phases[at + 3]));
    }

    private static long nanos(int micros) {
        return micros < 0 ? Timing.UNREACHED : MICRO * micros;
    }

    /** The HTTP status of one question, or 0. */
    public int status(int index) {
        return (int) (cells[2 * (from + index) + 1] >> OUTCOME_BITS) & STATUS;
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
        return cells[2 * (from + index) + 1] >> (OUTCOME_BITS + STATUS_BITS);
    }

    @Override
    public int size() {
        return to - from;
    }
}
