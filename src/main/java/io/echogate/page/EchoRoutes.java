package io.echogate.page;

import io.echogate.clock.Clock;
import io.echogate.model.Ask;
import io.echogate.model.Beat;
import io.echogate.model.Fleet;
import io.echogate.model.LookUp;
import io.echogate.model.Member;
import io.echogate.model.Strip;
import io.echogate.model.Timing;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One member's newest questions with where their time went, by {@code GET /-/api/v1/members/NAME/echoes}: from the
 * published snapshot alone, so that no database is waited for. Confined to the page's loop.
 */
final class EchoRoutes {
    private final Clock clock;
    private final Supplier<Fleet> fleet;
    private final Insight insight;

    EchoRoutes(Clock clock, Supplier<Fleet> fleet, Insight insight) {
        this.clock = clock;
        this.fleet = fleet;
        this.insight = insight;
    }

    void routes(Router router) {
        router.route("/-/api/v1/members/:name/echoes").handler(ctx -> Routes.read(ctx, this::echoes));
    }

    private void echoes(RoutingContext ctx) {
        String name = String.valueOf(ctx.pathParam("name"));
        Fleet now = fleet.get();
        Member member = now.member(name);
        if (member == null) {
            OrderDoor.error(ctx, 404, "no member " + Wanted.shown(name));
        } else {
            Routes.json(ctx, echoes(member).put("at", FleetJson.time(now.at())));
        }
    }

    private JsonObject echoes(Member m) {
        return new JsonObject()
                .put("member", m.name())
                .put("host", host(m.host().strip()))
                .put("service", m.ask() == Ask.ICMP ? null : service(m.service().strip()))
                .put("lookUp", lookUp(insight.lookUp(m.name())))
                .put("promise", insight.promise().json(m.ask()));
    }

    private static JsonArray host(Strip strip) {
        JsonArray echoes = new JsonArray();
        strip.forEach(beat -> echoes.add(echo(beat)));
        return echoes;
    }

    private static JsonArray service(Strip strip) {
        JsonArray echoes = new JsonArray();
        for (int i = 0; i < strip.size(); i++) {
            Timing timing = strip.timing(i);
            echoes.add(echo(strip.get(i))
                    .put("status", strip.status(i) == 0 ? null : strip.status(i))
                    .put("resolveMillis", FleetJson.millis(timing.resolved()))
                    .put("connectMillis", FleetJson.millis(timing.connected()))
                    .put("firstByteMillis", FleetJson.millis(timing.firstByte()))
                    .put("totalMillis", FleetJson.millis(timing.total())));
        }
        return echoes;
    }

    private static JsonObject echo(Beat beat) {
        return new JsonObject()
                .put("at", FleetJson.time(beat.at()))
                .put("outcome", beat.outcome().name())
                .put("rttMillis", FleetJson.millis(beat.rttNanos()));
    }

    private @Nullable JsonObject lookUp(@Nullable LookUp newest) {
        return newest == null
                ? null
                : new JsonObject()
                        .put("at", FleetJson.time(clock.wallOf(newest.endedNanos())))
                        .put("tookMillis", FleetJson.millis(newest.tookNanos()))
                        .put("failure", newest.failure());
    }
}
