package io.echogate.relay;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The idle connections to one member, the warmest on top, and the counts of all of them. Confined to one event loop. */
final class Pool {
    private final int member;
    private final int limit;
    private final Books books;
    private final List<Upstream> idle = new ArrayList<>();

    Pool(int member, int limit, Books books) {
        this.member = member;
        this.limit = limit;
        this.books = books;
    }

    /** Keeps the connection, or says no. */
    boolean put(Upstream u) {
        if (idle.size() >= limit) {
            return false;
        }
        idle.add(u);
        books.idle(member, 1);
        return true;
    }

    @Nullable
    Upstream take() {
        if (idle.isEmpty()) {
            return null;
        }
        books.idle(member, -1);
        return idle.removeLast();
    }

    void inFlight(int change) {
        books.inFlight(member, change);
    }

    void sent(int bytes) {
        books.sent(member, bytes);
    }

    void received(int bytes) {
        books.received(member, bytes);
    }

    void remove(Upstream u) {
        if (idle.remove(u)) {
            books.idle(member, -1);
        }
    }

    void closeAll() {
        books.idle(member, -idle.size());
        List<Upstream> all = List.copyOf(idle);
        idle.clear();
        all.forEach(Upstream::close);
    }
}
