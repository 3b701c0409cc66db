package io.echogate.judge;

import io.echogate.model.Cause;
import io.echogate.model.Echo;
import io.echogate.model.Timing;

/** What one failed or overdue question points at, before other facts are heard. */
enum Clue {
    NOTHING,
    /** No sign of life: no SYN-ACK, no acknowledgement, or no route. The host decides what that means. */
    SILENCE,
    /** Silence with the kernel's own word that it has no route: rather us than the member. */
    NO_ROUTE,
    FROZEN,
    REFUSED,
    BROKEN,
    WRONG,
    SLOW,
    UNRESOLVED;

    static Clue of(Echo echo) {
        return switch (echo.outcome()) {
            case ANSWERED, UNSENT -> NOTHING;
            case LATE, STALLED -> SLOW;
            case SILENT -> echo.acknowledged() ? FROZEN : SILENCE;
            case OVERDUE -> begun(echo) ? SLOW : echo.acknowledged() ? FROZEN : SILENCE;
            case CONNECT_SILENT, UNREACHABLE -> SILENCE;
            case NO_ROUTE -> NO_ROUTE;
            case REFUSED -> REFUSED;
            case RESET -> BROKEN;
            case WRONG -> WRONG;
            case UNRESOLVED -> UNRESOLVED;
        };
    }

    private static boolean begun(Echo echo) {
        return echo.timing().firstByte() != Timing.UNREACHED;
    }

    /** The cause that this clue names by itself. */
    Cause cause() {
        return switch (this) {
            case NOTHING -> Cause.NONE;
            case SILENCE, NO_ROUTE -> Cause.HOST_SILENT;
            case FROZEN -> Cause.FROZEN;
            case REFUSED -> Cause.PORT_CLOSED;
            case BROKEN -> Cause.BROKEN;
            case WRONG -> Cause.WRONG_ANSWER;
            case SLOW -> Cause.SLOW;
            case UNRESOLVED -> Cause.UNRESOLVED;
        };
    }

    /** No sign of life in it. */
    boolean silence() {
        return this == SILENCE || this == NO_ROUTE;
    }

    /** The echo shows that the peer's machine is there, whatever it says. */
    static boolean life(Echo echo) {
        return switch (echo.outcome()) {
            case ANSWERED, LATE, REFUSED, RESET, WRONG, STALLED -> true;
            case SILENT, OVERDUE -> echo.acknowledged() || begun(echo);
            case CONNECT_SILENT, UNREACHABLE, NO_ROUTE, UNRESOLVED, UNSENT -> false;
        };
    }
}
