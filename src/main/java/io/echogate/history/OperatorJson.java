package io.echogate.history;

import io.echogate.model.Command;
import io.vertx.core.json.JsonObject;

/** Commands that come of what operators want ↔ JSON. Whoever waits for an answer is not remembered. */
final class OperatorJson {
    private OperatorJson() {}

    static JsonObject encode(Command command) {
        return switch (command) {
            case Command.Ordered o ->
                OrderJson.encode(o.order()).put("ordered", o.member()).put("force", o.force());
            case Command.Lapse() -> new JsonObject().put("lapse", true);
            case Command.Cut(String member, long count) ->
                new JsonObject().put("cut", count).put("member", member);
            case Command.Drilled d -> DrillJson.encode(d.drill()).put("force", d.force());
            case Command.DrillEnds d ->
                new JsonObject().put("drillEnds", d.member()).put("why", d.why());
            case Command.Remarked r -> RemarkJson.encode(r.remark());
            default -> throw new IllegalArgumentException("no operator's: " + command);
        };
    }

    static Command decode(JsonObject json) {
        if (json.containsKey("ordered")) {
            return new Command.Ordered(
                    Fields.text(json, "ordered"), OrderJson.decode(json), Fields.flag(json, "force"), nobody -> {});
        }
        if (json.containsKey("lapse")) {
            return new Command.Lapse();
        }
        if (json.containsKey("drill")) {
            return new Command.Drilled(DrillJson.decode(json), Fields.flag(json, "force"), nobody -> {});
        }
        if (json.containsKey("drillEnds")) {
            return new Command.DrillEnds(Fields.text(json, "drillEnds"), Fields.text(json, "why"), nobody -> {});
        }
        if (json.containsKey("remarked")) {
            return new Command.Remarked(RemarkJson.decode(json), nobody -> {});
        }
        return new Command.Cut(Fields.text(json, "member"), Fields.number(json, "cut"));
    }
}
