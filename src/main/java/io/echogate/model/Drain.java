package io.echogate.model;

import java.time.Instant;
import java.util.List;

/**
 * What the one writer took in at once, when, and the snapshot that it then published: enough to do the same again.
 *
 * @param nanos the writer's one reading of the monotonic clock
 * @param at its one reading of the wall clock
 * @param taken in the order in which they were applied; at least one
 * @param events all that happened in it, oldest first, however many
 * @param mergedAway ids of incidents that turned out to be part of an older one each: they are not told any more
 */
public record Drain(
        long nanos, Instant at, List<Taken> taken, Fleet published, List<Event> events, List<String> mergedAway) {
    /** One in which no incident became part of another. */
    public Drain(long nanos, Instant at, List<Taken> taken, Fleet published, List<Event> events) {
        this(nanos, at, taken, published, events, List.of());
    }

    /** One in which nothing happened. */
    public Drain(long nanos, Instant at, List<Taken> taken, Fleet published) {
        this(nanos, at, taken, published, List.of(), List.of());
    }

    /**
     * One command with what else decided its effect.
     *
     * @param answeredNanos for an echo, when a client's request was last answered by its member; {@link Long#MIN_VALUE}
     *     for never, and for other commands
     */
    public record Taken(Command command, long answeredNanos) {}
}
