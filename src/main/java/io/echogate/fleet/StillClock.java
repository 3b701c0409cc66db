package io.echogate.fleet;

import io.echogate.clock.Clock;
import java.time.Instant;

/**
 * The clock as the writer sees it: it stands still while one drain is worked on, so that all that the drain does has one
 * time, and one reading of both clocks suffices to replay it. Touched by the writer's thread only.
 */
final class StillClock implements Clock {
    private final Clock real;
    private long nanos;
    private Instant now;

    StillClock(Clock real) {
        this.real = real;
        this.nanos = real.nanos();
        this.now = real.now();
    }

    /** Moves on to the present. */
    void read() {
        nanos = real.nanos();
        now = real.now();
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Instant now() {
        return now;
    }
}
