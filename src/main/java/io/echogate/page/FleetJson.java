package io.echogate.page;

import io.echogate.model.Ask;
import io.echogate.model.Event;
import io.echogate.model.Fleet;
import io.echogate.model.HostView;
import io.echogate.model.Intent;
import io.echogate.model.Member;
import io.echogate.model.Order;
import io.echogate.model.ServiceView;
import io.echogate.model.Strip;
import io.echogate.model.Timing;
import io.echogate.model.Trips;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** The fleet and its events as the documented JSON. Times are RFC 3339 UTC with milliseconds. Pure. */
final class FleetJson {
    private static final DateTimeFormatter RFC_3339 = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private FleetJson() {}

    /** The snapshot of {@code GET /-/api/v1/fleet}. */
    static JsonObject fleet(Fleet fleet, Setting setting, Instant now, IntUnaryOperator running) {
        JsonArray members = new JsonArray();
        for (Member m : fleet.members()) {
            members.add(member(m, fleet.chosen(m)).put("running", running.applyAsInt(m.index())));
        }
        JsonArray watched = new JsonArray();
        fleet.watched().forEach(m -> watched.add(watched(m)));
        return head(fleet, setting, now).put("members", members).put("watched", watched);
    }

    /** Everything of the snapshot but its members and who is only watched. */
    static JsonObject head(Fleet fleet, Setting setting, Instant now) {
        return new JsonObject()
                .put("epoch", fleet.epoch())
                .put("seq", fleet.seq())
                .put("at", time(fleet.at()))
                .put("now", time(now))
                .put("isolated", fleet.isolated())
                .put("icmp", icmp(fleet))
                .put("drill", DrillJson.drill(fleet.drill()))
                .put("listen", setting.listen())
                .put("pollFreqMillis", setting.pollFreqMillis())
                .put("staleAfterMillis", setting.staleAfterMillis());
    }

    static JsonObject icmp(Fleet fleet) {
        return new JsonObject()
                .put("mode", fleet.icmp().mode().name())
                .put("remedy", fleet.icmp().remedy());
    }

    /** One of the pool. */
    static JsonObject member(Member m, boolean chosen) {
        return judged(m)
                .put("order", m.intent() == Intent.READY ? null : order(m.order()))
                .put("serving", m.serving())
                .put("servingSince", time(m.servingSince()))
                .put("chosen", chosen)
                .put("weight", m.standing().weight())
                .put("priority", m.standing().tier())
                .put("host", host(m.host()))
                .put("service", service(m.service()));
    }

    /** One of the pool as the stream has it: what would be another with each echo though nothing happened is left out. */
    static JsonObject live(Member m, boolean chosen) {
        JsonObject json = member(m, chosen);
        json.getJsonObject("service").put("detail", steady(m.service()));
        return json;
    }

    /** One who is only watched, likewise. */
    static JsonObject liveWatched(Member m) {
        JsonObject json = watched(m);
        if (m.ask() != Ask.ICMP) {
            json.getJsonObject("service").put("detail", steady(m.service()));
        }
        return json;
    }

    /** The newest answer's evidence without how long it took: {@code timing} says that. */
    static String steady(ServiceView service) {
        String detail = service.detail();
        int took = detail.endsWith(" ms") ? detail.lastIndexOf(" in ") : -1;
        boolean figure = took > 0
                && detail.substring(took + 4, detail.length() - 3)
                        .chars()
                        .allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
        return figure ? detail.substring(0, took) : detail;
    }

    /** One who is only watched; without a service where there is none to ask. */
    static JsonObject watched(Member m) {
        return judged(m)
                .put("kind", m.ask().name().toLowerCase(Locale.ROOT))
                .put("host", host(m.host()))
                .put("service", m.ask() == Ask.ICMP ? null : service(m.service()));
    }

    private static JsonObject judged(Member m) {
        return new JsonObject()
                .put("name", m.name())
                .put("url", m.url())
                .put("group", m.group())
                .put("address", address(m.address()))
                .put("state", m.state().name())
                .put("cause", m.cause().name())
                .put("causeWords", m.cause().words())
                .put("why", m.verdict().why())
                .put("since", time(m.since()))
                .put("intent", m.intent().name());
    }

    /** Who wants it, why, since when, until when, and when what still runs there is cut. */
    static JsonObject order(Order order) {
        return new JsonObject()
                .put("by", order.by())
                .put("why", order.why())
                .put("since", time(order.since()))
                .put("until", time(order.until()))
                .put("deadline", time(order.deadline()));
    }

    private static JsonObject host(HostView host) {
        JsonObject json = new JsonObject()
                .put("state", host.state().name())
                .put("rttMillis", millis(host.rttNanos()))
                .put("lossPercent", Math.round(host.lossPercent() * 10) / 10.0)
                .put("lastEchoAt", time(host.lastEchoAt()));
        return spread(json, host.strip());
    }

    private static JsonObject service(ServiceView service) {
        JsonObject json = new JsonObject()
                .put("state", service.state().name())
                .put("rttMillis", millis(service.rttNanos()))
                .put("status", service.status() == 0 ? null : service.status())
                .put("lastEchoAt", time(service.lastEchoAt()))
                .put("detail", service.detail())
                .put("timing", timing(service.timing()));
        return spread(json, service.strip());
    }

    private static JsonObject spread(JsonObject json, Strip strip) {
        Trips trips = Trips.of(strip);
        return json.put("jitterMillis", millis(trips.jitterNanos()))
                .put("p50Millis", millis(trips.p50Nanos()))
                .put("p95Millis", millis(trips.p95Nanos()))
                .put("p99Millis", millis(trips.p99Nanos()));
    }

    private static @Nullable JsonObject timing(@Nullable Timing timing) {
        return timing == null
                ? null
                : new JsonObject()
                        .put("connectMillis", millis(timing.connected()))
                        .put("firstByteMillis", millis(timing.firstByte()))
                        .put("totalMillis", millis(timing.total()));
    }

    private static @Nullable String address(@Nullable InetSocketAddress address) {
        if (address == null) {
            return null;
        }
        String host = address.getAddress() == null
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        if (address.getPort() == 0) {
            return host;
        }
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + address.getPort() : host + ":" + address.getPort();
    }

    /** The answer of {@code GET /-/api/v1/events}: what happened after that number, oldest first. */
    static JsonObject events(Fleet fleet, long after, int limit) {
        List<Event> later = fleet.events().stream().filter(e -> e.seq() > after).toList();
        return new JsonObject()
                .put("epoch", fleet.epoch())
                .put("seq", fleet.seq())
                .put("more", later.size() > limit)
                .put("events", events(later.subList(0, Math.min(limit, later.size()))));
    }

    static JsonArray events(Collection<Event> events) {
        JsonArray all = new JsonArray();
        events.forEach(e -> all.add(event(e)));
        return all;
    }

    private static JsonObject event(Event e) {
        return new JsonObject()
                .put("seq", e.seq())
                .put("at", time(e.at()))
                .put("type", e.type())
                .put("member", e.member())
                .put("from", e.from().name())
                .put("to", e.to().name())
                .put("cause", e.cause().name())
                .put("causeWords", e.cause().words())
                .put("why", e.why())
                .put("evidence", new JsonArray(e.evidence()));
    }

    static @Nullable String time(@Nullable Instant at) {
        return at == null ? null : RFC_3339.format(at);
    }

    /** Milliseconds with at most three decimals, or null for {@link Timing#UNREACHED}. */
    static @Nullable Double millis(long nanos) {
        return nanos < 0 ? null : Math.round(nanos / 1_000.0) / 1_000.0;
    }
}
