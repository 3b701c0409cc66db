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
 * What one client connection needs while it has a request, or a part of one: does what its exchange asks for. Between two
 * requests it is given back to the lane, so that a client that waits costs next to nothing. Confined to one event loop.
 */
final class Session implements Actions {
    private final Lane lane;
    private final Ledger ledger;
    private final Uplinks uplinks;
    private final Exchange exchange;
    private @Nullable Client client;
    private boolean clientDirty;

    Session(Lane lane) {
        this.lane = lane;
        this.ledger = new Ledger(lane);
        this.uplinks = new Uplinks(this, lane);
        this.exchange = new Exchange(lane.around(), this, "", lane.recently());
    }

    /** Serves that client from now on, which has been idle since then. */
    void begin(Client whom, long since) {
        client = whom;
        ledger.begin(whom.from(), whom.number());
        exchange.take(whom.from(), since);
    }

    /** Serves nobody any more. */
    void end() {
        client = null;
    }

    /** Its client is gone; true when another one may have it. */
    boolean renew() {
        end();
        clientDirty = false;
        return uplinks.free() && exchange.renew();
    }

    Exchange exchange() {
        return exchange;
    }

    Uplinks uplinks() {
        return uplinks;
    }

    /** Of the client. */
    void received(int bytes) {
        ledger.received(bytes);
    }

    /** Of the client, and gone to the member. */
    void passedOn(int bytes) {
        ledger.received(bytes);
        uplinks.first().passedOn(bytes);
        exchange.clientMoved(bytes, lane.now());
    }

    /** Of the member, and gone to the client. */
    void passedBack(int bytes) {
        ledger.sent(bytes);
        exchange.memberMoved(bytes, lane.now());
    }

    /** Ends an event. */
    void settle() {
        Client c = client;
        if (c != null) {
            c.settle();
        }
    }

    /** Sends what has gathered. */
    void flush() {
        while (uplinks.flush() || clientDirty) {
            if (clientDirty) {
                clientDirty = false;
                stream().flush();
            }
        }
    }

    private Stream stream() {
        Client c = client;
        if (c == null) {
            throw new IllegalStateException("serves nobody");
        }
        return c.stream();
    }

    @Override
    public ByteBuf allocate(int capacity) {
        return ByteBufAllocator.DEFAULT.directBuffer(capacity);
    }

    @Override
    public void toClient(ByteBuf bytes) {
        ledger.sent(bytes.readableBytes());
        clientDirty = true;
        stream().write(bytes);
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
    public void moveToClient(long bytes) {
        uplinks.first().move(stream(), bytes);
    }

    @Override
    public void moveToMember(long bytes) {
        uplinks.first().take(stream(), bytes);
    }

    @Override
    public void readClient(boolean on) {
        stream().reading(on);
    }

    @Override
    public void readMember(boolean on) {
        uplinks.first().reading(on);
    }

    @Override
    public void nudgeMember() {
        uplinks.first().nudge();
    }

    @Override
    public boolean connect(Member member, boolean fresh) {
        return uplinks.first().connect(member, fresh);
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
            case CLOSE -> stream().end();
            case HALF -> stream().endOutput();
            case RESET -> stream().reset();
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
