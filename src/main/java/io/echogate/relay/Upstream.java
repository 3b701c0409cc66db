package io.echogate.relay;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a member or to the page: with a client while it carries a request, in its pool when idle. Confined
 * to one event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of a channel comes as an event
final class Upstream extends ChannelInboundHandlerAdapter implements ChannelFutureListener, Wheel.Owner {
    private static final Logger log = LoggerFactory.getLogger(Upstream.class);

    private final Lane lane;
    private final @Nullable Pool pool;
    private final Bootstrap bootstrap;
    private final SocketAddress address;
    private final Wheel.Alarm alarm = new Wheel.Alarm(this);
    private @Nullable Client client;
    private @Nullable Channel channel;
    private boolean connected;
    private boolean resting;
    private boolean reset;
    private long idleSince;

    Upstream(Lane lane, @Nullable Pool pool, Bootstrap bootstrap, SocketAddress address, Client client) {
        this.lane = lane;
        this.pool = pool;
        this.bootstrap = bootstrap;
        this.address = address;
        take(client);
    }

    private void take(Client c) {
        client = c;
        if (pool != null) {
            pool.inFlight(1);
        }
    }

    private void leave() {
        if (client != null && pool != null) {
            pool.inFlight(-1);
        }
        client = null;
    }

    /** Begins to connect; the client hears of it, perhaps at once. */
    void start() {
        bootstrap.clone().handler(this).connect(address).addListener(this);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channel = ctx.channel();
    }

    @Override
    public void operationComplete(ChannelFuture future) {
        if (!lane.loop().inEventLoop()) {
            lane.loop().execute(() -> operationComplete(future)); // no channel could be made at all
            return;
        }
        Client c = client;
        if (c == null) {
            future.channel().close();
        } else if (future.isSuccess()) {
            connected = true;
            c.uplinks().connected(this);
        } else {
            leave();
            c.uplinks().failed(this, ConnectFailure.of(future.cause()));
        }
    }

    /** Leaves the pool for a client. */
    void lend(Client to) {
        take(to);
        lane.wheel().forget(alarm);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf in = (ByteBuf) msg;
        Client c = client;
        if (pool != null) {
            pool.received(in.readableBytes());
        }
        try {
            if (c == null) {
                close();
            } else {
                c.uplinks().received(this, in);
                settleIfLeft(c);
            }
        } finally {
            in.release();
        }
    }

    /** A client that has what it wanted will not hear of the end of this read. */
    private void settleIfLeft(Client c) {
        if (client != c) {
            c.settle();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (resting) {
            resting = false;
            rest();
        }
        Client c = client;
        if (c != null) {
            c.settle();
        }
    }

    /** Its request is answered; idle from the end of this read on, unless the member has sent more than it should. */
    void release() {
        leave();
        resting = true;
        flush();
        reading(true);
    }

    private void rest() {
        Channel ch = channel;
        if (pool == null || ch == null || !ch.isActive() || client != null || lane.closing() || !pool.put(this)) {
            close();
            return;
        }
        idleSince = lane.now();
        lane.wheel().watch(alarm);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        Client c = client;
        if (c != null) {
            c.uplinks().writable(this, ctx.channel().isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        lane.wheel().forget(alarm);
        resting = false;
        if (pool != null) {
            pool.remove(this);
        }
        Client c = client;
        if (c != null && connected) {
            leave();
            c.uplinks().closed(this, reset);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            log.error("upstream_failed", cause);
            close();
        } else if (!String.valueOf(cause.getMessage()).contains("Broken pipe")) {
            reset = true;
        }
    }

    @Override
    public long deadline() {
        return idleSince + lane.idleLimit();
    }

    @Override
    public void timeIsUp(long now) {
        if (client == null) {
            close();
        }
    }

    /** Ends it without a word to anybody. */
    void close() {
        leave();
        resting = false;
        lane.wheel().forget(alarm);
        if (pool != null) {
            pool.remove(this);
        }
        if (channel != null) {
            channel.close();
        }
    }

    void write(ByteBuf bytes) {
        if (channel == null) {
            bytes.release();
        } else {
            if (pool != null) {
                pool.sent(bytes.readableBytes());
            }
            channel.write(bytes, channel.voidPromise());
        }
    }

    void flush() {
        if (channel != null) {
            channel.flush();
        }
    }

    /** Ends our direction once everything is written. */
    void endOutput() {
        if (channel instanceof DuplexChannel c) {
            c.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> c.shutdownOutput());
        }
    }

    void reading(boolean on) {
        if (channel != null && channel.isActive() && channel.config().isAutoRead() != on) {
            channel.config().setAutoRead(on);
        }
    }
}
