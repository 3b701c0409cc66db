package io.echogate.probe;

import java.time.Duration;

/**
 * How many members are asked in doubt by one kind of question, and how often that lets each be asked. Few are asked every
 * {@code doubtFreq}; when thousands fall into doubt together, as behind a switch that fails, they share
 * {@link #PER_SECOND} questions a second: asking all five times as often as usual would keep the asking, and the machines
 * that answer, too busy to find out that they are well. Confined to the probe loop.
 */
public final class Crowd {
    /** Enough for 1,000 members every 200 ms. */
    private static final long PER_SECOND = 5_000;

    private static final long EACH_NANOS = 1_000_000_000 / PER_SECOND;

    private int inDoubt;

    Crowd() {}

    /** How many may be in doubt at once until they are asked less often than every {@code doubtFreq}. */
    public static long most(Duration doubtFreq) {
        return doubtFreq.toNanos() / EACH_NANOS;
    }

    void joins() {
        inDoubt++;
    }

    void leaves() {
        inDoubt--;
    }

    /** Start to start, in nanoseconds, where so much was wished. */
    long everyNanos(long wished) {
        return Math.max(wished, inDoubt * EACH_NANOS);
    }
}
