package io.echogate.probe;

import io.echogate.clock.Clock;
import io.echogate.net.Dialer;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** Asks services by {@code GET}, or by connecting to them. Confined to the probe loop. */
final class HttpProbe {
    private final Map<Expected, PingAnswers> answers = new HashMap<>();
    private final Clock clock;
    private final Check.Ear ear;
    private final Dialer dialer;
    private final Plays plays;

    HttpProbe(Dialer dialer, Plays plays, Clock clock, Check.Ear ear) {
        this.plays = plays;
        this.clock = clock;
        this.ear = ear;
        this.dialer = dialer;
    }

    /** Readers of such answers, for all who must give them. */
    PingAnswers answers(Expected expected) {
        return answers.computeIfAbsent(expected, PingAnswers::new);
    }

    /** A question that still waits for its member's address. */
    HttpCheck begin(Question q, Target target) {
        return new HttpCheck(q, target.answers(), target.request(), clock, ear);
    }

    /** Goes on with it now that the address is known. */
    void connect(HttpCheck check, InetSocketAddress to, boolean looked) {
        check.connect(
                plays.or(dialer, check.question()),
                to,
                looked ? clock.nanos() - check.question().askedNanos() : 0);
    }

    /** Takes in the answers that have come. */
    void read() {
        dialer.read();
    }

    /** Ends all connections. */
    void end() {
        dialer.close();
    }
}
