package io.echogate.page;

import io.echogate.clock.Clock;
import io.echogate.model.RequestTrace;
import io.echogate.model.RequestTrace.Try;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Proofs of requests as the documented JSON. Pure. */
final class RequestJson {
    private static final double MILLI = 1e6;

    private RequestJson() {}

    static JsonObject all(List<RequestTrace> traces, Clock clock) {
        JsonArray requests = new JsonArray();
        traces.forEach(t -> requests.add(one(t, clock)));
        return new JsonObject().put("requests", requests);
    }

    static JsonObject one(RequestTrace t, Clock clock) {
        JsonArray tries = new JsonArray();
        t.tries().forEach(each -> tries.add(tried(each)));
        return new JsonObject()
                .put("id", RequestTrace.text(t.id()))
                .put("endedAt", FleetJson.time(clock.wallOf(t.endedNanos())))
                .put("client", t.client())
                .put("method", t.method())
                .put("path", t.path())
                .put("status", t.status() == 0 ? null : t.status())
                .put("outcome", RequestFilter.word(t.result()))
                .put("member", t.member())
                .put("tookMillis", millis(t.took()))
                .put("receivedBytes", t.received())
                .put("sentBytes", t.sent())
                .put("tries", tries);
    }

    private static JsonObject tried(Try t) {
        return new JsonObject()
                .put("member", t.member())
                .put("beganMillis", millis(t.began()))
                .put("connectMillis", millis(t.connected()))
                .put("firstByteMillis", millis(t.firstByte()))
                .put("tookMillis", millis(t.took()))
                .put("reused", t.reused())
                .put("hedge", t.hedge())
                .put("failure", t.failure() == null ? null : t.failure().name().toLowerCase(Locale.ROOT))
                .put("why", t.failure() == null ? "answered" : t.failure().words());
    }

    private static @Nullable Double millis(long nanos) {
        return nanos < 0 ? null : Math.round(nanos / MILLI * 1_000) / 1_000.0;
    }
}
