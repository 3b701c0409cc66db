package io.echogate.history;

import io.echogate.model.Fleet;
import io.echogate.model.Member;
import io.echogate.model.State;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** How a member, or the pool, stands at a moment, as it is stored. Pure. */
final class Standings {
    private Standings() {}

    static Note.Stood of(Member m, Instant at, long seq) {
        JsonObject data = new JsonObject()
                .put("url", m.url())
                .put("state", m.state().name())
                .put("cause", m.cause().name())
                .put("why", m.verdict().why())
                .put("since", m.since().toEpochMilli())
                .put("intent", m.intent().name())
                .put("serving", m.serving())
                .put("host", m.host().state().name());
        return new Note.Stood(m.name(), at, seq, data);
    }

    /** The pool: whether anybody serves, and whether it is us. */
    static Note.Stood pool(Fleet fleet) {
        boolean serves = !fleet.rotation().isEmpty();
        boolean asked = serves || fleet.members().stream().anyMatch(m -> m.state() != State.UNKNOWN);
        JsonObject data =
                new JsonObject().put("serves", serves).put("asked", asked).put("isolated", fleet.isolated());
        return new Note.Stood("", fleet.at(), fleet.seq(), data);
    }

    /** True when what is stored of them differs. */
    static boolean differ(Member was, Member is) {
        return !was.verdict().equals(is.verdict())
                || !was.since().equals(is.since())
                || was.intent() != is.intent()
                || was.serving() != is.serving()
                || was.host().state() != is.host().state();
    }
}
