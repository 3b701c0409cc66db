package io.echogate.config;

import io.echogate.config.Parsed.Position;
import java.util.List;

/** A piece of a YAML document with its place in the file: as much of YAML as a configuration needs. */
sealed interface Node {
    Position at();

    /** In words, for faults. */
    String kind();

    /**
     * Text, number, flag or nothing: what it means is for the key to say.
     *
     * @param plain written without quotes
     */
    record Scalar(Position at, String text, boolean plain) implements Node {
        @Override
        public String kind() {
            return isNull() ? "nothing" : "a single value";
        }

        boolean isNull() {
            return plain
                    && switch (text) {
                        case "", "~", "null", "Null", "NULL" -> true;
                        default -> false;
                    };
        }
    }

    record Mapping(Position at, List<Entry> entries) implements Node {
        @Override
        public String kind() {
            return "a mapping";
        }
    }

    record Sequence(Position at, List<Node> items) implements Node {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Something that has been refused already; nothing more is said about it. */
    record Refused(Position at) implements Node {
        @Override
        public String kind() {
            return "something refused";
        }
    }

    record Entry(Scalar key, Node value) {}
}
