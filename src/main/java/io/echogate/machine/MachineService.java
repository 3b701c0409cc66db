package io.echogate.machine;

import io.echogate.clock.Clock;
import io.echogate.net.EventLoops;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reference machine service, running: {@code /ping} answers {@code pong}, {@code /} adds two numbers. All of its
 * connections run on one event loop, which also owns its chance; {@link #close()} may be called from any other thread.
 */
public final class MachineService implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MachineService.class);
    private static final int MAX_CONNECTIONS = 10_000;
    private static final int BACKLOG = 1024;
    private static final long CLOSE_SECONDS = 2;

    private final Channel listener;
    private final ChannelGroup connections;

    private MachineService(Channel listener, ChannelGroup connections) {
        this.listener = listener;
        this.connections = connections;
    }

    /**
     * Listens and answers.
     *
     * @param listen port 0 lets the kernel choose
     * @param name what it calls itself in its answers
     * @param chance used on the service's event loop only
     * @throws IOException naming the address, when it cannot be listened on
     */
    public static MachineService start(EventLoops loops, InetSocketAddress listen, String name, RandomGenerator chance)
            throws IOException {
        return start(loops, listen, new Machine(name, chance), Patience.DEFAULT, Clock.system());
    }

    static MachineService start(
            EventLoops loops, InetSocketAddress listen, Machine machine, Patience patience, Clock clock)
            throws IOException {
        EventLoop loop = loops.group().next();
        ChannelGroup connections = new DefaultChannelGroup("machine", loop, true);
        HttpDate date = new HttpDate(clock);
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(loops.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(connecting(connections, () -> new MachineConnection(machine, patience, date)))
                .bind(listen)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw cannotListen(listen, bound.cause());
        }
        MachineService service = new MachineService(bound.channel(), connections);
        log.info("machine_listening address={}", service.address());
        return service;
    }

    private static ChannelInitializer<Channel> connecting(
            ChannelGroup connections, Supplier<MachineConnection> connection) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                if (connections.size() >= MAX_CONNECTIONS) {
                    log.warn("machine_connection_refused connections={}", connections.size());
                    var _ = channel.close();
                    return;
                }
                connections.add(channel);
                channel.pipeline().addLast(connection.get());
            }
        };
    }

    private static IOException cannotListen(InetSocketAddress listen, Throwable cause) {
        String host = listen.getHostString();
        String address = (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + listen.getPort();
        String words = String.valueOf(cause.getMessage());
        String why;
        if (listen.isUnresolved()) {
            why = "the name does not resolve";
        } else if (words.contains("in use")) {
            why = "the address is taken by another program";
        } else if (words.contains("annot assign")) {
            why = "it is not an address of this machine";
        } else {
            why = words;
        }
        return new IOException("cannot listen on " + address + ": " + why, cause);
    }

    /** Where it listens, with the port that the kernel chose. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Stops listening and closes every connection; waits for that at most two seconds. */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        connections.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
