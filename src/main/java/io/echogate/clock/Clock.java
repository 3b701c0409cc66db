package io.echogate.clock;

import java.time.Instant;

/**
 * Where time comes from. Two times that must not be mixed: {@link #nanos()} is monotonic and measures durations;
 * {@link #now()} is the wall clock and is for people. Thread-safe; tests use one that is moved by hand.
 */
public interface Clock {
    /** Monotonic nanoseconds from an arbitrary origin; compare by difference only. */
    long nanos();

    /** Wall-clock time, UTC; may jump. */
    Instant now();

    /** The wall-clock time of a monotonic instant that is not far from now. */
    default Instant wallOf(long nanos) {
        return now().minusNanos(nanos() - nanos);
    }

    /** The real clocks of this machine. */
    static Clock system() {
        return SystemClock.INSTANCE;
    }
}
