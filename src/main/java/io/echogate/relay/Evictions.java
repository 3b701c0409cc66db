package io.echogate.relay;

import io.echogate.model.Fleet;
import io.echogate.model.Member;
import io.echogate.model.Order;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The deadlines of operators' orders, and how much still runs at each member. Confined to one event loop, but that other
 * threads may read what runs and what was cut.
 */
final class Evictions {
    private final AtomicIntegerArray running;
    private final AtomicLongArray cut;
    private Fleet fleet;
    private long next;

    Evictions(Fleet fleet) {
        this.fleet = fleet;
        this.running = new AtomicIntegerArray(fleet.members().size());
        this.cut = new AtomicLongArray(fleet.members().size());
        onFleet(fleet);
    }

    /** A request or tunnel at that member has begun or ended. */
    void runs(int member, int change) {
        if (member < running.length()) {
            running.setOpaque(member, running.getPlain(member) + change);
        }
    }

    /** Requests and tunnels at that member; any thread. */
    int running(int member) {
        return running.getOpaque(member);
    }

    /** Requests and tunnels at that member that ended without their answer because of a deadline; any thread. */
    long cut(int member) {
        return cut.getOpaque(member);
    }

    /** Takes a newer snapshot. A deadline that has passed already counts: it may be a new one. */
    void onFleet(Fleet newer) {
        fleet = newer;
        next = Order.NEVER;
        for (Member m : newer.members()) {
            sooner(m.order().cutNanos());
        }
    }

    /** Ends what runs where a deadline has come. */
    void enforce(Clients clients, long now) {
        if (next == Order.NEVER || now - next < 0) {
            return;
        }
        next = Order.NEVER;
        for (Member m : fleet.members()) {
            if (m.order().cuts(now)) {
                clients.all().forEach(c -> evict(c, m.index(), now));
            } else {
                sooner(m.order().cutNanos());
            }
        }
    }

    private void evict(Client c, int member, long now) {
        if (c.evict(member, now) && member < cut.length()) {
            cut.setOpaque(member, cut.getPlain(member) + 1);
        }
    }

    private void sooner(long cutNanos) {
        if (cutNanos != Order.NEVER && (next == Order.NEVER || cutNanos - next < 0)) {
            next = cutNanos;
        }
    }
}
