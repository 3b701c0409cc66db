package io.echogate.relay;

import io.echogate.exchange.Actions;
import io.echogate.exchange.Exchange;
import io.echogate.exchange.Hedge;
import io.echogate.exchange.Refusal;
import io.echogate.exchange.Tries;
import io.echogate.http.Fault;
import io.echogate.http.RequestHead;
import io.echogate.model.Drill;
import io.echogate.model.Failure;
import io.echogate.model.Member;
import io.echogate.model.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client connection: hands its bytes and events to its exchange and does what the exchange asks for. Writes gather
 * until {@link #settle}, which ends every event. Confined to one event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of a channel comes as an event
final class Client extends ChannelInboundHandlerAdapter implements Actions, Wheel.Owner {
    private static final Logger log = LoggerFactory.getLogger(Client.class);

    private final Lane lane;
    private final SocketChannel channel;
    private final Exchange exchange;
    private final Ledger ledger;
    private final Wheel.Alarm alarm = new Wheel.Alarm(this);
    private final Uplinks uplinks;
    private @Nullable HalfClosed halfClosed;
    private boolean clientDirty;

    Client(Lane lane, SocketChannel channel) {
        this.lane = lane;
        this.channel = channel;
        String from = Sockets.text(channel.remoteAddress());
        this.ledger = new Ledger(lane, from);
        this.uplinks = new Uplinks(this, lane);
        this.exchange = new Exchange(lane.around(), this, from, lane.now());
    }

    Exchange exchange() {
        return exchange;
    }

    Uplinks uplinks() {
        return uplinks;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        lane.joined(this);
        settle();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf in = (ByteBuf) msg;
        try {
            ledger.received(in.readableBytes());
            exchange.clientBytes(in, lane.now());
        } finally {
            in.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        settle();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent && halfClosed == null) {
            halfClosed = new HalfClosed(channel);
            exchange.clientEnded(lane.now());
            settle();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        boolean writable = channel.isWritable();
        exchange.clientWritable(writable, lane.now());
        if (writable) {
            settle();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        exchange.clientClosed(lane.now());
        lane.wheel().forget(alarm);
        lane.left(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            log.error("client_failed", cause);
        }
        channel.close();
    }

    /** Ends an event: sends what has gathered and looks at the time again. */
    void settle() {
        while (uplinks.flush() || clientDirty) {
            flushClient();
        }
        if (channel.isOpen()) {
            lane.wheel().watch(alarm);
        }
    }

    private void flushClient() {
        if (clientDirty && halfClosed != null) {
            halfClosed.flush();
        } else if (clientDirty) {
            channel.flush();
        }
        clientDirty = false;
    }

    /** Ends everything at once. */
    void cut() {
        channel.close();
    }

    @Override
    public long deadline() {
        return exchange.deadline();
    }

    @Override
    public void timeIsUp(long now) {
        exchange.timeIsUp(now);
        settle();
    }

    @Override
    public ByteBuf allocate(int capacity) {
        return channel.alloc().directBuffer(capacity);
    }

    @Override
    public void toClient(ByteBuf bytes) {
        ledger.sent(bytes.readableBytes());
        clientDirty = true;
        channel.write(bytes, channel.voidPromise());
    }

    @Override
    public void toMember(ByteBuf bytes) {
        uplinks.first().write(bytes);
    }

    @Override
    public void toSpare(ByteBuf bytes) {
        uplinks.spare().write(bytes);
    }

    @Override
    public void readClient(boolean on) {
        if (channel.isActive() && channel.config().isAutoRead() != on) {
            channel.config().setAutoRead(on);
        }
    }

    @Override
    public void readMember(boolean on) {
        uplinks.first().reading(on);
    }

    @Override
    public void connect(Member member, boolean fresh) {
        if (uplinks.first().connect(member, fresh)) {
            exchange.memberConnected(true, lane.now());
        }
    }

    @Override
    public void play(Member member, Drill.Mode mode) {
        ledger.played();
        uplinks.play(mode);
    }

    @Override
    public void spared() {
        lane.rehearsal().spared();
    }

    @Override
    public void connectPage() {
        ledger.tracing().page();
        uplinks.first().connectPage();
    }

    @Override
    public void connectSpare(Member member) {
        if (uplinks.spare().connect(member, false)) {
            exchange.spareConnected(true, lane.now());
        }
    }

    @Override
    public void promoteSpare() {
        uplinks.promote();
    }

    @Override
    public void dropSpare() {
        uplinks.spare().drop();
    }

    @Override
    public void release() {
        uplinks.first().release();
    }

    @Override
    public void drop() {
        uplinks.first().drop();
    }

    @Override
    public void endMember() {
        uplinks.first().endOutput();
    }

    @Override
    public void endClient(Ending how) {
        clientDirty = true;
        Sockets.end(channel, how);
    }

    @Override
    public boolean waits(boolean on) {
        return on ? lane.line().join(this) : lane.line().leave(this);
    }

    @Override
    public void begun(long number) {
        ledger.begun(number);
    }

    @Override
    public void finished(@Nullable Member member, RequestHead request, int status, long nanos, Tries tries) {
        ledger.finished(member, request, status, nanos, lane.recently(), tries);
    }

    @Override
    public void attempted(Member member, Failure.@Nullable Kind why) {
        ledger.attempted(member, why);
    }

    @Override
    public void connected(Member member, long nanos) {
        lane.books().connected(member, nanos);
    }

    @Override
    public void firstByte(Member member, long nanos, long now) {
        lane.books().firstByte(member, nanos);
        lane.answered(member.index(), now);
    }

    @Override
    public void retried(Failure.Kind why) {
        lane.books().retried(why);
    }

    @Override
    public void hedged(Hedge.End how) {
        lane.books().hedged(how);
    }

    @Override
    public void heard(Member member, Outcome outcome, long asked, long now, String detail) {
        lane.evidence().report(member, outcome, asked, now, detail);
    }

    @Override
    public void refused(Fault why) {
        ledger.refused(why, lane.now());
    }

    @Override
    public void refused(Refusal why) {
        lane.books().refused(why);
    }
}
