package io.echogate.relay;

import io.echogate.model.Drill;
import io.echogate.model.Failure;
import io.echogate.model.Member;
import io.echogate.net.Stream;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The connections that one client's request goes out on: the first attempt's and, beside it, that of a second one. Knows
 * which of them an event belongs to. Confined to one event loop.
 */
final class Uplinks {
    private final Session client;
    private final Lane lane;
    private Uplink first = new Uplink();
    private Uplink spare = new Uplink();

    Uplinks(Session client, Lane lane) {
        this.client = client;
        this.lane = lane;
    }

    Uplink first() {
        return first;
    }

    Uplink spare() {
        return spare;
    }

    /** Nothing goes out on any connection. */
    boolean free() {
        return first.holds(null) && spare.holds(null);
    }

    /** A connection that leads nowhere, or none. */
    void play(Drill.Mode mode) {
        switch (mode) {
            case FREEZE -> client.exchange().memberConnected(false, lane.now());
            case REFUSE -> client.exchange().memberFailed(Failure.Kind.REFUSED, lane.now());
            case OFF -> {}
        }
    }

    /** The second connection takes the place of the first. */
    void promote() {
        first.drop();
        Uplink free = first;
        first = spare;
        spare = free;
    }

    /** Sends what has gathered; true when there was anything. */
    boolean flush() {
        boolean sent = first.flush();
        return spare.flush() || sent;
    }

    /** A connection asked for is there. */
    void connected(Upstream u) {
        if (spare.holds(u)) {
            client.exchange().spareConnected(false, lane.now());
        } else {
            client.exchange().memberConnected(false, lane.now());
        }
        client.settle();
    }

    /** A connection asked for is not to be had. */
    void failed(Upstream u, Failure.Kind why) {
        if (spare.lets(u)) {
            client.exchange().spareFailed(why, lane.now());
        } else {
            first.lets(u);
            client.exchange().memberFailed(why, lane.now());
        }
        client.settle();
    }

    void received(Upstream u, ByteBuf bytes) {
        if (spare.holds(u)) {
            client.exchange().spareBytes(bytes, lane.now());
        } else {
            client.exchange().memberBytes(bytes, lane.now());
        }
    }

    /** What a second connection is sent is one head, which never waits for room. */
    void writable(Upstream u, boolean writable) {
        if (!spare.holds(u)) {
            client.exchange().memberWritable(writable, lane.now());
            if (writable) {
                client.settle();
            }
        }
    }

    /** A connection is gone by itself. */
    void closed(Upstream u, boolean reset) {
        if (spare.lets(u)) {
            client.exchange().spareClosed(lane.now());
        } else {
            first.lets(u);
            client.exchange().memberClosed(reset, lane.now());
        }
        client.settle();
    }

    /** A place for one connection. */
    final class Uplink {
        private @Nullable Upstream upstream;
        private boolean dirty;

        boolean holds(@Nullable Upstream u) {
            return upstream == u;
        }

        /** Forgets that connection; true when it was here. */
        private boolean lets(Upstream u) {
            boolean here = upstream == u;
            upstream = here ? null : upstream;
            return here;
        }

        /** True when a kept connection is there at once; else the exchange hears of it. */
        boolean connect(Member member, boolean fresh) {
            Upstream warm = fresh ? null : lane.pool(member.index()).take();
            if (warm != null) {
                lane.books().reused(member);
                upstream = warm;
                warm.lend(client);
                return true;
            }
            start(lane.connect(member, client));
            return false;
        }

        void connectPage() {
            start(lane.connectPage(client));
        }

        private void start(Upstream u) {
            upstream = u;
            u.start();
        }

        void write(ByteBuf bytes) {
            Upstream u = upstream;
            if (u == null) {
                bytes.release();
            } else {
                dirty = true;
                u.write(bytes);
            }
        }

        /** What comes next goes to the client by itself. */
        void move(Stream to, long bytes) {
            if (upstream != null) {
                upstream.move(to, bytes);
            }
        }

        /** What comes next from the client comes by itself. */
        void take(Stream from, long bytes) {
            if (upstream != null) {
                upstream.take(from, bytes);
            }
        }

        void passedOn(int bytes) {
            if (upstream != null) {
                upstream.passedOn(bytes);
            }
        }

        private boolean flush() {
            boolean had = dirty;
            dirty = false;
            if (had && upstream != null) {
                upstream.flush();
            }
            return had;
        }

        void reading(boolean on) {
            if (upstream != null) {
                upstream.reading(on);
            }
        }

        void nudge() {
            if (upstream != null) {
                upstream.nudge();
            }
        }

        void endOutput() {
            if (upstream != null) {
                upstream.endOutput();
            }
        }

        void release() {
            Upstream u = upstream;
            upstream = null;
            if (u != null) {
                u.release();
            }
        }

        void drop() {
            Upstream u = upstream;
            upstream = null;
            if (u != null) {
                u.close();
            }
        }
    }
}
