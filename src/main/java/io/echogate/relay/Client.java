package io.echogate.relay;

import io.echogate.exchange.Expected;
import io.echogate.net.Stream;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One client connection: hands its bytes and events to the session that serves it. Has none while it is idle: what is kept
 * then is all that ten thousand waiting clients cost. Confined to one event loop.
 */
final class Client implements Stream.Ear, Wheel.Owner {
    private final Lane lane;
    private final Stream stream;
    private final String from;
    private final long number;
    private final Wheel.Alarm alarm = new Wheel.Alarm(this);
    private @Nullable Session session;
    private long idleSince;
    private int place;

    Client(Lane lane, Stream stream, String from) {
        this.lane = lane;
        this.stream = stream;
        this.from = from;
        this.number = lane.nextClient();
        this.idleSince = lane.now();
    }

    Stream stream() {
        return stream;
    }

    /** The client's address as text. */
    String from() {
        return from;
    }

    /** Unique within the relay. */
    long number() {
        return number;
    }

    /** Where the lane has it. */
    int place() {
        return place;
    }

    void place(int now) {
        place = now;
    }

    /** Its connection stands. */
    void begin() {
        lane.joined(this);
        settle();
    }

    private Session session() {
        Session s = session;
        if (s == null) {
            s = lane.clients().session();
            session = s;
            s.begin(this, idleSince);
        }
        return s;
    }

    @Override
    public void bytes(ByteBuf in) {
        boolean first = session == null;
        Session s = session();
        s.received(in.readableBytes());
        Expected expected = s.exchange().clientBytes(in, lane.now());
        if (expected == Expected.NOTHING) {
            stream.expectNothing();
        } else if (first && expected == Expected.REST) {
            stream.expectMore();
        }
    }

    @Override
    public void moved(int bytes) {
        session().passedOn(bytes);
    }

    @Override
    public void readComplete() {
        settle();
    }

    @Override
    public void ended() {
        if (!endsIdle()) {
            session().exchange().clientEnded(lane.now());
            settle();
        }
    }

    /** Closes an idle client's connection, which needs no session unless something is still to be written. */
    private boolean endsIdle() {
        if (session != null) {
            return false;
        }
        stream.end();
        return !stream.open();
    }

    @Override
    public void writable(boolean takes) {
        session().exchange().clientWritable(takes, lane.now());
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
        Session s = session;
        if (s != null) {
            s.exchange().clientClosed(lane.now());
            session = null;
            if (s.renew()) {
                lane.clients().free(s);
            }
        }
        lane.wheel().forget(alarm);
        lane.left(this);
    }

    /** Ends an event: sends what has gathered, lets a session go that is of no more use, and looks at the time again. */
    void settle() {
        Session s = session;
        if (s != null) {
            s.flush();
        }
        if (!stream.open()) {
            return;
        }
        if (s != null && s.exchange().idle()) {
            idleSince = lane.recently();
            session = null;
            lane.clients().free(s);
        }
        lane.wheel().watch(alarm);
    }

    /** A newer snapshot. */
    void fleetChanged(long now) {
        if (session != null) {
            session.exchange().fleetChanged(now);
            settle();
        }
    }

    /** Nothing is to run any longer at that member; true when something that did was cut. */
    boolean evict(int member, long now) {
        Session s = session;
        if (s == null) {
            return false;
        }
        boolean cut = s.exchange().evict(member, now);
        settle();
        return cut;
    }

    /** Finishes what runs and takes nothing new. */
    void drain(long now) {
        if (!endsIdle()) {
            session().exchange().drain(now);
            settle();
        }
    }

    /** Ends everything at once. */
    void cut() {
        stream.close();
    }

    @Override
    public long deadline() {
        Session s = session;
        return s == null ? idleSince + lane.idleClient() : s.exchange().deadline();
    }

    @Override
    public void timeIsUp(long now) {
        if (!endsIdle()) {
            session().exchange().timeIsUp(now);
            settle();
        }
    }
}
