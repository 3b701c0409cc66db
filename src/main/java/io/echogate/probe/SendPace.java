package io.echogate.probe;

/**
 * How many echo requests may leave now, so that their answers find room in the receive buffer even if nobody reads for
 * {@link #HELD_UP_MILLIS}. A token bucket (RFC 2697's in its simplest form); time is an argument. Confined to one thread.
 */
final class SendPace {
    /** More never leave at once: answering on one's own machine is work, too. */
    static final int MOST_AT_ONCE = 512;

    /** More never leave in a millisecond. */
    static final int MOST_PER_MILLI = 256;

    /** A reader that is held up for this long loses nothing. */
    static final int HELD_UP_MILLIS = 20;

    private static final long MILLI = 1_000_000;

    private final int burst;
    private final double perNano;
    private double tokens;
    private long lastNanos;

    /** @param answersHeld what the receive buffer has room for */
    SendPace(int answersHeld, long nowNanos) {
        this.burst = Math.clamp(answersHeld / 2, 1, MOST_AT_ONCE);
        this.perNano = Math.clamp((double) answersHeld / HELD_UP_MILLIS, 1, MOST_PER_MILLI) / MILLI;
        this.tokens = burst;
        this.lastNanos = nowNanos;
    }

    /** How many of so many may leave now. */
    int take(int wanted, long nowNanos) {
        tokens = Math.min(burst, tokens + (nowNanos - lastNanos) * perNano);
        lastNanos = nowNanos;
        int given = Math.min(wanted, (int) tokens);
        tokens -= given;
        return given;
    }
}
