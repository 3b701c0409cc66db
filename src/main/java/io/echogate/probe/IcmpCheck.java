package io.echogate.probe;

import io.echogate.model.Outcome;
import io.echogate.model.Timing;
import io.echogate.net.IcmpError;
import java.net.InetAddress;

/**
 * One ICMP echo request. Confined to the probe loop. Whether an answer is in time is for the kernel's stamp of it to
 * say, not for when we got to it.
 *
 * <pre>
 *   WAITING ──sent──▶ AWAY ──time-out──▶ EXPIRED ──answer stamped too late: LATE; in time after all: ANSWERED──▶ DONE
 *      └──────────────┴── answer, error, refused by the kernel, forgotten ──▶ DONE
 * </pre>
 */
final class IcmpCheck implements Check {
    private enum Phase {
        WAITING,
        AWAY,
        EXPIRED,
        DONE
    }

    private final Question question;
    private final InetAddress to;
    private final IcmpProbe probe;
    private final Ear ear;
    private Phase phase = Phase.WAITING;
    private int slot;
    private long nonce;
    private int sequence = -1;

    IcmpCheck(Question question, InetAddress to, IcmpProbe probe, Ear ear) {
        this.question = question;
        this.to = to;
        this.probe = probe;
        this.ear = ear;
    }

    @Override
    public Question question() {
        return question;
    }

    InetAddress to() {
        return to;
    }

    /** Its place among those on their way, and the nonce that an answer must bring back. */
    void placed(int place, long secret) {
        slot = place;
        nonce = secret;
    }

    int slot() {
        return slot;
    }

    long nonce() {
        return nonce;
    }

    int sequence() {
        return sequence;
    }

    void sequence(int number) {
        sequence = number;
    }

    /** It is still to be sent. */
    boolean waits() {
        return phase == Phase.WAITING;
    }

    /** It will hear nothing more. */
    boolean done() {
        return phase == Phase.DONE;
    }

    void left(long atNanos) {
        if (phase == Phase.WAITING) {
            phase = Phase.AWAY;
            question.leftAt(atNanos);
        }
    }

    /** An answer came, which the kernel received at that time. */
    void answered(long atNanos) {
        boolean late = atNanos - question.deadlineNanos() > 0;
        if (late && phase != Phase.EXPIRED) {
            question.phase(Question.Phase.LISTENING);
            expire(atNanos);
        }
        phase = Phase.DONE;
        long heard = Math.max(atNanos, question.askedNanos());
        String trip = late ? "echo reply in " + Spell.millis(heard - question.askedNanos()) : "echo reply";
        tell(late ? Outcome.LATE : Outcome.ANSWERED, trip, heard);
    }

    /** Somebody says that it did not arrive; after the time-out that is no news. */
    void failed(IcmpError error, long atNanos) {
        if (phase == Phase.AWAY) {
            phase = Phase.DONE;
            tell(error.outcome(), error.words(), Math.max(atNanos, question.askedNanos()));
        }
    }

    void unsent(Outcome outcome, String why, long now) {
        phase = Phase.DONE;
        tell(outcome, "echo request not sent: " + why, now);
    }

    @Override
    public void overdue(long now) {
        if (phase == Phase.AWAY) {
            tell(Outcome.OVERDUE, "no echo reply for " + Spell.millis(now - question.askedNanos()), now);
        }
    }

    @Override
    public void expire(long now) {
        if (phase == Phase.WAITING) {
            unsent(Outcome.UNSENT, "others were before it for " + Spell.millis(question.timeoutNanos()), now);
        } else if (phase == Phase.AWAY) {
            phase = Phase.EXPIRED;
            tell(Outcome.SILENT, "no echo reply within " + Spell.millis(question.timeoutNanos()), now);
        }
    }

    @Override
    public void forget() {
        phase = Phase.DONE;
        probe.forget(this);
    }

    private void tell(Outcome outcome, String detail, long atNanos) {
        Timing timing = Timing.total(atNanos - question.askedNanos());
        ear.heard(question, new Finding(atNanos, outcome, timing, 0, false, detail));
    }
}
