package io.echogate.probe;

import io.echogate.clock.Clock;
import io.echogate.config.PingRules;
import io.echogate.net.EventLoops;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;

/** Asks services by {@code GET}. Confined to the probe loop. */
final class HttpProbe {
    private final PingRules rules;
    private final Clock clock;
    private final Check.Ear ear;
    private final EventLoop loop;
    private final Bootstrap bootstrap;

    HttpProbe(PingRules rules, EventLoops loops, EventLoop loop, Clock clock, Check.Ear ear) {
        this.rules = rules;
        this.clock = clock;
        this.ear = ear;
        this.loop = loop;
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channel(loops.socketChannel())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
    }

    /** A question that still waits for its member's address. */
    HttpCheck begin(Question q, byte[] request) {
        return new HttpCheck(q, new PingAnswer(rules), request, clock, ear);
    }

    /** Goes on with it now that the address is known. */
    void connect(HttpCheck check, InetSocketAddress to, boolean looked) {
        long after = looked ? clock.nanos() - check.question().askedNanos() : 0;
        check.connecting(to.getAddress(), bootstrap.clone().handler(check).connect(to), after, loop);
    }
}
