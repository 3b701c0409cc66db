package io.echogate.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stored bins on their way into one block, by step; most steps have one, which is copied as it is. */
final class Parts {
    private static final Logger log = LoggerFactory.getLogger(Parts.class);

    private final TreeMap<Integer, List<Bytes.In>> steps = new TreeMap<>();

    void add(int step, Bytes.In bin) {
        steps.computeIfAbsent(step, x -> new ArrayList<>(1)).add(bin);
    }

    void addAll(Parts more) {
        more.steps.forEach((step, bins) -> bins.forEach(bin -> add(step, bin)));
    }

    private static void merge(Bin sum, Bytes.In bin) {
        try {
            sum.merge(bin);
        } catch (IllegalArgumentException e) {
            log.warn("history_figures_damaged reason=\"{}\"", e.getMessage());
        }
    }

    /** @param sum empty, and empty again afterwards */
    byte[] block(Bin sum) {
        Block.Writer writer = new Block.Writer();
        for (Map.Entry<Integer, List<Bytes.In>> step : steps.entrySet()) {
            if (step.getValue().size() == 1) {
                writer.add(step.getKey(), step.getValue().getFirst());
            } else {
                step.getValue().forEach(bin -> merge(sum, bin));
                writer.add(step.getKey(), sum);
                sum.clear();
            }
        }
        return writer.bytes();
    }
}
