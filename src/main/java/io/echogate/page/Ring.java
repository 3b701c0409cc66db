package io.echogate.page;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest changes, kept so that a viewer who was away for a moment need not begin anew. Confined to the page's loop. */
final class Ring {
    private record Entry(long prev, long seq, String text) {}

    private final int maxEntries;
    private final long maxChars;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long chars;

    Ring(int maxEntries, long maxChars) {
        this.maxEntries = maxEntries;
        this.maxChars = maxChars;
    }

    void add(long prev, long seq, String text) {
        entries.addLast(new Entry(prev, seq, text));
        chars += text.length();
        while (entries.size() > maxEntries || chars > maxChars) {
            chars -= entries.removeFirst().text().length();
        }
    }

    void clear() {
        entries.clear();
        chars = 0;
    }

    /** The messages that lead on from {@code seq}, oldest first, or null when they are no longer all here. */
    @Nullable
    List<String> after(long seq) {
        List<String> texts = new ArrayList<>();
        for (Entry entry : entries) {
            if (!texts.isEmpty() || entry.prev() == seq) {
                texts.add(entry.text());
            }
        }
        return texts.isEmpty() ? null : texts;
    }
}
