package io.echogate.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test moves by hand. Both times move together. */
public final class ManualClock implements Clock {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private final AtomicLong nanos = new AtomicLong();

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public Instant now() {
        return START.plusNanos(nanos.get());
    }

    public ManualClock advance(Duration by) {
        nanos.addAndGet(by.toNanos());
        return this;
    }

    public ManualClock advanceMillis(long by) {
        return advance(Duration.ofMillis(by));
    }
}
