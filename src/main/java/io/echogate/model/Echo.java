package io.echogate.model;

import static java.util.Objects.requireNonNull;

/**
 * What came back of one question. Immutable; made by the probes and the relay, judged by the judge.
 *
 * @param kind what was asked
 * @param member the member's name
 * @param question number of the question within member and kind, rising in the order of asking
 * @param askedNanos monotonic time of asking
 * @param heardNanos monotonic time at which this echo was made, never before {@code askedNanos}
 * @param outcome how it ended
 * @param timing the phases
 * @param status HTTP status, or 0
 * @param acknowledged the peer's kernel acknowledged every byte of the request (TCP_INFO): a second fact beside silence
 * @param detail one line of evidence for people; may quote the member and is untrusted text
 */
public record Echo(
        Kind kind,
        String member,
        long question,
        long askedNanos,
        long heardNanos,
        Outcome outcome,
        Timing timing,
        int status,
        boolean acknowledged,
        String detail) {
    public Echo {
        requireNonNull(kind, "kind");
        requireNonNull(member, "member");
        requireNonNull(outcome, "outcome");
        requireNonNull(timing, "timing");
        requireNonNull(detail, "detail");
    }

    /** An echo that never had a connection and carries no status. */
    public static Echo of(
            Kind kind, String member, long question, long askedNanos, long heardNanos, Outcome outcome, String detail) {
        Timing timing = Timing.total(heardNanos - askedNanos);
        return new Echo(kind, member, question, askedNanos, heardNanos, outcome, timing, 0, false, detail);
    }
}
