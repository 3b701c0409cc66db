package io.echogate.net;

import io.echogate.clock.Clock;
import java.time.Instant;

/**
 * Turns the kernel's receive stamps, which are wall-clock time, into monotonic time: now less the stamp's age. So a
 * pause of ours is not a round trip. Confined to one thread. Where the wall clock was set between two readings, or an
 * age is impossible, the stamp says nothing and now stands in for it.
 */
final class KernelStamp {
    /** Older than this is no packet in a queue but a clock that was set. */
    static final long OLDEST_NANOS = 60_000_000_000L;

    /** A difference between the clocks that no reading explains; beyond it a drift of 0.1 % is allowed for. */
    private static final long STEP_NANOS = 5_000_000;

    /** The two clocks were read closer together than this, or are read again. */
    private static final long APART_NANOS = 200_000;

    private static final int READINGS = 4;

    private final Clock clock;
    private long monoNanos;
    private long wallNanos;
    private boolean trusted;

    KernelStamp(Clock clock) {
        this.clock = clock;
        read();
        trusted = true;
    }

    /** Reads both clocks, after the packets whose stamps follow. */
    void read() {
        long before = clock.nanos();
        for (int i = 1; i <= READINGS; i++) {
            Instant wall = clock.now();
            long after = clock.nanos();
            if (after - before <= APART_NANOS || i == READINGS) {
                take(after, wall.getEpochSecond() * 1_000_000_000L + wall.getNano());
                return;
            }
            before = after;
        }
    }

    private void take(long mono, long wall) {
        long passed = mono - monoNanos;
        long step = Math.abs(wall - wallNanos - passed);
        trusted = step <= STEP_NANOS + passed / 1_000;
        monoNanos = mono;
        wallNanos = wall;
    }

    /** Monotonic time of the last {@link #read}. */
    long nowNanos() {
        return monoNanos;
    }

    /** Monotonic time of a stamp, never after now. */
    long atNanos(long seconds, long nanos) {
        long age = wallNanos - (seconds * 1_000_000_000L + nanos);
        return trusted && age >= 0 && age <= OLDEST_NANOS ? monoNanos - age : monoNanos;
    }
}
