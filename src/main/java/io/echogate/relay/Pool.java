package io.echogate.relay;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The idle connections to one member, the warmest on top, and the counts of all of them. Confined to one event loop. */
final class Pool {
    private final int member;
    private final int limit;
    private final Books books;
    private final Evictions evictions;
    private final List<Upstream> idle = new ArrayList<>();

    private boolean retired;

    Pool(int member, int limit, Books books, Evictions evictions) {
        this.member = member;
        this.limit = limit;
        this.books = books;
        this.evictions = evictions;
    }

    /** Keeps the connection, or says no. */
    boolean put(Upstream u) {
        if (retired || idle.size() >= limit) {
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
        evictions.runs(member, change);
    }

    /** While its member is out of service, no connection stays idle. */
    void retire(boolean now) {
        retired = now;
        if (now) {
            closeAll();
        }
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
