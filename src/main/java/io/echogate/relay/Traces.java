package io.echogate.relay;

import io.echogate.model.RequestTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The last requests of one event loop, a ring. Written by that loop alone, without a lock; read by any thread, in order
 * and each request at most once. There is one place more than is kept: the one that may be written to right now.
 */
final class Traces {
    private final int size;
    private final AtomicReferenceArray<@Nullable RequestTrace> ring;
    private final AtomicLong written = new AtomicLong();

    /** @param size 0: nothing is kept */
    Traces(int size) {
        this.size = size;
        this.ring = new AtomicReferenceArray<>(size + 1);
    }

    /**
     * What was found from one count on.
     *
     * @param traces oldest first
     * @param lost how many were overwritten before they could be read
     * @param end count to go on from
     */
    record Look(List<RequestTrace> traces, long lost, long end) {}

    /** True when what is added is kept. */
    boolean keeps() {
        return size > 0;
    }

    /** Its loop only. */
    void add(RequestTrace trace) {
        long n = written.getPlain();
        ring.setRelease((int) (n % ring.length()), trace);
        written.setRelease(n + 1);
    }

    /** How many there have ever been. */
    long count() {
        return written.getAcquire();
    }

    /** The request of that count; null when it was overwritten, perhaps while it was read. */
    private @Nullable RequestTrace at(long n) {
        RequestTrace trace = ring.getAcquire((int) (n % ring.length()));
        return n < written.getAcquire() - size ? null : trace;
    }

    /** Those from that count on. */
    Look since(long count) {
        long end = written.getAcquire();
        List<RequestTrace> found = new ArrayList<>();
        for (long n = Math.max(count, end - size); n < end; n++) {
            RequestTrace trace = at(n);
            if (trace != null) {
                found.add(trace);
            }
        }
        return new Look(found, end - count - found.size(), end);
    }

    /** The newest that are wanted, newest first, up to that many. */
    List<RequestTrace> newest(Predicate<RequestTrace> wanted, int limit) {
        List<RequestTrace> found = new ArrayList<>();
        for (long n = written.getAcquire() - 1; n >= 0 && found.size() < limit; n--) {
            RequestTrace trace = at(n);
            if (trace == null) {
                break;
            }
            if (wanted.test(trace)) {
                found.add(trace);
            }
        }
        return found;
    }
}
