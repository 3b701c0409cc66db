package io.echogate.model;

import java.util.AbstractList;
import java.util.RandomAccess;

/**
 * The newest beats of one member and kind, oldest first, at most {@link Beat#STRIP}. Immutable; the next one is one copy of
 * references, since every echo makes one.
 */
public final class Strip extends AbstractList<Beat> implements RandomAccess {
    public static final Strip EMPTY = new Strip(new Beat[0], 0);

    private final Beat[] beats;
    private final int failed;

    private Strip(Beat[] beats, int failed) {
        this.beats = beats;
        this.failed = failed;
    }

    /** With one more, and without the oldest when there is no room. */
    public Strip with(Beat beat) {
        int drop = beats.length == Beat.STRIP ? 1 : 0;
        Beat[] next = new Beat[beats.length + 1 - drop];
        System.arraycopy(beats, drop, next, 0, beats.length - drop);
        next[next.length - 1] = beat;
        int dropped = drop == 1 && beats[0].outcome().failed() ? 1 : 0;
        return new Strip(next, failed - dropped + (beat.outcome().failed() ? 1 : 0));
    }

    /** Share of the questions that failed, 0 to 100. */
    public double lossPercent() {
        return beats.length == 0 ? 0 : 100.0 * failed / beats.length;
    }

    @Override
    public Beat get(int index) {
        return beats[index];
    }

    @Override
    public int size() {
        return beats.length;
    }
}
