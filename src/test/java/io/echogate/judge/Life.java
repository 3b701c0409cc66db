package io.echogate.judge;

import io.echogate.config.Config;
import io.echogate.config.MemberConfig;
import io.echogate.model.Cause;
import io.echogate.model.Echo;
import io.echogate.model.Kind;
import io.echogate.model.Outcome;
import io.echogate.model.State;
import io.echogate.model.Timing;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A member's life for tests: echoes in, verdict out. One step is 200 ms of a time that only moves here. */
final class Life {
    static final Rules RULES = Rules.of(Config.of(List.of(MemberConfig.of("S1", "127.0.0.1", 3000))));
    static final long STEP = TimeUnit.MILLISECONDS.toNanos(200);

    Dossier dossier = Dossier.unknown(0);
    long now;
    Isolation isolation = Isolation.NONE;
    boolean others = true;
    Rules rules = RULES;
    long answeredNanos = Long.MIN_VALUE;
    private long http;
    private long icmp;

    /**
     * Lives through a row of letters: P pass, R refused, S silent and unacknowledged, A silent and acknowledged, C SYN
     * unanswered, W wrong answer, B reset, T began and stalled, N name unresolved, U unsent, O overdue and acknowledged,
     * o overdue and unacknowledged, t overdue with an answer that has begun, + ICMP answer, - ICMP miss,
     * i ICMP overdue, n its name unresolved; blanks are for the eye.
     */
    Life live(String row) {
        row.chars().filter(c -> c != ' ').forEach(c -> hear((char) c));
        return this;
    }

    private void hear(char letter) {
        now += STEP;
        switch (letter) {
            case 'P' -> http(Outcome.ANSWERED, false);
            case 'R' -> http(Outcome.REFUSED, false);
            case 'S' -> http(Outcome.SILENT, false);
            case 'A' -> http(Outcome.SILENT, true);
            case 'C' -> http(Outcome.CONNECT_SILENT, false);
            case 'W' -> http(Outcome.WRONG, false);
            case 'B' -> http(Outcome.RESET, false);
            case 'T' -> http(Outcome.STALLED, false);
            case 'N' -> http(Outcome.UNRESOLVED, false);
            case 'U' -> http(Outcome.UNSENT, false);
            case 'O' -> http(Outcome.OVERDUE, true);
            case 'o' -> http(Outcome.OVERDUE, false);
            case 't' -> hear(overdueInMidAnswer());
            case '+' -> echo(Kind.ICMP, ++icmp, now - STEP / 2, Outcome.ANSWERED, false);
            case '-' -> echo(Kind.ICMP, ++icmp, now - STEP / 2, Outcome.SILENT, false);
            case 'i' -> echo(Kind.ICMP, icmp + 1, now - STEP / 2, Outcome.OVERDUE, false);
            case 'n' -> echo(Kind.ICMP, ++icmp, now - STEP / 2, Outcome.UNRESOLVED, false);
            default -> throw new IllegalArgumentException("no such letter: " + letter);
        }
    }

    private void http(Outcome outcome, boolean acknowledged) {
        echo(Kind.HTTP, outcome == Outcome.OVERDUE ? http + 1 : ++http, now - STEP / 2, outcome, acknowledged);
    }

    Life echo(Kind kind, long question, long asked, Outcome outcome, boolean acknowledged) {
        Timing timing = Timing.total(now - asked);
        return hear(new Echo(kind, "S1", question, asked, now, outcome, timing, 0, acknowledged, outcome.name()));
    }

    private Echo overdueInMidAnswer() {
        long asked = now - STEP / 2;
        Timing timing = new Timing(0, 1, 2, now - asked);
        return new Echo(Kind.HTTP, "S1", http + 1, asked, now, Outcome.OVERDUE, timing, 200, true, "begun");
    }

    private Life hear(Echo echo) {
        dossier = Judge.hear(dossier, echo, answeredNanos, rules);
        return conclude();
    }

    /** Draws the verdict anew. */
    Life conclude() {
        dossier = Judge.conclude(dossier, now, isolation, others, rules);
        return this;
    }

    State state() {
        return dossier.verdict().state();
    }

    Cause cause() {
        return dossier.verdict().cause();
    }

    @Override
    public String toString() {
        return state() + " " + cause();
    }
}
