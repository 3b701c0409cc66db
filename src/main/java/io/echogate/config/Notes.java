package io.echogate.config;

import io.echogate.config.Parsed.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is noted while one file is read: its faults, where its keys stand, and which keys were asked for. The keys asked
 * for are the keys there are: there is no second list of them to forget. Confined to the reading thread.
 */
final class Notes {
    private final String file;
    private final List<Fault> faults = new ArrayList<>();
    private final Set<String> faulty = new HashSet<>();
    private final Map<String, Position> positions = new HashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private final List<Section> sections = new ArrayList<>();

    Notes(String file) {
        this.file = file;
    }

    void add(Position at, String key, String problem, String expected) {
        faults.add(new Fault(file, at.line(), at.column(), key, problem, expected));
        faulty.add(key);
    }

    void written(String key, Position at) {
        positions.putIfAbsent(key, at);
    }

    void asked(String key) {
        asked.add(key);
    }

    void opened(Section section) {
        sections.add(section);
    }

    List<Section> sections() {
        return sections;
    }

    Position at(String key) {
        return positions.getOrDefault(key, Position.TOP);
    }

    Map<String, Position> positions() {
        return positions;
    }

    /** Every key that was asked for, written or not. */
    Set<String> known() {
        return asked;
    }

    /** The keys that have a fault so far: a default stands in for each of them and proves nothing. */
    Set<String> faulty() {
        return Set.copyOf(faulty);
    }

    List<Fault> inFileOrder() {
        faults.sort(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column));
        return faults;
    }
}
