package io.echogate.exchange;

import io.echogate.model.Member;
import io.echogate.model.Outcome;

/**
 * Compares how long a request waits for its first byte with what its member usually takes. An overdue request is no
 * verdict, but reason to ask the member at once; a client that gives up on one is no innocent either. Confined to one
 * event loop.
 */
final class Watchdog {
    private final Surroundings around;
    private final Actions actions;
    private final Attempts attempts;
    private final Inbound inbound;
    private final Outbound outbound;

    Watchdog(Surroundings around, Actions actions, Attempts attempts, Inbound inbound, Outbound outbound) {
        this.around = around;
        this.actions = actions;
        this.attempts = attempts;
        this.inbound = inbound;
        this.outbound = outbound;
    }

    /** The first byte of an answer has come. */
    void firstByte(Attempt attempt, long now) {
        Member m = attempt.member();
        if (m == null) {
            return;
        }
        long nanos = now - attempt.since();
        if (inbound.complete()) {
            around.firstBytes(m).record(nanos);
        }
        attempts.firstByte(m, nanos, now);
        around.loads().waited(m.index(), nanos, now);
    }

    /** When the current attempt has waited for longer than its member usually makes anybody wait. */
    long overdueAt() {
        Member m = outbound.member();
        return outbound.attempt().since()
                + (m == null ? 0 : around.firstBytes(m).overdueAfter());
    }

    /** It has: that is no verdict, but reason to ask the member at once. */
    void overdue(long now) {
        Member m = outbound.member();
        if (m != null && outbound.attempt().watched()) {
            outbound.attempt().told();
            actions.nudgeMember();
            long waited = (now - outbound.attempt().since()) / 1_000_000;
            actions.heard(
                    m, Outcome.OVERDUE, outbound.attempt().since(), now, "a request has waited " + waited + " ms");
        }
    }

    /** The attempt is given up before its first byte: not innocent when it has waited for unusually long. */
    void givenUp(long now) {
        Member m = outbound.member();
        if (m != null
                && outbound.attempt().watched()
                && inbound.complete()
                && now - outbound.attempt().since() >= around.firstBytes(m).tellingAfter()) {
            overdue(now);
        }
    }
}
