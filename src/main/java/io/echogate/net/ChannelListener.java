package io.echogate.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A listening socket of {@link ChannelStreams}. Counts on the listener's loop, forgets on the stream's. */
@Sharable
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of a channel comes as an event
final class ChannelListener extends ChannelInboundHandlerAdapter implements Streams.Listener {
    private final int limit;
    private final Streams.Door door;
    private final AtomicInteger open = new AtomicInteger();
    private final ChannelFutureListener onClose = closed -> closed();
    private volatile @Nullable Channel listener;

    ChannelListener(int limit, Streams.Door door) {
        this.limit = limit;
        this.door = door;
    }

    /** Bound: the socket that is paused at the limit and closed in the end. */
    void listening(Channel on) {
        listener = on;
        if (open.get() >= limit) {
            accepting(false);
        }
    }

    /** Gives every accepted connection its one handler. */
    ChannelHandler welcome() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new ChannelStream(door));
            }
        };
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (open.incrementAndGet() >= limit) {
            accepting(false);
        }
        ((Channel) msg).closeFuture().addListener(onClose);
        ctx.fireChannelRead(msg);
    }

    /** Netty accepts nobody for a second then. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        door.crowded(ctx.channel().eventLoop(), Errno.of(cause));
        ctx.fireExceptionCaught(cause);
    }

    private void closed() {
        if (open.decrementAndGet() == limit - 1) {
            accepting(true);
        }
    }

    private void accepting(boolean on) {
        Channel l = listener;
        if (l != null && l.isOpen()) {
            l.config().setAutoRead(on);
        }
    }

    @Override
    public InetSocketAddress address() {
        Channel l = listener;
        if (l == null) {
            throw new IllegalStateException("not listening");
        }
        return (InetSocketAddress) l.localAddress();
    }

    @Override
    public void close() {
        Channel l = listener;
        if (l != null) {
            l.close();
        }
    }
}
