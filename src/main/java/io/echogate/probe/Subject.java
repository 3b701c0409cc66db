package io.echogate.probe;

import io.echogate.model.Kind;
import io.echogate.model.Outcome;
import io.echogate.model.State;
import org.jspecify.annotations.Nullable;

/**
 * One member as the pacing sees it: what the fleet last said of it, what its own questions have shown since, and so how
 * urgently it is asked. Confined to the probe loop. The fleet's word may be a moment old; our own doubt and hope bridge
 * that moment and give way to the fleet's verdict.
 */
final class Subject {
    private final @Nullable Cadence http;
    private final @Nullable Cadence icmp;
    private State state = State.UNKNOWN;
    private State host = State.UNKNOWN;
    private boolean doubt;
    private boolean hope;
    private boolean lateSeen;
    private boolean hostDoubt;
    private boolean hostMissed;

    /** A witness, and who is watched by ICMP alone, has no {@code http}; without an ICMP socket nobody has {@code icmp}. */
    Subject(@Nullable Cadence http, @Nullable Cadence icmp) {
        this.http = http;
        this.icmp = icmp;
    }

    @Nullable
    Cadence cadence(Kind kind) {
        return switch (kind) {
            case HTTP -> http;
            case ICMP -> icmp;
            case TRAFFIC -> null;
        };
    }

    /** The one by which it is judged: the service's, or the machine's where that alone is asked. */
    @Nullable
    Cadence first() {
        return http == null ? icmp : http;
    }

    /** Takes in what the fleet says now; true when it is news. */
    boolean learn(State newState, State newHost) {
        if (newState == state && newHost == host) {
            return false;
        }
        if (newState == State.DOWN && state != State.DOWN) {
            doubt = false;
            lateSeen = false;
        }
        if (newState != State.DOWN) {
            hope = false;
        }
        if (newHost == State.DOWN) {
            hostDoubt = false;
        }
        state = newState;
        host = newHost;
        return true;
    }

    /** The usual answer of somebody who is in no doubt: taking it in would change nothing. */
    boolean expects(Kind kind, Outcome outcome) {
        return outcome == Outcome.ANSWERED
                && (kind == Kind.HTTP ? !doubt && hope == (state == State.DOWN) : !hostDoubt && !hostMissed);
    }

    /** Takes in how one of our own questions ended, or that it is overdue. */
    void heard(Kind kind, Outcome outcome, long now) {
        boolean bad = outcome.failed() || outcome == Outcome.OVERDUE;
        if (kind == Kind.HTTP) {
            heardService(outcome, bad, now);
        } else {
            heardHost(outcome, bad, now);
        }
    }

    private void heardService(Outcome outcome, boolean bad, long now) {
        if (bad) {
            doubt = state != State.DOWN;
            hope = false;
        } else if (outcome == Outcome.ANSWERED) {
            doubt = false;
            hope = state == State.DOWN;
        } else if (outcome == Outcome.LATE && state == State.DOWN) {
            askService(now, !lateSeen);
            lateSeen = true;
        }
    }

    private void heardHost(Outcome outcome, boolean bad, long now) {
        if (bad) {
            if (host == State.UP && !hostDoubt) {
                hostDoubt = true;
                askService(now, state != State.DOWN);
            }
            hostMissed |= outcome != Outcome.OVERDUE;
        } else if (outcome == Outcome.ANSWERED) {
            hostDoubt = false;
            askService(now, hostMissed && state == State.DOWN);
            hostMissed = false;
        }
    }

    /** Asks the service at once, whatever its pace; a member that is down is asked at its own. */
    void press(long now) {
        askService(now, state != State.DOWN);
    }

    private void askService(long now, boolean really) {
        if (really && http != null) {
            http.soon(now);
        }
    }

    /** How urgently the service is asked. */
    Mood serviceMood() {
        return switch (state) {
            case DOWN -> hope ? Mood.DOUBT : Mood.DOWN;
            case SUSPECT, RECOVERING -> Mood.DOUBT;
            case UP, UNKNOWN -> doubt ? Mood.DOUBT : Mood.QUIET;
        };
    }

    /** How urgently the machine is asked: also when the service is in doubt, since its answer names the cause. */
    Mood hostMood() {
        boolean service = serviceMood() == Mood.DOUBT && state != State.RECOVERING && !hope;
        return switch (host) {
            case SUSPECT, RECOVERING -> Mood.DOUBT;
            case UP -> service || hostDoubt ? Mood.DOUBT : Mood.QUIET;
            case DOWN, UNKNOWN -> service ? Mood.DOUBT : Mood.QUIET;
        };
    }
}
