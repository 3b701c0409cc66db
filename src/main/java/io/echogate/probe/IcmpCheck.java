package io.echogate.probe;

import io.echogate.model.Outcome;
import io.echogate.model.Timing;

/** One ICMP echo request on its way. Confined to the probe loop. */
final class IcmpCheck implements Check {
    private final Question question;
    private final long nonce;
    private final IcmpProbe probe;
    private final Ear ear;
    private boolean expired;

    IcmpCheck(Question question, long nonce, IcmpProbe probe, Ear ear) {
        this.question = question;
        this.nonce = nonce;
        this.probe = probe;
        this.ear = ear;
    }

    @Override
    public Question question() {
        return question;
    }

    long nonce() {
        return nonce;
    }

    void answered(long atNanos) {
        String rtt = Spell.millis(atNanos - question.askedNanos());
        tell(expired ? Outcome.LATE : Outcome.ANSWERED, "echo reply in " + rtt, atNanos);
    }

    void unsent(Outcome outcome, String why, long now) {
        tell(outcome, "echo request not sent: " + why, now);
    }

    @Override
    public void overdue(long now) {
        tell(Outcome.OVERDUE, "no echo reply for " + Spell.millis(now - question.askedNanos()), now);
    }

    @Override
    public void expire(long now) {
        expired = true;
        tell(Outcome.SILENT, "no echo reply within " + Spell.millis(question.timeoutNanos()), now);
    }

    @Override
    public void forget() {
        probe.forget(nonce);
    }

    private void tell(Outcome outcome, String detail, long atNanos) {
        Timing timing = Timing.total(atNanos - question.askedNanos());
        ear.heard(question, new Finding(atNanos, outcome, timing, 0, false, detail));
    }
}
