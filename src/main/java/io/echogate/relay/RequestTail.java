package io.echogate.relay;

import io.echogate.model.RequestTrace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Requests of all loops as they end, from a moment on. Confined to the reader's thread; costs the loops nothing. */
public final class RequestTail {
    private final List<Traces> loops;
    private final long[] counts;
    private long lost;

    RequestTail(List<Traces> loops) {
        this.loops = loops;
        this.counts = loops.stream().mapToLong(Traces::count).toArray();
    }

    /** Those that ended since the last call, oldest first. */
    public List<RequestTrace> next() {
        List<RequestTrace> all = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            Traces.Look look = loops.get(i).since(counts[i]);
            all.addAll(look.traces());
            lost += look.lost();
            counts[i] = look.end();
        }
        all.sort(Comparator.comparingLong(RequestTrace::endedNanos));
        return all;
    }

    /** How many were overwritten before they could be read, since the last time this was asked. */
    public long lost() {
        long before = lost;
        lost = 0;
        return before;
    }
}
