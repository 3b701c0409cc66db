package io.echogate.page;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest changes, kept so that a viewer who was away for a moment need not begin anew. Confined to the page's loop. */
final class Ring {
    /** Leads from one number to another. */
    record Change(long prev, long seq, Frame frame) {}

    private final int maxEntries;
    private final long maxBytes;
    private final Deque<Change> entries = new ArrayDeque<>();
    private long bytes;

    Ring(int maxEntries, long maxBytes) {
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
    }

    void add(Change change) {
        entries.addLast(change);
        bytes += change.frame().size();
        while (entries.size() > maxEntries || bytes > maxBytes) {
            bytes -= entries.removeFirst().frame().size();
        }
    }

    void clear() {
        entries.clear();
        bytes = 0;
    }

    /** Those that lead on from {@code seq}, oldest first, or null when they are no longer all here. */
    @Nullable
    List<Change> after(long seq) {
        List<Change> later = new ArrayList<>();
        for (Change change : entries) {
            if (!later.isEmpty() || change.prev() == seq) {
                later.add(change);
            }
        }
        return later.isEmpty() ? null : later;
    }
}
