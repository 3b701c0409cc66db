package io.echogate.meter;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How late one event loop came to what it had planned, counted in {@link Buckets}; only rises. One writing thread, any number
 * of readers, no lock.
 */
public final class Delays {
    private final AtomicLongArray counts = new AtomicLongArray(Buckets.COUNT);

    Delays() {}

    /** Writer only. */
    public void record(long nanos) {
        int bucket = Buckets.of(nanos);
        counts.setOpaque(bucket, counts.getPlain(bucket) + 1);
    }

    void addTo(long[] into) {
        for (int i = 0; i < Buckets.COUNT; i++) {
            into[i] += counts.getOpaque(i);
        }
    }
}
