package io.echogate.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens connections as Netty channels: on every host that Java runs on. */
final class ChannelDialer implements Dialer {
    private static final Logger log = LoggerFactory.getLogger(ChannelDialer.class);

    private final EventLoop loop;
    private final Bootstrap bootstrap;
    private final Set<ChannelLine> lines = new HashSet<>();

    ChannelDialer(EventLoop loop, EventLoops loops) {
        this.loop = loop;
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channel(loops.socketChannel())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
    }

    @Override
    public Line dial(InetSocketAddress to, byte[] question, Line.Ear ear) {
        ChannelLine line = new ChannelLine(to, question, ear);
        lines.add(line);
        line.begin(bootstrap.clone().handler(line).connect(to));
        return line;
    }

    @Override
    public void read() {
        // channels hand over what has come as soon as the loop sees it
    }

    @Override
    public void close() {
        Set.copyOf(lines).forEach(Line::abort);
    }

    private final class ChannelLine extends ChannelInboundHandlerAdapter implements Line {
        private final InetSocketAddress to;
        private final byte[] question;
        private final Ear ear;
        private @Nullable Channel channel;
        private boolean connected;
        private boolean sent;
        private boolean over;

        ChannelLine(InetSocketAddress to, byte[] question, Ear ear) {
            this.to = to;
            this.question = question;
            this.ear = ear;
        }

        private void begin(ChannelFuture connect) {
            channel = connect.channel();
            connect.addListener(f -> {
                if (loop.inEventLoop()) {
                    settled(connect);
                } else {
                    loop.execute(
                            () -> settled(connect)); // without a descriptor there is no channel and no loop of its own
                }
            });
        }

        private void settled(ChannelFuture connect) {
            if (over) {
                reset(connect.channel());
            } else if (connect.isSuccess()) {
                connected = true;
                ear.connected();
                if (!over) {
                    connect.channel()
                            .writeAndFlush(Unpooled.wrappedBuffer(question))
                            .addListener(f -> sent = f.isSuccess());
                }
            } else {
                connectFailed(connect.cause());
            }
        }

        /** Netty's native transports report "no way to that host" and "no network at all" as one. */
        private void connectFailed(@Nullable Throwable cause) {
            int errno = cause == null ? 0 : Errno.of(cause);
            if (errno == Errno.EHOSTUNREACH) {
                int route = Route.errno(to.getAddress());
                errno = route == 0 ? errno : route;
            }
            fail(errno, errno == 0 ? String.valueOf(cause) : Errno.words(errno));
        }

        private void fail(int errno, String words) {
            abort();
            ear.failed(errno, words);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf in = (ByteBuf) message;
            try {
                if (!over) {
                    ear.heard(in);
                }
            } finally {
                in.release();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (!over && connected) {
                ear.ended();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            int errno = Errno.of(cause);
            if (errno == 0) {
                log.warn("probe_connection_failed", cause);
            }
            if (!over) {
                fail(errno, errno == 0 ? String.valueOf(cause) : Errno.words(errno));
            }
        }

        @Override
        public boolean acknowledged() {
            return sent && !over && channel != null && TcpInfo.acknowledged(channel);
        }

        @Override
        public void hangUp() {
            leave();
            if (channel != null) {
                ChannelFuture _ = channel.close();
            }
        }

        @Override
        public void abort() {
            leave();
            if (channel != null) {
                reset(channel);
            }
        }

        private void leave() {
            over = true;
            lines.remove(this);
        }

        private static void reset(Channel channel) {
            if (channel.isOpen()) {
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
                ChannelFuture _ = channel.close();
            }
        }
    }
}
