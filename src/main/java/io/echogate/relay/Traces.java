package io.echogate.relay;

import io.echogate.model.RequestTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The last requests of one event loop, a ring. Written by that loop alone, without a lock; read by any thread, which may
 * find a request twice or miss one that is being overwritten, but never a torn one.
 */
final class Traces {
    private final AtomicReferenceArray<RequestTrace> ring;
    private final AtomicLong written = new AtomicLong();

    /** @param size 0: nothing is kept */
    Traces(int size) {
        this.ring = new AtomicReferenceArray<>(size);
    }

    /** True when what is added is kept. */
    boolean keeps() {
        return ring.length() > 0;
    }

    /** Of a ring that keeps something. */
    void add(RequestTrace trace) {
        long n = written.getPlain();
        ring.setRelease((int) (n % ring.length()), trace);
        written.setRelease(n + 1);
    }

    /** How many there have ever been. */
    long count() {
        return written.getAcquire();
    }

    /** Those from that count on that are still here, oldest first. */
    List<RequestTrace> since(long count) {
        long end = written.getAcquire();
        List<RequestTrace> found = new ArrayList<>();
        for (long n = Math.max(count, end - ring.length()); n < end; n++) {
            RequestTrace trace = ring.getAcquire((int) (n % ring.length()));
            if (trace != null) {
                found.add(trace);
            }
        }
        return found;
    }

    /** How many of those from that count on are no longer here. */
    long lost(long count) {
        return Math.max(0, written.getAcquire() - ring.length() - count);
    }
}
