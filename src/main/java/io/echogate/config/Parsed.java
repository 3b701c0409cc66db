package io.echogate.config;

import java.util.List;
import java.util.Map;

/** What came of reading a configuration: it, or everything that is wrong with it. */
public sealed interface Parsed {
    /**
     * A configuration that can be started.
     *
     * @param file as given by the caller
     * @param positions where each written key stands, by its dotted path
     */
    record Good(Config config, String file, Map<String, Position> positions) implements Parsed {
        public Good {
            positions = Map.copyOf(positions);
        }

        /** A fault that a later check has found, at the place where {@code key} is written or else at the top. */
        public Fault fault(String key, String problem, String expected) {
            Position at = positions.getOrDefault(key, Position.TOP);
            return new Fault(file, at.line(), at.column(), key, problem, expected);
        }
    }

    /**
     * Nothing may be started with it.
     *
     * @param faults all of them, in the order of the file; at least one
     */
    record Bad(List<Fault> faults) implements Parsed {
        public Bad {
            faults = List.copyOf(faults);
        }
    }

    /** Line and column of a key's value, from 1. */
    record Position(int line, int column) {
        static final Position TOP = new Position(1, 1);
    }
}
