package io.echogate.relay;

import io.echogate.clock.Clock;
import io.echogate.exchange.Seats;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Sessions whose requests wait for a member with room, first come first served. Looked through when a seat is left on this
 * loop, with each tick, since seats are left on other loops too, and with each snapshot. Confined to one event loop.
 */
final class LineUp {
    /** One that waits for a certain member must not hold up the others; nor must looking hold up the loop. */
    private static final int LOOKED_AT = 64;

    private final Set<Session> waiting = new LinkedHashSet<>();
    private final Seats seats;
    private final int most;
    private final Executor loop;
    private final Clock clock;
    private final Books books;
    private boolean woken;

    /** Nobody waits. */
    LineUp(Crowd crowd, Executor loop, Clock clock, Books books) {
        this.seats = new Seats(crowd.seats());
        this.most = crowd.waiting();
        this.clock = clock;
        this.loop = loop;
        this.books = books;
        seats.watch(this::freed);
    }

    /** What there is room for. */
    Seats seats() {
        return seats;
    }

    /** Time goes on. */
    void tick() {
        seats.share();
        look();
    }

    /** False when too many wait already. */
    boolean join(Session s) {
        boolean room = waiting.size() < most;
        if (room && waiting.add(s)) {
            books.waiting.increment();
            books.waited.increment();
        }
        return room;
    }

    /** True when it was in the line. */
    boolean leave(Session s) {
        boolean there = waiting.remove(s);
        if (there) {
            books.waiting.add(-1);
        }
        return there;
    }

    /** A seat was left: the line is looked through when the present event is over. */
    private void freed() {
        if (!waiting.isEmpty() && !woken) {
            woken = true;
            loop.execute(this::look);
        }
    }

    /** Lets those go for whom there is room now. */
    void look() {
        woken = false;
        if (waiting.isEmpty()) {
            return;
        }
        List<Session> first = new ArrayList<>(LOOKED_AT);
        for (Iterator<Session> i = waiting.iterator(); i.hasNext() && first.size() < LOOKED_AT; ) {
            first.add(i.next());
        }
        for (Session s : first) {
            s.exchange().roomPerhaps(clock.nanos());
            s.settle();
        }
    }
}
