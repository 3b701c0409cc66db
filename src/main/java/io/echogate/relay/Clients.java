package io.echogate.relay;

import java.util.ArrayList;
import java.util.List;

/** The client connections of one event loop, and the sessions that wait for the next one to serve. Confined to that loop. */
final class Clients {
    /** So many stay, whether anybody needs them or not. */
    private static final int KEPT = 128;

    /** As many as have a request at the same time where there are many clients: a session made for one request is dear. */
    private static final int MOST = 1024;

    private static final int TICKS_BETWEEN_LOOKS = 50;

    private final Lane lane;
    private final List<Client> open = new ArrayList<>();
    private final Spares<Session> free = new Spares<>(KEPT, MOST);
    private int ticks;

    Clients(Lane lane) {
        this.lane = lane;
    }

    /** A session that serves nobody; the one that did last, since it is the warmest. */
    Session session() {
        Session s = free.take();
        return s == null ? new Session(lane) : s;
    }

    /** Time goes on. */
    void tick() {
        ticks = (ticks + 1) % TICKS_BETWEEN_LOOKS;
        if (ticks == 0) {
            free.look();
        }
    }

    /** A session's client is idle. */
    void free(Session s) {
        s.end();
        free.give(s);
    }

    void add(Client c) {
        c.place(open.size());
        open.add(c);
        lane.books().clients.increment();
    }

    void remove(Client c) {
        Client last = open.removeLast();
        if (last != c) {
            open.set(c.place(), last);
            last.place(c.place());
        }
        lane.books().clients.add(-1);
    }

    boolean none() {
        return open.isEmpty();
    }

    /** As they are now: some may leave while they are gone through. */
    List<Client> all() {
        return List.copyOf(open);
    }
}
