package io.echogate.probe;

import io.echogate.clock.Clock;
import io.echogate.model.Command;
import io.echogate.model.LookUp;
import io.echogate.net.Resolver;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names of targets, looked up again and again; the writer is told what they lead to. Confined to the probe loop. */
final class Names {
    private static final Logger log = LoggerFactory.getLogger(Names.class);

    private final Resolver resolver;
    private final EventLoop loop;
    private final Clock clock;
    private final Consumer<Command> writer;
    private final Map<String, LookUp> newest = new ConcurrentHashMap<>();

    Names(Resolver resolver, EventLoop loop, Clock clock, Consumer<Command> writer) {
        this.resolver = resolver;
        this.loop = loop;
        this.clock = clock;
        this.writer = writer;
    }

    /** Begins to look the target's name up when what is known is too old; what waits for it goes on when that has ended. */
    void refresh(Target target, long nowNanos) {
        if (target.wantsLookUp(nowNanos)) {
            long began = clock.nanos();
            resolver.resolve(target.host(), answer -> loop.execute(() -> lookedUp(target, answer, began)));
        }
    }

    private void lookedUp(Target target, Resolver.Answer answer, long began) {
        InetAddress before = target.address();
        InetAddress found = answer instanceof Resolver.Answer.Found f ? f.address() : null;
        long now = clock.nanos();
        List<Consumer<String>> waited = target.lookedUp(found, now);
        if (found != null && !found.equals(before)) {
            log.info("member_resolved member={} address={}", target.name(), found.getHostAddress());
            tell(target);
        }
        String why = answer instanceof Resolver.Answer.Failed f ? f.why() : "";
        newest.put(target.name(), new LookUp(now - began, now, why));
        waited.forEach(question -> question.accept(why));
    }

    /** The newest look-up of that target's name, or null: an address is none. Any thread. */
    @Nullable
    LookUp newest(String target) {
        return newest.get(target);
    }

    /** Tells where the target is, if that is known. */
    void tell(Target target) {
        InetSocketAddress address = target.socketAddress();
        if (address != null) {
            writer.accept(new Command.Resolved(target.name(), address));
        }
    }
}
