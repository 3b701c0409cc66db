package io.echogate.fleet;

import io.echogate.model.Event;
import io.echogate.model.Incident.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What happened, oldest first. Immutable and bounded: how it began and the newest of it stay, and what had no room in
 * between is counted.
 */
record Timeline(List<Entry> entries, int leftOut) {
    /** Entries at the most. */
    static final int MOST = 200;

    /** Of these, so many are of the beginning. */
    static final int BEGINNING = 50;

    static final Timeline EMPTY = new Timeline(List.of(), 0);

    Timeline {
        entries = List.copyOf(entries);
    }

    static Entry entry(Event e) {
        String text = e.from() == e.to() ? e.why() : e.from() + " → " + e.to() + ": " + e.why();
        return new Entry(e.at(), e.type(), e.member(), text, e.evidence());
    }

    Timeline with(Entry entry) {
        List<Entry> next = new ArrayList<>(entries.size() + 1);
        next.addAll(entries);
        next.add(entry);
        return bounded(next, leftOut);
    }

    /** With all of another one in its place; what is in both is told once. */
    Timeline with(Timeline other) {
        if (other.entries.isEmpty()) {
            return this;
        }
        Set<Entry> all = new LinkedHashSet<>(entries);
        all.addAll(other.entries);
        List<Entry> next = new ArrayList<>(all);
        next.sort(Comparator.comparing(Entry::at));
        return bounded(next, leftOut + other.leftOut);
    }

    private static Timeline bounded(List<Entry> all, int leftOut) {
        int over = all.size() - MOST;
        if (over <= 0) {
            return new Timeline(all, leftOut);
        }
        all.subList(BEGINNING, BEGINNING + over).clear();
        return new Timeline(all, leftOut + over);
    }
}
