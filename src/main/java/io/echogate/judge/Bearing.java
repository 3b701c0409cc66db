package io.echogate.judge;

import io.echogate.model.State;

/** Pure: what a member's conduct makes of the state that it would have by its own word. */
final class Bearing {
    private Bearing() {}

    static State state(State asked, Conduct conduct, boolean others) {
        return switch (conduct.stage()) {
            case TRUSTED -> asked;
            case OUT -> answers(asked) ? out(conduct, others) : asked;
            case TRIAL -> asked == State.UP ? State.RECOVERING : asked;
        };
    }

    private static boolean answers(State asked) {
        return asked == State.UP || asked == State.RECOVERING || asked == State.SUSPECT;
    }

    /** Errors are answers: they make others preferred. Broken answers take it out unless nobody else is there. */
    private static State out(Conduct conduct, boolean others) {
        return others && !conduct.onlyErrors() ? State.DOWN : State.SUSPECT;
    }
}
