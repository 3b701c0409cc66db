package io.echogate.page;

import io.echogate.model.Ask;
import io.echogate.model.Beat;
import io.echogate.model.HostView;
import io.echogate.model.Member;
import io.echogate.model.ServiceView;
import io.echogate.model.Strip;
import io.echogate.model.Timing;
import io.echogate.model.Trips;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is another with each echo, of many members, as columns of whole numbers: a tenth of what the members themselves
 * would be. Times are microseconds, -1 for none. Pure but for what is gathered in it.
 */
final class Figures {
    private final Columns hosts;
    private final Columns services;
    private final JsonObject details = new JsonObject();

    /** @param at of the snapshot; times of echoes are told as milliseconds before it */
    Figures(Instant at) {
        this.hosts = new Columns(at);
        this.services = new Columns(at);
    }

    /** One kind of echo. */
    private static final class Columns {
        private final long at;
        private final JsonObject columns = new JsonObject();
        private final StringBuilder outcomes = new StringBuilder();

        Columns(Instant at) {
            this.at = at.toEpochMilli();
        }

        private void put(String column, @Nullable Object value) {
            JsonArray values = columns.getJsonArray(column);
            if (values == null) {
                values = new JsonArray();
                columns.put(column, values);
            }
            values.add(value);
        }

        private void micros(String column, long nanos) {
            put(column, nanos < 0 ? -1 : (nanos + 500) / 1_000);
        }

        void add(int index, long rttNanos, @Nullable Instant last, Strip strip, List<Beat> beats) {
            Trips trips = Trips.of(strip);
            put("i", index);
            micros("rtt", rttNanos);
            put("last", last == null ? null : at - last.toEpochMilli());
            micros("jitter", trips.jitterNanos());
            micros("p50", trips.p50Nanos());
            micros("p95", trips.p95Nanos());
            micros("p99", trips.p99Nanos());
            put("n", beats.size());
            for (Beat beat : beats) {
                put("t", at - beat.at().toEpochMilli());
                put("r", beat.rttNanos() < 0 ? -1 : beat.rttNanos() / 1_000);
                outcomes.append(StripJson.letter(beat.outcome()));
            }
        }

        @Nullable
        JsonObject json() {
            if (columns.isEmpty()) {
                return null;
            }
            columns.getMap().putIfAbsent("t", new JsonArray());
            columns.getMap().putIfAbsent("r", new JsonArray());
            return columns.put("o", outcomes.toString());
        }
    }

    /** True when nothing but figures is another. */
    static boolean only(Member was, Member is) {
        return was.verdict().equals(is.verdict())
                && was.since().equals(is.since())
                && was.order().equals(is.order())
                && was.serving() == is.serving()
                && Objects.equals(was.servingSince(), is.servingSince())
                && Objects.equals(was.address(), is.address())
                && was.standing().equals(is.standing())
                && was.host().state() == is.host().state()
                && was.service().state() == is.service().state()
                && was.service().status() == is.service().status();
    }

    /** Takes up one of whom {@link #only} is true; false when it must be sent whole, since a strip begins anew. */
    boolean add(Member was, Member is) {
        List<Beat> host = StripJson.added(was.host().strip(), is.host().strip());
        List<Beat> service = StripJson.added(was.service().strip(), is.service().strip());
        if (host == null || service == null) {
            return false;
        }
        if (!host.isEmpty() || differ(was.host(), is.host())) {
            add(is.index(), is.host(), host);
        }
        if (is.ask() != Ask.ICMP && (!service.isEmpty() || differ(was.service(), is.service()))) {
            add(is.index(), is.service(), service);
            detail(is.index(), FleetJson.steady(was.service()), FleetJson.steady(is.service()));
        }
        return true;
    }

    private static boolean differ(HostView was, HostView is) {
        return was.rttNanos() != is.rttNanos() || !Objects.equals(was.lastEchoAt(), is.lastEchoAt());
    }

    private static boolean differ(ServiceView was, ServiceView is) {
        return was.rttNanos() != is.rttNanos()
                || !Objects.equals(was.lastEchoAt(), is.lastEchoAt())
                || !Objects.equals(was.timing(), is.timing())
                || !was.detail().equals(is.detail());
    }

    private void add(int index, HostView host, List<Beat> beats) {
        hosts.add(index, host.rttNanos(), host.lastEchoAt(), host.strip(), beats);
        hosts.put("loss", Math.round(host.lossPercent() * 10));
    }

    private void add(int index, ServiceView service, List<Beat> beats) {
        services.add(index, service.rttNanos(), service.lastEchoAt(), service.strip(), beats);
        Timing timing = service.timing();
        services.micros("connect", timing == null ? -1 : timing.connected());
        services.micros("firstByte", timing == null ? -1 : timing.firstByte());
        services.micros("total", timing == null ? -1 : timing.total());
    }

    private void detail(int index, String was, String is) {
        if (!was.equals(is)) {
            details.put(String.valueOf(index), is);
        }
    }

    /** Null when there are none. */
    @Nullable
    JsonObject json() {
        JsonObject json = new JsonObject();
        put(json, "host", hosts.json());
        put(json, "service", services.json());
        put(json, "detail", details.isEmpty() ? null : details);
        return json.isEmpty() ? null : json;
    }

    private static void put(JsonObject json, String name, @Nullable JsonObject value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
