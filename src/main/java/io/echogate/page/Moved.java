package io.echogate.page;

import io.echogate.model.Fleet;
import io.echogate.model.Member;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.function.IntToLongFunction;

/** Members that are others than before: whole when something happened, else by their figures alone. */
final class Moved {
    private final IntToLongFunction next;
    private final JsonArray members = new JsonArray();
    private final JsonArray watched = new JsonArray();
    private final JsonArray askedNext = new JsonArray();
    private final JsonArray nextMillis = new JsonArray();
    private final Figures figures;

    /** @param next milliseconds until the one of that index is asked next, or -1 */
    Moved(Instant at, IntToLongFunction next) {
        this.figures = new Figures(at);
        this.next = next;
    }

    @SuppressWarnings("ReferenceEquality") // a snapshot carries unchanged members over as they are
    void member(Fleet before, Fleet now, int index) {
        Member was = before.at(index);
        Member is = now.at(index);
        boolean chosen = now.chosen(is);
        boolean other = chosen != before.chosen(was);
        if (was == is && !other) {
            return;
        }
        next(index);
        if (other || !Figures.only(was, is) || !figures.add(was, is)) {
            members.add(FleetJson.live(is, chosen).put("strips", Changes.strips(was, is)));
        }
    }

    @SuppressWarnings("ReferenceEquality") // likewise
    void watched(Member was, Member is) {
        if (was == is) {
            return;
        }
        next(is.index());
        if (!Figures.only(was, is) || !figures.add(was, is)) {
            watched.add(FleetJson.liveWatched(is).put("strips", Changes.strips(was, is)));
        }
    }

    private void next(int index) {
        askedNext.add(index);
        nextMillis.add(next.applyAsLong(index));
    }

    void into(JsonObject change) {
        change.put("members", members).put("watched", watched);
        JsonObject columns = figures.json();
        if (columns != null) {
            change.put("figures", columns);
        }
        if (!askedNext.isEmpty()) {
            change.put("next", new JsonObject().put("i", askedNext).put("millis", nextMillis));
        }
    }
}
