package io.echogate.relay;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One listening socket and the number of clients that came in by it; stops accepting at its limit. Counts on the
 * listener's loop, forgets on the client's: with one listener per loop that is always the same one.
 */
@Sharable
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of a channel comes as an event
final class Acceptor extends ChannelInboundHandlerAdapter {
    private final int limit;
    private final AtomicInteger open = new AtomicInteger();
    private final ChannelFutureListener onClose = closed -> closed();
    private volatile @Nullable Channel listener;

    Acceptor(int limit) {
        this.limit = limit;
    }

    /** Bound: the socket that is paused at the limit and closed in the end. */
    void listening(Channel on) {
        listener = on;
        if (open.get() >= limit) {
            accepting(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (open.incrementAndGet() >= limit) {
            accepting(false);
        }
        ((Channel) msg).closeFuture().addListener(onClose);
        ctx.fireChannelRead(msg);
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

    void close() {
        Channel l = listener;
        if (l != null) {
            l.close();
        }
    }
}
