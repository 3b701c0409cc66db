package io.echogate.probe;

/**
 * Whether we were looking. The asking looks around at least every {@link #BEAT_NANOS}; when it comes much later, this
 * process was suspended, starved or collecting garbage, and of the time in between nothing is known about anybody.
 * Confined to the probe loop; time is an argument.
 */
final class Attention {
    static final long BEAT_NANOS = 50_000_000;

    /** A gap longer than this is taken off the waiting of whatever is on its way. */
    static final long LAG_NANOS = 50_000_000;

    /** After a gap longer than this, what was on its way is given up as never asked. */
    static final long BLIND_NANOS = 400_000_000;

    private long nextNanos;

    Attention(long nowNanos) {
        looked(nowNanos);
    }

    /** When to look around at the latest. */
    long nextNanos() {
        return nextNanos;
    }

    /** How long we have not been looking, beyond what was planned; 0 when that is nothing to speak of. */
    long gapNanos(long nowNanos) {
        long late = nowNanos - nextNanos;
        return late > LAG_NANOS ? late : 0;
    }

    /** We have not been looking for so long that even a failure heard now may be our own doing. */
    boolean blind(long nowNanos) {
        return nowNanos - nextNanos > BLIND_NANOS;
    }

    /** We are looking now. */
    void looked(long nowNanos) {
        nextNanos = nowNanos + BEAT_NANOS;
    }
}
