package io.echogate.relay;

import io.echogate.model.Fleet;
import io.echogate.model.Intent;
import io.echogate.model.Member;
import io.echogate.model.State;
import java.util.ArrayList;
import java.util.List;

/** The kept connections of one event loop to all members. Confined to that loop. */
final class Pools {
    private final int idlePerMember;
    private final Books books;
    private final Evictions evictions;
    private final List<Pool> pools = new ArrayList<>();

    Pools(int idlePerMember, Books books, Evictions evictions) {
        this.idlePerMember = idlePerMember;
        this.books = books;
        this.evictions = evictions;
    }

    Pool of(int member) {
        while (pools.size() <= member) {
            pools.add(new Pool(pools.size(), idlePerMember, books, evictions));
        }
        return pools.get(member);
    }

    /** Takes a newer snapshot: nothing is kept to who is DOWN or has moved, nothing more to whom nobody wants. */
    void onFleet(Fleet older, Fleet newer) {
        for (Member m : newer.members()) {
            boolean moved = m.index() < older.members().size()
                    && m.address() != null
                    && !m.address().equals(older.at(m.index()).address());
            if (m.state() == State.DOWN || moved) {
                of(m.index()).closeAll();
            }
            of(m.index()).retire(m.intent() != Intent.READY);
        }
    }

    void closeAll() {
        pools.forEach(Pool::closeAll);
    }
}
