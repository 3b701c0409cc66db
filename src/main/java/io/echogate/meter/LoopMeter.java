package io.echogate.meter;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The counters of one event loop or other single thread. Handles are looked up once and kept: {@link #tally} and its
 * siblings are for set-up, not for a request's path. Only the owning thread writes through the handles.
 */
public final class LoopMeter {
    record Key(Metric metric, List<String> labels) {}

    private final Map<Key, Tally> tallies = new ConcurrentHashMap<>();
    private final Map<Key, Histogram> histograms = new ConcurrentHashMap<>();

    private volatile @Nullable Takings takings;
    private volatile @Nullable Delays delays;

    LoopMeter() {}

    /** What becomes of requests at that many members, for a loop that carries them; to be called once. */
    public Takings takings(int members) {
        Takings made = new Takings(members);
        takings = made;
        return made;
    }

    @Nullable
    Takings takings() {
        return takings;
    }

    /** How late a loop that keeps time comes to its ticks; to be called once. */
    public Delays newDelays() {
        Delays made = new Delays();
        delays = made;
        return made;
    }

    @Nullable
    Delays delays() {
        return delays;
    }

    /** The counter or gauge of these label values, made at first use. */
    public Tally tally(Metric metric, String... labels) {
        return tallies.computeIfAbsent(key(metric, labels), k -> new Tally());
    }

    /** The histogram of these label values, made at first use. */
    public Histogram histogram(Metric metric, String... labels) {
        return histograms.computeIfAbsent(key(metric, labels), k -> new Histogram());
    }

    private static Key key(Metric metric, String... labels) {
        if (labels.length != metric.labels().size()) {
            throw new IllegalArgumentException(metric.name() + " takes labels " + metric.labels());
        }
        return new Key(metric, List.of(labels));
    }

    Map<Key, Tally> tallies() {
        return tallies;
    }

    Map<Key, Histogram> histograms() {
        return histograms;
    }
}
