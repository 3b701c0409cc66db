package io.echogate.model;

import java.time.Instant;

/**
 * One closed question as the page's strip shows it.
 *
 * @param at when it was closed
 * @param outcome how it ended
 * @param rttNanos time to the answer in nanoseconds, or {@link Timing#UNREACHED} without one
 */
public record Beat(Instant at, Outcome outcome, long rttNanos) {
    /** How many beats a strip keeps per member and kind. */
    public static final int STRIP = 60;
}
