package io.echogate.probe;

import io.echogate.model.Kind;
import org.jspecify.annotations.Nullable;

/**
 * One question that is on its way. Confined to the probe loop.
 *
 * <pre>
 *   OPEN ──silent past doubt──▶ OVERDUE ──time-out──▶ LISTENING ──late answer, or listened long enough──▶ gone
 *    └────────── answered, failed ──┴──▶ gone
 * </pre>
 */
final class Question {
    /** How far it has come. */
    enum Phase {
        /** Asked, and silence is still ordinary. */
        OPEN,
        /** Silent for longer than is ordinary; said once. */
        OVERDUE,
        /** Closed by its time-out; a late answer is still worth knowing. */
        LISTENING
    }

    private final int member;
    private final Kind kind;
    private final long number;
    private final long timeoutNanos;
    private final long plannedNanos;
    private long askedNanos;
    private long deadlineNanos;
    private long forgetNanos;
    private long doubtNanos;
    private Phase phase = Phase.OPEN;
    private boolean reasked;
    private @Nullable Check check;

    /** @param plannedNanos when it was due, not after {@code askedNanos} */
    Question(int member, Kind kind, long number, long plannedNanos, long askedNanos, long doubtAfter, Pace pace) {
        this.member = member;
        this.kind = kind;
        this.number = number;
        this.timeoutNanos = pace.timeout();
        this.plannedNanos = plannedNanos;
        this.askedNanos = askedNanos;
        this.doubtNanos = askedNanos + doubtAfter;
        this.deadlineNanos = askedNanos + pace.timeout();
        this.forgetNanos = askedNanos + pace.listenLate();
    }

    /** Place of whom it was put to; witnesses come after the last member. */
    int member() {
        return member;
    }

    Kind kind() {
        return kind;
    }

    long number() {
        return number;
    }

    long askedNanos() {
        return askedNanos;
    }

    /** What carries it out, or null when it never left or is over. */
    @Nullable
    Check check() {
        return check;
    }

    void check(@Nullable Check now) {
        check = now;
    }

    /** It is put in doubt, and not because its time had come. */
    void reask() {
        reasked = true;
    }

    boolean reasked() {
        return reasked;
    }

    /** How much later than planned it was asked. */
    long lagNanos() {
        return askedNanos - plannedNanos;
    }

    /** It really left only then, since others were asked first: all its times move along. */
    void leftAt(long nanos) {
        long shift = nanos - askedNanos;
        askedNanos += shift;
        doubtNanos += shift;
        deadlineNanos += shift;
        forgetNanos += shift;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    /** How long an answer is waited for while we are looking. */
    long timeoutNanos() {
        return timeoutNanos;
    }

    void phase(Phase now) {
        phase = now;
    }

    /** Waits that much longer for everything: for so long the silence was ours. */
    void delay(long nanos) {
        doubtNanos += nanos;
        deadlineNanos += nanos;
        forgetNanos += nanos;
    }

    /** When something has to be done about it next. */
    long dueNanos() {
        return switch (phase) {
            case OPEN -> doubtNanos - deadlineNanos < 0 ? doubtNanos : deadlineNanos;
            case OVERDUE -> deadlineNanos;
            case LISTENING -> forgetNanos;
        };
    }

    boolean open() {
        return phase != Phase.LISTENING;
    }
}
