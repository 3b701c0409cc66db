package io.echogate.history;

import io.echogate.model.Intent;
import io.echogate.model.Order;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Operators' orders ↔ JSON, in recordings and in the file that keeps them over a restart. Times are RFC 3339 UTC. */
final class OrderJson {
    private OrderJson() {}

    static JsonObject encode(Order order) {
        JsonObject json = new JsonObject()
                .put("intent", order.intent().name())
                .put("by", order.by())
                .put("why", order.why());
        time(json, "since", order.since());
        time(json, "until", order.until());
        time(json, "deadline", order.deadline());
        return json;
    }

    private static void time(JsonObject json, String name, @Nullable Instant at) {
        if (at != null) {
            json.put(name, at.toString());
        }
    }

    /** The writer works the monotonic deadline out anew. */
    static Order decode(JsonObject json) {
        return new Order(
                Fields.word(Intent.class, json, "intent"),
                Fields.text(json, "by"),
                Fields.text(json, "why"),
                time(json, "since"),
                time(json, "until"),
                time(json, "deadline"),
                Order.NEVER);
    }

    private static @Nullable Instant time(JsonObject json, String name) {
        return json.containsKey(name) ? Instant.parse(Fields.text(json, name)) : null;
    }
}
