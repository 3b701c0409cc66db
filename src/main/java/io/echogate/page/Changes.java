package io.echogate.page;

import io.echogate.model.Beat;
import io.echogate.model.Event;
import io.echogate.model.Fleet;
import io.echogate.model.Incident;
import io.echogate.model.Member;
import io.echogate.model.Strip;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** The messages of the live stream, worked out from two snapshots. Pure. */
final class Changes {
    /** Events in a snapshot message; older ones are had from {@code GET /-/api/v1/events}. */
    static final int SNAPSHOT_EVENTS = 200;

    private Changes() {}

    /**
     * Everything a viewer needs to begin with.
     *
     * @param next milliseconds from {@code now} until the one of that index is asked next, or -1
     */
    static JsonObject snapshot(Fleet fleet, Setting setting, Instant now, JsonObject rates, IntToLongFunction next) {
        JsonArray members = new JsonArray();
        JsonArray nexts = new JsonArray();
        for (Member m : fleet.members()) {
            members.add(FleetJson.live(m, fleet.chosen(m)).put("strips", strips(null, m)));
        }
        JsonArray watched = new JsonArray();
        fleet.watched().forEach(m -> watched.add(FleetJson.liveWatched(m).put("strips", strips(null, m))));
        fleet.everybody().forEach(m -> nexts.add(next.applyAsLong(m.index())));
        List<Event> events = fleet.events();
        return FleetJson.head(fleet, setting, now)
                .put("type", "snapshot")
                .put("outcomes", StripJson.legend())
                .put("members", members)
                .put("watched", watched)
                .put("next", nexts)
                .put("events", FleetJson.events(tail(events)))
                .put("incidents", LiveIncidents.json(LiveIncidents.of(fleet)))
                .put("rates", rates);
    }

    private static List<Event> tail(List<Event> events) {
        return events.subList(Math.max(0, events.size() - SNAPSHOT_EVENTS), events.size());
    }

    /**
     * What a viewer who holds {@code before} needs to hold {@code now}. Both have the same members.
     *
     * @param next as of {@link #snapshot}
     */
    static JsonObject change(Fleet before, Fleet now, Instant wall, JsonObject rates, IntToLongFunction next) {
        Moved moved = new Moved(now.at(), next);
        for (int i = 0; i < now.members().size(); i++) {
            moved.member(before, now, i);
        }
        for (int i = 0; i < now.watched().size(); i++) {
            moved.watched(before.watched().get(i), now.watched().get(i));
        }
        JsonObject change = new JsonObject()
                .put("type", "change")
                .put("epoch", now.epoch())
                .put("prev", before.seq())
                .put("seq", now.seq())
                .put("at", FleetJson.time(now.at()))
                .put("now", FleetJson.time(wall))
                .put("isolated", now.isolated())
                .put("events", FleetJson.events(newEvents(before, now)))
                .put("rates", rates);
        moved.into(change);
        return others(before, now, change);
    }

    private static JsonObject others(Fleet before, Fleet now, JsonObject change) {
        if (!Objects.equals(before.drill(), now.drill())) {
            change.put("drill", DrillJson.drill(now.drill()));
        }
        List<Incident> incidents = LiveIncidents.of(now);
        if (!LiveIncidents.same(LiveIncidents.of(before), incidents)) {
            change.put("incidents", LiveIncidents.json(incidents));
        }
        return before.icmp().equals(now.icmp()) ? change : change.put("icmp", FleetJson.icmp(now));
    }

    private static List<Event> newEvents(Fleet before, Fleet now) {
        long last = last(before);
        return last == last(now)
                ? List.of()
                : now.events().stream().filter(e -> e.seq() > last).toList();
    }

    private static long last(Fleet fleet) {
        return fleet.events().isEmpty() ? -1 : fleet.events().getLast().seq();
    }

    static JsonObject strips(@Nullable Member was, Member is) {
        JsonObject strips = new JsonObject();
        strips.put(
                "host", strip(was == null ? null : was.host().strip(), is.host().strip()));
        strips.put(
                "service",
                strip(was == null ? null : was.service().strip(), is.service().strip()));
        return strips;
    }

    private static JsonObject strip(@Nullable Strip was, Strip is) {
        List<Beat> added = was == null ? null : StripJson.added(was, is);
        return added == null
                ? StripJson.columns(is).put("whole", true)
                : StripJson.columns(added).put("whole", false);
    }

    /** True when a viewer must be told at once: a state, a cause, the choice, a drill or the word on ourselves is another. */
    static boolean urgent(Fleet before, Fleet now) {
        return before.epoch() != now.epoch()
                || before.changedSeq() != now.changedSeq()
                || before.isolated() != now.isolated()
                || last(before) != last(now)
                || !Objects.equals(before.drill(), now.drill())
                || !before.icmp().equals(now.icmp());
    }

    /** True when {@code now} can be told as a change: the same run, the same members in the same order. */
    static boolean comparable(Fleet before, Fleet now) {
        return before.epoch() == now.epoch()
                && sameNames(before.members(), now.members())
                && sameNames(before.watched(), now.watched());
    }

    private static boolean sameNames(List<Member> before, List<Member> now) {
        if (before.size() != now.size()) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            if (!before.get(i).name().equals(now.get(i).name())) {
                return false;
            }
        }
        return true;
    }
}
