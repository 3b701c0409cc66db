package io.echogate.history;

import io.echogate.model.Cause;
import io.echogate.model.Incident;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Incidents ↔ JSON, as storage and recordings have them. Times are RFC 3339 UTC to the millisecond, durations nanoseconds;
 * what an incident does not have is left out.
 */
public final class IncidentJson {
    private IncidentJson() {}

    /** The whole of it. */
    public static JsonObject encode(Incident i) {
        JsonObject json = new JsonObject()
                .put("id", i.id())
                .put("seq", i.seq())
                .put("kind", i.kind().name())
                .put("subject", i.subject())
                .put("members", new JsonArray(i.members()))
                .put("cause", i.cause().name())
                .put("named", time(i.named()))
                .put("times", i.times())
                .put("drill", i.drill())
                .put("planned", i.planned())
                .put("timeline", array(i.timeline(), IncidentJson::entry))
                .put("leftOut", i.leftOut())
                .put("remarks", array(i.remarks(), IncidentJson::remark));
        put(json, "lastGood", i.lastGood());
        put(json, "firstBad", i.firstBad());
        put(json, "left", i.left());
        put(json, "ended", i.ended());
        put(json, "outage", i.outage());
        return i.promised() == null
                ? json
                : json.put("promisedNanos", i.promised().toNanos());
    }

    private static JsonObject entry(Incident.Entry e) {
        return new JsonObject()
                .put("at", time(e.at()))
                .put("type", e.type())
                .put("member", e.member())
                .put("text", e.text())
                .put("evidence", new JsonArray(e.evidence()));
    }

    private static JsonObject remark(Incident.Remark r) {
        return new JsonObject()
                .put("at", time(r.at()))
                .put("by", r.by())
                .put("text", r.text())
                .put("acknowledges", r.acknowledges());
    }

    private static <T> JsonArray array(List<T> all, Function<T, JsonObject> one) {
        JsonArray array = new JsonArray();
        all.forEach(t -> array.add(one.apply(t)));
        return array;
    }

    private static void put(JsonObject json, String name, @Nullable Instant at) {
        if (at != null) {
            json.put(name, time(at));
        }
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /**
     * What {@link #encode} has written.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    public static Incident decode(JsonObject json) {
        return new Incident(
                Fields.text(json, "id"),
                Fields.number(json, "seq"),
                Fields.word(Incident.Kind.class, json, "kind"),
                Fields.text(json, "subject"),
                texts(json, "members"),
                Fields.word(Cause.class, json, "cause"),
                timeOrNull(json, "lastGood"),
                timeOrNull(json, "firstBad"),
                timeOrNull(json, "left"),
                time(json, "named"),
                timeOrNull(json, "ended"),
                count(json, "times"),
                json.containsKey("promisedNanos") ? Duration.ofNanos(Fields.number(json, "promisedNanos")) : null,
                Fields.flag(json, "drill"),
                Fields.flag(json, "planned"),
                timeOrNull(json, "outage"),
                objects(json, "timeline", IncidentJson::entryOf),
                count(json, "leftOut"),
                objects(json, "remarks", IncidentJson::remarkOf));
    }

    private static Incident.Entry entryOf(JsonObject json) {
        return new Incident.Entry(
                time(json, "at"),
                Fields.text(json, "type"),
                Fields.text(json, "member"),
                Fields.text(json, "text"),
                texts(json, "evidence"));
    }

    private static Incident.Remark remarkOf(JsonObject json) {
        return new Incident.Remark(
                time(json, "at"),
                Fields.text(json, "by"),
                Fields.text(json, "text"),
                Fields.flag(json, "acknowledges"));
    }

    private static <T> List<T> objects(JsonObject json, String name, Function<JsonObject, T> one) {
        return Fields.objects(json, name).stream().map(one).toList();
    }

    private static List<String> texts(JsonObject json, String name) {
        return Fields.array(json, name).stream().map(t -> Fields.text(t, name)).toList();
    }

    private static int count(JsonObject json, String name) {
        long number = Fields.number(json, name);
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + " is no count");
        }
        return (int) number;
    }

    private static @Nullable Instant timeOrNull(JsonObject json, String name) {
        return json.containsKey(name) ? time(json, name) : null;
    }

    private static Instant time(JsonObject json, String name) {
        return Fields.time(json, name);
    }
}
