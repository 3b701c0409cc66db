package io.echogate.probe;

import io.echogate.model.Outcome;
import io.echogate.probe.Course.Condition;

/**
 * The packets of one check over a path that loses some, with the kernels' retransmissions: SYN after 1 s and 3 s (RFC
 * 6298 §2, §5.7), data 200 ms after it was sent (Linux's least RTO), then doubling. The peer's kernel acknowledges the
 * request at once, as Linux does on a young connection (quick ack), and the answer acknowledges it, too.
 */
final class Exchange {
    private static final long MILLI = 1_000_000;

    /** One way of the path. */
    static final long WAY = MILLI / 4;

    /** From the request's arrival to the answer's leaving. */
    static final long SERVICE = MILLI / 5;

    /** The whole of an undisturbed check. */
    static final long WHOLE = 4 * WAY + SERVICE;

    static final long SLOW_NANOS = 1_100 * MILLI;
    static final long NEVER = Long.MAX_VALUE;

    private static final long[] SYN_AFTER = {0, 1_000 * MILLI, 3_000 * MILLI};
    private static final long[] DATA_AFTER = {0, 200 * MILLI, 600 * MILLI, 1_400 * MILLI, 3_000 * MILLI};

    /**
     * What became of a check.
     *
     * @param connected when the connection stood, or {@link #NEVER}
     * @param acknowledged when the request was known to have been acknowledged, or {@link #NEVER}
     * @param ended when the outcome was known, or {@link #NEVER}
     */
    record Fate(long connected, long acknowledged, long ended, Outcome outcome) {
        static final Fate NOTHING = new Fate(NEVER, NEVER, NEVER, Outcome.SILENT);
    }

    private final Losses losses;
    private final Course course;

    Exchange(Losses losses, Course course) {
        this.losses = losses;
        this.course = course;
    }

    Fate icmp(long asked) {
        boolean reached = !losses.lost(asked) && course.at(asked + WAY) != Condition.OFF;
        return reached && !losses.lost(asked + WAY)
                ? new Fate(NEVER, NEVER, asked + 2 * WAY, Outcome.ANSWERED)
                : Fate.NOTHING;
    }

    Fate http(long asked) {
        for (long after : SYN_AFTER) {
            long arrives = asked + after + WAY;
            if (losses.lost(arrives - WAY) || swallowed(arrives) || losses.lost(arrives)) {
                continue;
            }
            return course.at(arrives) == Condition.KILLED
                    ? new Fate(NEVER, NEVER, arrives + WAY, Outcome.REFUSED)
                    : request(arrives + WAY);
        }
        return Fate.NOTHING;
    }

    private boolean swallowed(long at) {
        Condition c = course.at(at);
        return c == Condition.OFF || c == Condition.BLACK_HOLED;
    }

    private Fate request(long connected) {
        long acknowledged = NEVER;
        long first = NEVER;
        for (long after : DATA_AFTER) {
            long arrives = connected + after + WAY;
            if (acknowledged != NEVER || losses.lost(arrives - WAY) || swallowed(arrives)) {
                continue;
            }
            if (course.at(arrives) == Condition.KILLED || course.at(arrives) == Condition.RESETTING) {
                if (!losses.lost(arrives)) {
                    return new Fate(connected, acknowledged, arrives + WAY, Outcome.RESET);
                }
                continue;
            }
            first = Math.min(first, arrives);
            acknowledged = losses.lost(arrives) ? NEVER : arrives + WAY;
        }
        return first == NEVER
                ? new Fate(connected, acknowledged, NEVER, Outcome.SILENT)
                : answer(connected, acknowledged, first);
    }

    private Fate answer(long connected, long acknowledged, long arrived) {
        long ready = ready(arrived);
        Outcome outcome = course.at(ready) == Condition.WRONG ? Outcome.WRONG : Outcome.ANSWERED;
        for (long after : DATA_AFTER) {
            long leaves = ready + after;
            if (course.at(leaves) == Condition.KILLED) {
                outcome = Outcome.RESET;
            }
            if (!swallowed(leaves) && !losses.lost(leaves)) {
                return new Fate(connected, Math.min(acknowledged, leaves + WAY), leaves + WAY, outcome);
            }
        }
        return new Fate(connected, acknowledged, NEVER, Outcome.SILENT);
    }

    /** When the process is done with a request; a frozen one goes on where it stood. */
    private long ready(long arrived) {
        Condition c = course.at(arrived);
        long begun = c == Condition.FROZEN ? course.wellAgain(arrived) : arrived;
        long ready = begun + (c == Condition.SLOW ? SLOW_NANOS : SERVICE);
        return course.at(ready) == Condition.FROZEN ? course.wellAgain(ready) + SERVICE : ready;
    }
}
