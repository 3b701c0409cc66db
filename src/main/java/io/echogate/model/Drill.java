package io.echogate.model;

import java.time.Instant;

/**
 * A failure that is played: the monitor treats one member as if it failed that way, and the member itself is left alone.
 * Probes and requests meet what they would meet; what could not be answered elsewhere is carried to the member all the
 * same, and counted. At most one at a time. Times of the wall clock are for people.
 *
 * @param member whose failure is played
 * @param mode how it seems to fail
 * @param by who wants it
 * @param why for people; may be empty; untrusted text
 * @param since when it began
 * @param until when it ends by itself
 * @param sinceNanos when it began, monotonic
 */
public record Drill(String member, Mode mode, String by, String why, Instant since, Instant until, long sinceNanos) {
    /** How the member seems to fail. */
    public enum Mode {
        /** It accepts connections and never answers; its machine answers ICMP. */
        FREEZE,
        /** Its machine refuses connections. */
        REFUSE,
        /** Its machine is silent in every way. */
        OFF
    }

    /** True of the member whose failure is played. */
    public boolean of(Member m) {
        return m.name().equals(member);
    }
}
