package io.echogate.history;

import io.echogate.model.Event;
import io.echogate.model.Incident;
import io.echogate.model.Toll;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One thing to be stored. Immutable; waits in the {@link Backlog}. */
sealed interface Note {
    /** About how much memory it takes. */
    int bytes();

    /** A second's figures, series by the run's own numbers of members. */
    record Second(Moment moment) implements Note {
        @Override
        public int bytes() {
            return 64 + moment.bytes().length;
        }
    }

    /** Something happened. */
    record Happened(Event event) implements Note {
        @Override
        public int bytes() {
            return 256
                    + 2
                            * (event.why().length()
                                    + event.evidence().stream()
                                            .mapToInt(String::length)
                                            .sum());
        }
    }

    /**
     * How somebody stands from now on.
     *
     * @param member empty for the pool
     */
    record Stood(String member, Instant at, long seq, JsonObject data) implements Note {
        @Override
        public int bytes() {
            return 512;
        }
    }

    /** What an operator wants of a member from now on. */
    record Ordered(String member, Instant at, long seq, JsonObject data) implements Note {
        @Override
        public int bytes() {
            return 512;
        }
    }

    /** An incident as it is known now. */
    record Told(Incident incident, Toll toll) implements Note {
        @Override
        public int bytes() {
            return 1024
                    + 2
                            * incident.timeline().stream()
                                    .mapToInt(e -> 64
                                            + e.text().length()
                                            + e.evidence().stream()
                                                    .mapToInt(String::length)
                                                    .sum())
                                    .sum();
        }
    }

    /** An incident turned out to be part of another one. */
    record Merged(String incident) implements Note {
        @Override
        public int bytes() {
            return 128;
        }
    }

    /** Somebody wants to know when all before this is stored: is told null then, or why it is not yet. */
    record Asked(Consumer<@Nullable String> then) implements Note {
        @Override
        public int bytes() {
            return 64;
        }
    }
}
