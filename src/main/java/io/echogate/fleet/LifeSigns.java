package io.echogate.fleet;

import io.echogate.clock.Clock;
import io.echogate.model.Ask;
import io.echogate.model.Detail;
import io.echogate.model.Echo;
import io.echogate.model.Kind;
import io.echogate.model.Outcome;

/**
 * When one member was last known to be well, and when the first of what has failed since was asked: its failure began
 * between the two. Monotonic until somebody asks. Touched by the writer's thread only.
 */
final class LifeSigns {
    private static final long NEVER = Long.MIN_VALUE;

    /** By which a member is judged. */
    private final Kind kind;

    private long goodNanos = NEVER;
    private long badNanos = NEVER;

    LifeSigns(Ask ask) {
        this.kind = ask == Ask.ICMP ? Kind.ICMP : Kind.HTTP;
    }

    /** Takes an echo in. */
    void hear(Echo echo, long answeredNanos) {
        good(answeredNanos);
        if (echo.kind() == kind && echo.outcome() == Outcome.ANSWERED) {
            good(echo.heardNanos());
        }
        boolean counts = echo.kind() == kind || echo.kind() == Kind.TRAFFIC;
        boolean bad = counts && (echo.outcome().failed() || echo.outcome() == Outcome.OVERDUE);
        if (bad && goodNanos != NEVER && echo.askedNanos() - goodNanos >= 0) {
            bad(echo.askedNanos());
        }
    }

    private void good(long nanos) {
        if (nanos == NEVER || (goodNanos != NEVER && nanos - goodNanos <= 0)) {
            return;
        }
        goodNanos = nanos;
        if (badNanos != NEVER && badNanos - goodNanos < 0) {
            badNanos = NEVER;
        }
    }

    private void bad(long askedNanos) {
        if (badNanos == NEVER || askedNanos - badNanos < 0) {
            badNanos = askedNanos;
        }
    }

    /**
     * What to say of a member that is taken to be well no longer; {@link Detail#NONE} when it never was. What was asked
     * before the last proof and has failed all the same cannot have begun to fail before it.
     */
    Detail onset(Clock clock) {
        if (goodNanos == NEVER) {
            return Detail.NONE;
        }
        bad(badNanos == NEVER ? goodNanos : badNanos);
        return new Detail.Onset(clock.wallOf(goodNanos), clock.wallOf(badNanos));
    }
}
