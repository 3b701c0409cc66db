package io.echogate.probe;

import io.echogate.model.Outcome;
import io.echogate.model.Timing;
import java.util.function.LongSupplier;

/**
 * A question by ICMP whose machine's name is still looked up. Only of who is asked by ICMP alone: else a service's question
 * looks it up. Confined to the probe loop.
 */
final class NameCheck implements Check {
    private final Question question;
    private final LongSupplier nanos;
    private final Ear ear;
    private boolean done;

    NameCheck(Question question, LongSupplier nanos, Ear ear) {
        this.question = question;
        this.nanos = nanos;
        this.ear = ear;
    }

    @Override
    public Question question() {
        return question;
    }

    /** Nobody has said anything yet of how it ended. */
    boolean waits() {
        return !done;
    }

    void unresolved(String why) {
        tell(why, nanos.getAsLong());
    }

    /** Nobody has been asked yet who could be silent. */
    @Override
    public void overdue(long now) {}

    @Override
    public void expire(long now) {
        tell("name looked up, no address within " + Spell.millis(question.timeoutNanos()), now);
    }

    private void tell(String why, long now) {
        done = true;
        Timing timing = Timing.total(now - question.askedNanos());
        ear.heard(question, new Finding(now, Outcome.UNRESOLVED, timing, 0, false, why));
    }

    @Override
    public void forget() {
        done = true;
    }
}
