package io.echogate.relay;

import io.echogate.exchange.Actions;
import io.echogate.net.EventLoops;
import io.echogate.net.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How the relay's sockets are made and set. Immutable; used at start and by every loop. */
final class Sockets {
    private static final int KIB = 1024;
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * KIB, 512 * KIB);

    private final EventLoops loops;
    private final @Nullable SocketAddress page;

    Sockets(EventLoops loops, @Nullable Path pageSocket) {
        this.loops = loops;
        this.page = pageSocket == null ? null : domainAddress(loops, pageSocket);
    }

    private static SocketAddress domainAddress(EventLoops loops, Path path) {
        return switch (loops.transport()) {
            case EPOLL -> new DomainSocketAddress(path.toFile());
            case NIO -> UnixDomainSocketAddress.of(path);
        };
    }

    @Nullable
    SocketAddress page() {
        return page;
    }

    Bootstrap toMembers(EventLoop loop) {
        return upstream(loop, loops.socketChannel()).option(ChannelOption.TCP_NODELAY, true);
    }

    @Nullable
    Bootstrap toPage(EventLoop loop) {
        return page == null ? null : upstream(loop, loops.domainSocketChannel());
    }

    /**
     * The connect time-out is the exchange's. A failed write does not close the channel: the member may have answered
     * before it closed, and that answer is still to be read.
     */
    private static Bootstrap upstream(EventLoop loop, Class<? extends Channel> kind) {
        return new Bootstrap()
                .group(loop)
                .channel(kind)
                .disableResolver()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .option(ChannelOption.AUTO_CLOSE, false)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(2 * KIB, 16 * KIB, 256 * KIB));
    }

    /** Listens with the given loops; returns the bound channel. */
    Channel listen(
            InetSocketAddress address,
            EventLoopGroup accepting,
            EventLoopGroup carrying,
            boolean share,
            ChannelHandler onAccept,
            ChannelHandler onClient)
            throws ListenException {
        ServerBootstrap b = new ServerBootstrap()
                .group(accepting, carrying)
                .channel(loops.serverChannel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(KIB, 4 * KIB, 256 * KIB))
                .handler(onAccept)
                .childHandler(onClient);
        if (share) {
            b.option(UnixChannelOption.SO_REUSEPORT, true);
        } else {
            // One at a time: a batch would be accepted whole although its first client reached the limit.
            b.option(ChannelOption.RECVBUF_ALLOCATOR, new ServerChannelRecvByteBufAllocator());
        }
        var bound = b.bind(address).awaitUninterruptibly();
        Throwable cause = bound.cause();
        if (cause != null) {
            throw new ListenException(address, cause);
        }
        return bound.channel();
    }

    /** True when every loop can have a listener of its own on the same port. */
    boolean shares() {
        return loops.transport() == Transport.EPOLL;
    }

    /** Fails when somebody else has the port: SO_REUSEPORT would let us share it without a word. */
    static void tryAlone(InetSocketAddress address) throws ListenException {
        if (address.getPort() == 0) {
            return;
        }
        try (ServerSocket trial = new ServerSocket()) {
            trial.setReuseAddress(true);
            trial.bind(address);
        } catch (IOException e) {
            throw new ListenException(address, e);
        }
    }

    static InetSocketAddress addressOf(Channel listener) {
        return (InetSocketAddress) listener.localAddress();
    }

    /** The address for a forwarding field, without port and zone. */
    static String text(@Nullable InetSocketAddress a) {
        if (a == null || a.getAddress() == null) {
            return "unknown";
        }
        String host = a.getAddress().getHostAddress();
        int zone = host.indexOf('%');
        return zone < 0 ? host : host.substring(0, zone);
    }

    static SocketChannel client(Channel channel) {
        return (SocketChannel) channel;
    }

    /** Ends a client's connection. */
    @SuppressWarnings("FutureReturnValueIgnored") // what becomes of a channel comes as an event
    static void end(SocketChannel channel, Actions.Ending how) {
        switch (how) {
            case CLOSE -> channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            case HALF -> channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> channel.shutdownOutput());
            case RESET -> {
                channel.flush();
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
                channel.close();
            }
        }
    }
}
