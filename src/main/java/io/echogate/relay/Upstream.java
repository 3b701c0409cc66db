package io.echogate.relay;

import io.echogate.net.Errno;
import io.echogate.net.Stream;
import io.netty.buffer.ByteBuf;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a member or to the page: with a session while it carries a request, in its pool when idle. Confined
 * to one event loop.
 */
final class Upstream implements Stream.Caller, Wheel.Owner {
    private final Lane lane;
    private final @Nullable Pool pool;
    private final SocketAddress address;
    private final Wheel.Alarm alarm = new Wheel.Alarm(this);
    private @Nullable Session client;
    private @Nullable Stream stream;
    private boolean connected;
    private boolean over;
    private boolean starting;
    private boolean resting;
    private boolean reset;
    private long idleSince;

    Upstream(Lane lane, @Nullable Pool pool, SocketAddress address, Session client) {
        this.lane = lane;
        this.pool = pool;
        this.address = address;
        take(client);
    }

    private void take(Session c) {
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

    /** Begins to connect; the client hears of it, but not before this returns. */
    void start() {
        starting = true;
        Stream made = lane.streams().connect(address, this);
        starting = false;
        stream = made;
        if (over) {
            made.close();
        }
    }

    @Override
    public void connected() {
        Session c = client;
        if (c == null) {
            close();
            return;
        }
        connected = true;
        c.uplinks().connected(this);
    }

    /** Whoever asked for the connection is in the middle of something while it is being made. */
    @Override
    public void failed(int errno) {
        over = true;
        if (starting) {
            lane.loop().execute(() -> failedNow(errno));
        } else {
            failedNow(errno);
        }
    }

    private void failedNow(int errno) {
        Session c = client;
        if (c != null) {
            leave();
            c.uplinks().failed(this, ConnectFailure.of(errno));
        }
    }

    /** Leaves the pool for a client. */
    void lend(Session to) {
        take(to);
        lane.wheel().forget(alarm);
    }

    @Override
    public void bytes(ByteBuf in) {
        Session c = client;
        if (pool != null) {
            pool.received(in.readableBytes());
        }
        if (c == null) {
            close();
        } else {
            c.uplinks().received(this, in);
            settleIfLeft(c);
        }
    }

    /** What a second connection brings is looked at before it goes anywhere: this is the first one. */
    @Override
    public void moved(int bytes) {
        Session c = client;
        if (pool != null) {
            pool.received(bytes);
        }
        if (c == null) {
            close();
        } else {
            c.passedBack(bytes);
            settleIfLeft(c);
        }
    }

    /** A client that has what it wanted will not hear of the end of this read. */
    private void settleIfLeft(Session c) {
        if (client != c) {
            c.settle();
        }
    }

    @Override
    public void readComplete() {
        if (resting) {
            resting = false;
            rest();
        }
        Session c = client;
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
        if (pool == null || over || client != null || lane.closing() || !pool.put(this)) {
            close();
            return;
        }
        idleSince = lane.recently();
        lane.wheel().watch(alarm);
    }

    @Override
    public void writable(boolean takes) {
        Session c = client;
        if (c != null) {
            c.uplinks().writable(this, takes);
        }
    }

    /** A member that has ended its direction has said all that it will say. */
    @Override
    public void ended() {
        gone();
    }

    @Override
    public void closed() {
        gone();
    }

    private void gone() {
        if (over) {
            return;
        }
        Session c = client;
        close();
        if (c != null && connected) {
            c.uplinks().closed(this, reset);
        }
    }

    /** What the member sent before is still to be read. A member that only takes no more has not reset anything. */
    @Override
    public void broken(int errno) {
        reset |= errno != Errno.EPIPE;
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
        over = true;
        resting = false;
        lane.wheel().forget(alarm);
        if (pool != null) {
            pool.remove(this);
        }
        if (stream != null) {
            stream.close();
        }
    }

    void write(ByteBuf bytes) {
        if (stream == null) {
            bytes.release();
        } else {
            if (pool != null) {
                pool.sent(bytes.readableBytes());
            }
            stream.write(bytes);
        }
    }

    /** What the member sends next goes there by itself. */
    void move(Stream to, long bytes) {
        if (stream != null) {
            stream.move(to, bytes);
        }
    }

    /** What that one sends next goes to the member by itself. */
    void take(Stream from, long bytes) {
        if (stream != null) {
            from.move(stream, bytes);
        }
    }

    /** It has. */
    void passedOn(int bytes) {
        if (pool != null) {
            pool.sent(bytes);
        }
    }

    void flush() {
        if (stream != null) {
            stream.flush();
        }
    }

    void nudge() {
        if (stream != null) {
            stream.nudge();
        }
    }

    /** Ends our direction once everything is written. */
    void endOutput() {
        if (stream != null) {
            stream.endOutput();
        }
    }

    void reading(boolean on) {
        if (stream != null) {
            stream.reading(on);
        }
    }
}
