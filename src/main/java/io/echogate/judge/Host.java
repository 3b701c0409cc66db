package io.echogate.judge;

import io.echogate.model.Echo;
import io.echogate.model.Outcome;
import io.echogate.model.State;

/**
 * The machine under a member, as ICMP shows it. Immutable.
 *
 * @param state UNKNOWN until the first answer or until it counts as silent
 * @param sinceNanos when {@code state} was reached
 * @param answers it has answered before: only then does its silence corroborate anything
 * @param quiet the newest question is overdue or missed
 * @param tape closed questions
 * @param alone there is no service to ask: the machine is the member
 */
record Host(State state, long sinceNanos, boolean answers, boolean quiet, Tape tape, boolean alone) {
    static final Host UNASKED = new Host(State.UNKNOWN, 0, false, false, Tape.EMPTY, false);
    static final Host ALONE = new Host(State.UNKNOWN, 0, false, false, Tape.EMPTY, true);

    Host hear(Echo echo, Rules rules) {
        return switch (echo.outcome()) {
            case UNSENT, LATE -> this;
            case OVERDUE -> new Host(state, sinceNanos, answers, true, tape, alone);
            default -> close(echo, rules);
        };
    }

    private Host close(Echo echo, Rules rules) {
        boolean missed = echo.outcome() != Outcome.ANSWERED;
        Clue clue = missed ? Clue.SILENCE : Clue.NOTHING;
        Tape.Mark mark = new Tape.Mark(echo.question(), echo.askedNanos(), missed, !missed, Tape.NEVER, clue);
        Tape next = tape.with(mark, rules);
        State now = state(next, rules);
        boolean newest = next.marks().getLast().question() == echo.question();
        return new Host(
                now,
                now == state ? sinceNanos : echo.heardNanos(),
                answers || !missed,
                newest ? missed : quiet,
                next,
                alone);
    }

    private State state(Tape next, Rules rules) {
        int misses = next.failures().size();
        if (misses >= rules.hostFall()) {
            return State.DOWN;
        }
        return switch (state) {
            case UNKNOWN -> misses > 0 ? State.UNKNOWN : State.UP;
            case UP, SUSPECT -> misses > 0 ? State.SUSPECT : State.UP;
            case DOWN, RECOVERING ->
                misses > 0 ? State.DOWN : next.passes() >= rules.hostRise() ? State.UP : State.RECOVERING;
        };
    }

    boolean silent() {
        return state == State.DOWN;
    }

    /** Silent although it normally answers: a second fact beside a silent service, where there is one. */
    boolean corroboratesSilence() {
        return silent() && answers && !alone;
    }
}
