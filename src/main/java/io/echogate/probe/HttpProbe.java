package io.echogate.probe;

import io.echogate.clock.Clock;
import io.echogate.config.PingRules;
import io.echogate.net.Dialer;
import java.net.InetSocketAddress;

/** Asks services by {@code GET}. Confined to the probe loop. */
final class HttpProbe {
    private final PingAnswers answers;
    private final Clock clock;
    private final Check.Ear ear;
    private final Dialer dialer;
    private final Plays plays;

    HttpProbe(PingRules rules, Dialer dialer, Plays plays, Clock clock, Check.Ear ear) {
        this.plays = plays;
        this.answers = new PingAnswers(rules);
        this.clock = clock;
        this.ear = ear;
        this.dialer = dialer;
    }

    /** A question that still waits for its member's address. */
    HttpCheck begin(Question q, byte[] request) {
        return new HttpCheck(q, answers, request, clock, ear);
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
