package io.echogate.model;

import java.time.Instant;
import java.util.List;

/**
 * Something that happened, with the reason and the evidence. Never changed once published.
 *
 * @param seq the fleet's sequence number at which it happened; unique and rising within an epoch
 * @param at wall-clock time
 * @param type snake_case name of the kind of event: {@code member_state}, {@code cause_changed}, {@code isolated}, …
 * @param member name, or empty when the event concerns the fleet or the monitor
 * @param from state before, equal to {@code to} when no state changed
 * @param to state after
 * @param cause the cause after
 * @param why one sentence for people
 * @param evidence lines, oldest first; untrusted text
 * @param detail what can be reckoned with
 */
public record Event(
        long seq,
        Instant at,
        String type,
        String member,
        State from,
        State to,
        Cause cause,
        String why,
        List<String> evidence,
        Detail detail) {
    /** One whose words say all. */
    public Event(
            long seq,
            Instant at,
            String type,
            String member,
            State from,
            State to,
            Cause cause,
            String why,
            List<String> evidence) {
        this(seq, at, type, member, from, to, cause, why, evidence, Detail.NONE);
    }
}
