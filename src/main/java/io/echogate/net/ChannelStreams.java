package io.echogate.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Streams that are Netty channels: on every host that Java runs on. */
final class ChannelStreams implements Streams {
    private static final int KIB = 1024;
    private static final WriteBufferWaterMark WATER_MARK =
            new WriteBufferWaterMark(Stream.LOW_WATER, Stream.HIGH_WATER);

    private final EventLoop loop;
    private final EventLoops loops;
    private final Bootstrap internet;
    private final Bootstrap unix;

    ChannelStreams(EventLoop loop, EventLoops loops) {
        this.loop = loop;
        this.loops = loops;
        this.internet = to(loops.socketChannel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true);
        this.unix = to(loops.domainSocketChannel());
    }

    /** A failed write closes no channel: the peer may have answered before it closed, and that is still to be read. */
    private Bootstrap to(Class<? extends Channel> kind) {
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

    @Override
    public void close() {
        // channels are the loop's, which closes them
    }

    @Override
    public boolean shares() {
        return false;
    }

    @Override
    public Stream connect(SocketAddress to, Stream.Caller ear) {
        ChannelStream stream = new ChannelStream(ear);
        Bootstrap kind = to instanceof InetSocketAddress ? internet : unix;
        kind.clone().handler(stream).connect(to).addListener((ChannelFuture f) -> {
            if (loop.inEventLoop()) {
                connected(f, stream, ear);
            } else {
                loop.execute(() -> connected(f, stream, ear)); // no channel could be made at all
            }
        });
        return stream;
    }

    private static void connected(ChannelFuture done, ChannelStream stream, Stream.Caller ear) {
        if (done.isSuccess()) {
            stream.connected(ear);
        } else {
            stream.failed(ear, errno(done.cause()));
        }
    }

    private static int errno(@Nullable Throwable cause) {
        int errno = cause == null ? 0 : Errno.of(cause);
        return errno == 0 && cause instanceof ChannelException ? Errno.EMFILE : errno;
    }

    @Override
    public Listener listen(InetSocketAddress at, int limit, Door door) throws IOException {
        ChannelListener listener = new ChannelListener(limit, door);
        // One at a time: a batch would be accepted whole although its first client reached the limit.
        ServerBootstrap b = new ServerBootstrap()
                .group(loop, loops.group())
                .channel(loops.serverChannel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new ServerChannelRecvByteBufAllocator())
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_CLOSE, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(KIB, 4 * KIB, 256 * KIB))
                .handler(listener)
                .childHandler(listener.welcome());
        ChannelFuture bound = b.bind(at).awaitUninterruptibly();
        if (bound.cause() != null) {
            throw new IOException(bound.cause().getMessage(), bound.cause());
        }
        listener.listening(bound.channel());
        return listener;
    }
}
