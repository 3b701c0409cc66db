package io.echogate.history;

import io.echogate.model.Detail;
import io.vertx.core.json.JsonObject;

/** What people say about incidents ↔ JSON. */
final class RemarkJson {
    private RemarkJson() {}

    static JsonObject encode(Detail.Remark remark) {
        return new JsonObject()
                .put("remarked", remark.incident())
                .put("by", remark.by())
                .put("text", remark.text())
                .put("acknowledges", remark.acknowledges());
    }

    static Detail.Remark decode(JsonObject json) {
        return new Detail.Remark(
                Fields.text(json, "remarked"),
                Fields.text(json, "by"),
                Fields.text(json, "text"),
                Fields.flag(json, "acknowledges"));
    }
}
