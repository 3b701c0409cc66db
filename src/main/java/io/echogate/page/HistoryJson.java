package io.echogate.page;

import io.echogate.history.History;
import io.echogate.history.HistoryStatus;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** How remembering goes, as JSON. Pure but for the look at it. */
final class HistoryJson {
    private HistoryJson() {}

    /** @param history null: nothing is remembered */
    static JsonObject status(@Nullable History history) {
        if (history == null) {
            return new JsonObject().put("state", HistoryStatus.State.OFF.name());
        }
        HistoryStatus now = history.status();
        return new JsonObject()
                .put("state", now.state().name())
                .put("since", FleetJson.time(now.since()))
                .put("reason", now.reason())
                .put("waiting", now.waiting())
                .put("dropped", now.dropped())
                .put("setAside", now.setAside());
    }
}
