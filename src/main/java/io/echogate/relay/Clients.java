package io.echogate.relay;

import java.util.ArrayList;
import java.util.List;

/** The client connections of one event loop, and the sessions that wait for the next one to serve. Confined to that loop. */
final class Clients {
    /** What a burst has left beyond this is let go. */
    private static final int MOST_FREE = 128;

    private final Lane lane;
    private final List<Client> open = new ArrayList<>();
    private final List<Session> free = new ArrayList<>();

    Clients(Lane lane) {
        this.lane = lane;
    }

    /** A session that serves nobody; the one that did last, since it is the warmest. */
    Session session() {
        return free.isEmpty() ? new Session(lane) : free.removeLast();
    }

    /** A session's client is idle. */
    void free(Session s) {
        s.end();
        if (free.size() < MOST_FREE) {
            free.add(s);
        }
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
