package io.echogate.history;

import io.echogate.model.Drill;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** Drills ↔ JSON, as recordings have them. */
final class DrillJson {
    private DrillJson() {}

    static JsonObject encode(Drill drill) {
        return new JsonObject()
                .put("drill", drill.member())
                .put("mode", drill.mode().name())
                .put("by", drill.by())
                .put("why", drill.why())
                .put("since", drill.since().toString())
                .put("until", drill.until().toString());
    }

    /** The writer says anew when it began. */
    static Drill decode(JsonObject json) {
        return new Drill(
                Fields.text(json, "drill"),
                Fields.word(Drill.Mode.class, json, "mode"),
                Fields.text(json, "by"),
                Fields.text(json, "why"),
                Instant.parse(Fields.text(json, "since")),
                Instant.parse(Fields.text(json, "until")),
                0);
    }
}
