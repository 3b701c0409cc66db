package io.echogate.probe;

import io.echogate.clock.Clock;
import io.echogate.model.Command;
import io.echogate.net.Resolver;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names of targets, looked up again and again; the writer is told what they lead to. Confined to the probe loop. */
final class Names {
    private static final Logger log = LoggerFactory.getLogger(Names.class);

    private final Resolver resolver;
    private final EventLoop loop;
    private final Clock clock;
    private final Consumer<Command> writer;

    Names(Resolver resolver, EventLoop loop, Clock clock, Consumer<Command> writer) {
        this.resolver = resolver;
        this.loop = loop;
        this.clock = clock;
        this.writer = writer;
    }

    /** Begins to look the target's name up when what is known is too old; what waits for it goes on when that has ended. */
    void refresh(Target target, long nowNanos) {
        if (target.wantsLookUp(nowNanos)) {
            resolver.resolve(target.host(), answer -> loop.execute(() -> lookedUp(target, answer)));
        }
    }

    private void lookedUp(Target target, Resolver.Answer answer) {
        InetAddress before = target.address();
        InetAddress found = answer instanceof Resolver.Answer.Found f ? f.address() : null;
        List<Consumer<String>> waited = target.lookedUp(found, clock.nanos());
        if (found != null && !found.equals(before)) {
            log.info("member_resolved member={} address={}", target.name(), found.getHostAddress());
            tell(target);
        }
        String why = answer instanceof Resolver.Answer.Failed f ? f.why() : "";
        waited.forEach(question -> question.accept(why));
    }

    /** Tells where the target is, if that is known. */
    void tell(Target target) {
        InetSocketAddress address = target.socketAddress();
        if (address != null) {
            writer.accept(new Command.Resolved(target.name(), address));
        }
    }
}
