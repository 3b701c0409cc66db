package io.echogate.history;

import io.echogate.model.Event;
import io.echogate.model.Fleet;
import io.echogate.model.Member;
import io.echogate.model.Verdict;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What a snapshot changed, as JSON: its events, the verdicts that are others than before, who is in rotation. Two runs
 * that judge alike write the same bytes.
 */
public final class PublishedJson {
    private PublishedJson() {}

    /**
     * The difference between a snapshot and the one before it.
     *
     * @param start monotonic time of the recording's start
     */
    public static JsonObject of(Fleet before, Fleet now, long start) {
        JsonObject json = new JsonObject().put("seq", now.seq());
        if (now.isolated() != before.isolated()) {
            json.put("isolated", now.isolated());
        }
        JsonArray events = events(now, before.seq());
        if (!events.isEmpty()) {
            json.put("events", events);
        }
        JsonArray verdicts = verdicts(before, now, start);
        if (!verdicts.isEmpty()) {
            json.put("verdicts", verdicts);
        }
        List<String> rotation = names(now);
        return rotation.equals(names(before)) ? json : json.put("rotation", new JsonArray(rotation));
    }

    private static List<String> names(Fleet fleet) {
        return fleet.rotation().stream().map(Member::name).toList();
    }

    private static JsonArray events(Fleet now, long after) {
        JsonArray events = new JsonArray();
        for (Event e : now.events()) {
            if (e.seq() > after) {
                events.add(event(e));
            }
        }
        return events;
    }

    static JsonObject event(Event e) {
        return new JsonObject()
                .put("seq", e.seq())
                .put("at", e.at().toString())
                .put("type", e.type())
                .put("member", e.member())
                .put("from", e.from().name())
                .put("to", e.to().name())
                .put("cause", e.cause().name())
                .put("why", e.why())
                .put("evidence", new JsonArray(e.evidence()));
    }

    private static JsonArray verdicts(Fleet before, Fleet now, long start) {
        JsonArray verdicts = new JsonArray();
        add(verdicts, before.members(), now.members(), start);
        add(verdicts, before.watched(), now.watched(), start);
        return verdicts;
    }

    private static void add(JsonArray verdicts, List<Member> before, List<Member> now, long start) {
        for (int i = 0; i < now.size(); i++) {
            Verdict v = now.get(i).verdict();
            if (!v.equals(before.get(i).verdict())) {
                verdicts.add(new JsonObject()
                        .put("member", now.get(i).name())
                        .put("state", v.state().name())
                        .put("cause", v.cause().name())
                        .put("since", v.sinceNanos() - start)
                        .put("why", v.why()));
            }
        }
    }
}
