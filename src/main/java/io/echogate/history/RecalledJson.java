package io.echogate.history;

import io.echogate.model.Cause;
import io.echogate.model.Command;
import io.echogate.model.Recollection;
import io.echogate.model.State;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What an earlier run knew ↔ JSON, as recordings have it. */
final class RecalledJson {
    private RecalledJson() {}

    static JsonObject encode(Command.Recalled recalled) {
        JsonArray verdicts = new JsonArray();
        recalled.verdicts().forEach(r -> verdicts.add(verdict(r)));
        JsonArray incidents = new JsonArray();
        recalled.incidents().forEach(i -> incidents.add(IncidentJson.encode(i)));
        return new JsonObject().put("recalled", verdicts).put("incidents", incidents);
    }

    private static JsonObject verdict(Recollection r) {
        return new JsonObject()
                .put("member", r.member())
                .put("url", r.url())
                .put("state", r.state().name())
                .put("cause", r.cause().name())
                .put("since", r.since().toString())
                .put("why", r.why())
                .put("at", r.at().toString());
    }

    static Command.Recalled decode(JsonObject json) {
        return new Command.Recalled(
                Fields.objects(json, "recalled").stream()
                        .map(RecalledJson::verdictOf)
                        .toList(),
                Fields.objects(json, "incidents").stream()
                        .map(IncidentJson::decode)
                        .toList());
    }

    private static Recollection verdictOf(JsonObject json) {
        return new Recollection(
                Fields.text(json, "member"),
                Fields.text(json, "url"),
                Fields.word(State.class, json, "state"),
                Fields.word(Cause.class, json, "cause"),
                Fields.time(json, "since"),
                Fields.text(json, "why"),
                Fields.time(json, "at"));
    }
}
