package io.echogate.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One channel of {@link ChannelStreams}, and its only handler. */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of a channel comes as an event
final class ChannelStream extends ChannelInboundHandlerAdapter implements Stream {
    private static final Logger log = LoggerFactory.getLogger(ChannelStream.class);

    private final Streams.@Nullable Door door;
    private @Nullable Ear ear;
    private @Nullable Channel channel;
    private boolean connected;
    private boolean inputEnded;
    private boolean reset;
    private boolean over;

    /** One that is being connected. */
    ChannelStream(Caller ear) {
        this.door = null;
        this.ear = ear;
    }

    /** One that was accepted: its ear is fetched at the door. */
    ChannelStream(Streams.Door door) {
        this.door = door;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channel = ctx.channel();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (door != null) {
            connected = true;
            InetSocketAddress from = (InetSocketAddress) ctx.channel().remoteAddress();
            int port = from == null ? 0 : from.getPort(); // one that is gone again has no address any more
            ear = door.opened(ctx.channel().eventLoop(), this, Peers.text(from), port);
        }
    }

    void connected(Caller caller) {
        if (over) {
            close();
        } else {
            connected = true;
            caller.connected();
        }
    }

    void failed(Caller caller, int errno) {
        boolean wanted = !over;
        close();
        if (wanted) {
            caller.failed(errno);
        }
    }

    private Ear ear() {
        Ear e = ear;
        if (e == null) {
            throw new IllegalStateException("nobody listens yet");
        }
        return e;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf in = (ByteBuf) msg;
        try {
            if (!over) {
                ear().bytes(in);
            }
        } finally {
            in.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!over) {
            ear().readComplete();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent && !inputEnded && !over) {
            inputEnded = true;
            ctx.channel().config().setAutoRead(false);
            if (reset) {
                close();
            } else {
                ear().ended();
            }
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (!over) {
            ear().writable(ctx.channel().isWritable());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            log.error("stream_failed", cause);
            close();
        } else if (!over && connected) {
            reset = !String.valueOf(cause.getMessage()).contains("Broken pipe");
            ear().broken(reset ? Errno.of(cause) : Errno.EPIPE);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        over = true;
        if (connected) {
            ear().closed();
        }
    }

    @Override
    public boolean move(Stream to, long bytes) {
        return false;
    }

    @Override
    public void nudge() {
        if (channel instanceof NioSocketChannel c && c.isActive()) {
            c.config().setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), 1);
            c.config().setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), 1);
            c.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        }
    }

    @Override
    public void reading(boolean on) {
        if (channel != null
                && channel.isActive()
                && !inputEnded
                && channel.config().isAutoRead() != on) {
            channel.config().setAutoRead(on);
        }
    }

    @Override
    public void write(ByteBuf bytes) {
        if (channel == null || over) {
            bytes.release();
        } else {
            channel.write(bytes, channel.voidPromise());
        }
    }

    @Override
    public void flush() {
        if (channel != null) {
            channel.flush();
        }
    }

    @Override
    public void expectMore() {} // the kernel acknowledges as it likes

    @Override
    public void expectNothing() {}

    @Override
    public void endOutput() {
        if (channel instanceof DuplexChannel c) {
            c.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> c.shutdownOutput());
        }
    }

    @Override
    public void end() {
        if (channel != null) {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void close() {
        over = true;
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void reset() {
        if (channel != null && !over) {
            channel.flush();
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            close();
        }
    }

    @Override
    public boolean open() {
        return !over && (channel == null || channel.isOpen());
    }
}
