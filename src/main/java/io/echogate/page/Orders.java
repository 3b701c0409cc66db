package io.echogate.page;

import io.echogate.clock.Clock;
import io.echogate.config.Durations;
import io.echogate.model.Fleet;
import io.echogate.model.Intent;
import io.echogate.model.Member;
import io.echogate.model.Order;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Operators' orders by {@code POST /-/api/v1/members/NAME/drain}, {@code maintenance} and {@code ready}. Answered once the
 * order is in force and stored. Confined to the page's loop.
 */
final class Orders {
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration DRAIN_DEADLINE = Duration.ofMinutes(5);
    private static final Duration LONGEST_DEADLINE = Duration.ofDays(1);
    private static final int MOST_BYTES = 4 * 1024;
    private static final int MOST_WHY = 200;
    private static final int MOST_BY = 64;
    private static final Set<String> FIELDS = Set.of("by", "why", "for", "deadline", "force");

    private final Clock clock;
    private final Context context;
    private final Supplier<Fleet> fleet;
    private final Control control;
    private final Duration maintenanceDeadline;

    /** @param maintenanceDeadline how long what runs at a member has to finish when it goes into maintenance */
    Orders(Clock clock, Context context, Supplier<Fleet> fleet, Control control, Duration maintenanceDeadline) {
        this.clock = clock;
        this.context = context;
        this.fleet = fleet;
        this.control = control;
        this.maintenanceDeadline = maintenanceDeadline;
    }

    /** @param commands false where clients come in by: there nothing is taken */
    void routes(Router router, boolean commands) {
        for (Intent intent : Intent.values()) {
            String path = "/-/api/v1/members/:name/" + intent.name().toLowerCase(Locale.ROOT);
            router.route(path).handler(ctx -> {
                if (!ctx.request().method().equals(HttpMethod.POST)) {
                    ctx.response().putHeader("Allow", "POST");
                    error(ctx, 405, "only POST");
                } else if (!commands) {
                    error(ctx, 403, "orders are taken on the admin listener only (`admin`)");
                } else {
                    receive(ctx, intent);
                }
            });
        }
    }

    private void receive(RoutingContext ctx, Intent intent) {
        if (!Guard.sameOrigin(ctx.request().headers())) {
            error(ctx, 403, "Origin not allowed");
        } else if (control.token() == null) {
            error(ctx, 503, "no orders can be taken: " + control.noToken());
        } else if (!control.admits(ctx.request().getHeader("Authorization"))) {
            ctx.response().putHeader("WWW-Authenticate", "Bearer realm=\"echogate\"");
            error(
                    ctx,
                    401,
                    "the token is missing or wrong: it stands in " + control.tokenFile()
                            + " on the monitor's host; send it as `Authorization: Bearer TOKEN`");
        } else {
            body(ctx, intent);
        }
    }

    private void body(RoutingContext ctx, Intent intent) {
        HttpServerRequest request = ctx.request();
        Buffer all = Buffer.buffer();
        request.handler(part -> {
            if (all.length() <= MOST_BYTES) {
                all.appendBuffer(part);
            }
        });
        request.endHandler(end -> {
            if (all.length() > MOST_BYTES) {
                error(ctx, 413, "more than " + MOST_BYTES + " bytes");
            } else {
                read(ctx, intent, all);
            }
        });
    }

    private void read(RoutingContext ctx, Intent intent, Buffer body) {
        String name = String.valueOf(ctx.pathParam("name"));
        Member member = fleet.get().member(name);
        if (member == null) {
            error(ctx, 404, "no member " + shown(name));
            return;
        }
        try {
            JsonObject wanted = body.length() == 0 ? new JsonObject() : new JsonObject(body);
            Order order = order(intent, wanted);
            boolean force = flag(wanted);
            control.desk()
                    .order(
                            member.name(),
                            order,
                            force,
                            outcome -> context.runOnContext(x -> answer(ctx, member.index(), outcome)));
        } catch (DecodeException e) {
            error(ctx, 400, "the body is no JSON object");
        } catch (IllegalArgumentException | ClassCastException e) {
            error(ctx, 400, String.valueOf(e.getMessage()));
        }
    }

    private Order order(Intent intent, JsonObject wanted) {
        for (String field : wanted.fieldNames()) {
            if (!FIELDS.contains(field)) {
                throw new IllegalArgumentException(
                        shown(field) + " is unknown; expected by, why, for, deadline or force");
            }
        }
        String by = text(wanted, "by", MOST_BY);
        String why = text(wanted, "why", MOST_WHY);
        Instant now = clock.now();
        Duration holds = duration(wanted, "for", SHORTEST, LONGEST, null);
        if (intent == Intent.READY) {
            if (holds != null || wanted.containsKey("deadline")) {
                throw new IllegalArgumentException("for and deadline have no meaning with ready");
            }
            return Order.ready(by.isEmpty() ? "somebody" : by, why, now);
        }
        Duration usual = intent == Intent.DRAIN ? DRAIN_DEADLINE : maintenanceDeadline;
        Duration deadline = duration(wanted, "deadline", Duration.ZERO, LONGEST_DEADLINE, usual);
        return new Order(
                intent,
                by.isEmpty() ? "somebody" : by,
                why,
                now,
                holds == null ? null : now.plus(holds),
                deadline == null ? null : now.plus(deadline),
                Order.NEVER);
    }

    private static String text(JsonObject wanted, String field, int most) {
        Object value = wanted.getValue(field, "");
        if (!(value instanceof String text)) {
            throw new IllegalArgumentException(field + " is no text");
        }
        if (text.codePointCount(0, text.length()) > most || text.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    field + ": at most " + most + " characters, none of them a control character");
        }
        return text.strip();
    }

    private static @Nullable Duration duration(
            JsonObject wanted, String field, Duration min, Duration max, @Nullable Duration usual) {
        Object value = wanted.getValue(field);
        if (value == null) {
            return usual;
        }
        try {
            return Durations.of(String.valueOf(value), min, max);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
        }
    }

    private static boolean flag(JsonObject wanted) {
        Object value = wanted.getValue("force", false);
        if (value instanceof Boolean force) {
            return force;
        }
        throw new IllegalArgumentException("force is neither true nor false");
    }

    private void answer(RoutingContext ctx, int member, Desk.Outcome outcome) {
        if (!outcome.holds()) {
            error(ctx, 409, outcome.why() + "; `force` overrides this");
        } else if (outcome.why() != null) {
            error(ctx, 500, "the order holds, but could not be stored, so a restart would forget it: " + outcome.why());
        } else {
            Fleet now = fleet.get();
            Member m = now.at(member);
            JsonObject told = new JsonObject()
                    .put("member", m.name())
                    .put("intent", m.intent().name())
                    .mergeIn(FleetJson.order(m.order()))
                    .put("running", control.desk().running(member))
                    .put("epoch", now.epoch())
                    .put("seq", now.seq());
            Routes.json(ctx, told);
        }
    }

    private static String shown(String text) {
        return "`" + (text.length() > 80 ? text.substring(0, 80) + "…" : text) + "`";
    }

    private static void error(RoutingContext ctx, int status, String why) {
        ctx.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(new JsonObject().put("error", why).toBuffer());
    }
}
