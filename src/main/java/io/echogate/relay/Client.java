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
import io.echogate.net.Stream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * One client connection: hands its bytes and events to its exchange and does what the exchange asks for. Writes gather
 * until {@link #settle}, which ends every event. Confined to one event loop.
 */
final class Client implements Stream.Ear, Actions, Wheel.Owner {
    private final Lane lane;
    private final Stream stream;
    private final Exchange exchange;
    private final Ledger ledger;
    private final Wheel.Alarm alarm = new Wheel.Alarm(this);
    private final Uplinks uplinks;
    private boolean clientDirty;

    Client(Lane lane, Stream stream, String from) {
        this.lane = lane;
        this.stream = stream;
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

    /** Its connection stands. */
    void begin() {
        lane.joined(this);
        settle();
    }

    @Override
    public void bytes(ByteBuf in) {
        ledger.received(in.readableBytes());
        exchange.clientBytes(in, lane.now());
    }

    @Override
    public void readComplete() {
        settle();
    }

    @Override
    public void ended() {
        exchange.clientEnded(lane.now());
        settle();
    }

    @Override
    public void writable(boolean takes) {
        exchange.clientWritable(takes, lane.now());
        if (takes) {
            settle();
        }
    }

    @Override
    public void broken(int errno) {
        stream.close();
    }

    @Override
    public void closed() {
        exchange.clientClosed(lane.now());
        lane.wheel().forget(alarm);
        lane.left(this);
    }

    /** Ends an event: sends what has gathered and looks at the time again. */
    void settle() {
        while (uplinks.flush() || clientDirty) {
            if (clientDirty) {
                clientDirty = false;
                stream.flush();
            }
        }
        if (stream.open()) {
            lane.wheel().watch(alarm);
        }
    }

    /** Ends everything at once. */
    void cut() {
        stream.close();
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
        return ByteBufAllocator.DEFAULT.directBuffer(capacity);
    }

    @Override
    public void toClient(ByteBuf bytes) {
        ledger.sent(bytes.readableBytes());
        clientDirty = true;
        stream.write(bytes);
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
        stream.reading(on);
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
        switch (how) {
            case CLOSE -> stream.end();
            case HALF -> stream.endOutput();
            case RESET -> stream.reset();
        }
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
