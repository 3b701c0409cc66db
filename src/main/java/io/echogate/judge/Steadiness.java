package io.echogate.judge;

import io.echogate.model.State;
import io.echogate.model.Verdict;

/**
 * Whether a member stays up once it is. Immutable and pure. One that is DOWN again soon after it was back, and then
 * once more, flaps and is held down: it stays RECOVERING for a while although it answers, twice as long each time, so
 * that it does not take requests along each time. One that has stayed up for {@link #STEADY_NANOS} begins anew.
 *
 * @param relapses how often in a row it was DOWN again soon after it was back
 * @param backNanos when it was last back
 * @param returned it ever was
 */
record Steadiness(int relapses, long backNanos, boolean returned) {
    /** Up for so long, it does not flap. */
    static final long STEADY_NANOS = 30_000_000_000L;

    /** The hold-down doubles no more than five times. */
    static final int MOST_RELAPSES = 7;

    /** Twice may happen to anybody who is being repaired. */
    private static final int FREE = 2;

    static final Steadiness UNTRIED = new Steadiness(0, 0, false);

    /** A verdict has become another one. */
    Steadiness after(Verdict before, Verdict now) {
        boolean wasOut = out(before.state());
        if (wasOut && now.state() == State.UP) {
            return new Steadiness(relapses, now.sinceNanos(), true);
        }
        boolean falls = !wasOut && now.state() == State.DOWN;
        return falls ? fallen(now.sinceNanos()) : this;
    }

    private Steadiness fallen(long now) {
        boolean soon = returned && now - backNanos < STEADY_NANOS;
        return new Steadiness(soon ? Math.min(MOST_RELAPSES, relapses + 1) : 0, backNanos, returned);
    }

    private static boolean out(State state) {
        return state == State.DOWN || state == State.RECOVERING;
    }

    /** For how long it has to answer before it is UP; 0 for one that does not flap. */
    long holdNanos(long once) {
        return relapses < FREE ? 0 : once << (relapses - FREE);
    }
}
