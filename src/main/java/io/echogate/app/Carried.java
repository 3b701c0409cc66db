package io.echogate.app;

import io.echogate.model.RequestTrace;
import io.echogate.page.Requests;
import io.echogate.relay.Relay;
import io.echogate.relay.RequestTail;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The relay's proofs of requests for the page, which starts before it. Any thread. */
final class Carried implements Requests {
    private volatile @Nullable Relay relay;

    void begin(Relay carrying) {
        relay = carrying;
    }

    @Override
    public List<RequestTrace> newest(Predicate<RequestTrace> wanted, int limit) {
        Relay carrying = relay;
        return carrying == null ? List.of() : carrying.requests(wanted, limit);
    }

    @Override
    public Tail tail() {
        Relay carrying = relay;
        if (carrying == null) {
            return Requests.NONE.tail();
        }
        RequestTail tail = carrying.tail();
        return new Tail() {
            @Override
            public List<RequestTrace> next() {
                return tail.next();
            }

            @Override
            public long lost() {
                return tail.lost();
            }
        };
    }
}
