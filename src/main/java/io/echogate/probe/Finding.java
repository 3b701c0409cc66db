package io.echogate.probe;

import io.echogate.model.Echo;
import io.echogate.model.Outcome;
import io.echogate.model.Timing;

/**
 * What one question brought, before it carries a member's name.
 *
 * @param heardNanos monotonic time
 * @param outcome how it ended
 * @param timing the phases
 * @param status HTTP status, or 0
 * @param acknowledged the request reached the peer's kernel
 * @param detail one line of evidence
 */
record Finding(long heardNanos, Outcome outcome, Timing timing, int status, boolean acknowledged, String detail) {
    Echo echo(Question q, String member) {
        return new Echo(
                q.kind(),
                member,
                q.number(),
                q.askedNanos(),
                heardNanos,
                outcome,
                timing,
                status,
                acknowledged,
                detail);
    }

    /** The same with that before its evidence. */
    Finding noted(String word) {
        return new Finding(heardNanos, outcome, timing, status, acknowledged, word + detail);
    }

    /** The same moment, but nothing to hold against anybody. */
    Finding excused(String why) {
        return new Finding(heardNanos, Outcome.UNSENT, timing, 0, false, why);
    }
}
