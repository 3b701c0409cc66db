package io.echogate.page;

import io.echogate.model.RequestTrace;
import java.util.List;
import java.util.function.Predicate;

/** Where the proofs of requests come from. Any thread; nothing here waits. */
public interface Requests {
    /** Those of the kept ones that are wanted, newest first, up to that many. */
    List<RequestTrace> newest(Predicate<RequestTrace> wanted, int limit);

    /** Those that end from now on. */
    Tail tail();

    /** Requests as they end; confined to its reader's thread. */
    interface Tail {
        /** Those that ended since the last call, oldest first. */
        List<RequestTrace> next();

        /** How many were forgotten before they could be read, since this was last asked. */
        long lost();
    }

    /** There are none. */
    Requests NONE = new Requests() {
        @Override
        public List<RequestTrace> newest(Predicate<RequestTrace> wanted, int limit) {
            return List.of();
        }

        @Override
        public Tail tail() {
            return new Tail() {
                @Override
                public List<RequestTrace> next() {
                    return List.of();
                }

                @Override
                public long lost() {
                    return 0;
                }
            };
        }
    };
}
