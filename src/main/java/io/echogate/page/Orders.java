package io.echogate.page;

import io.echogate.clock.Clock;
import io.echogate.model.Fleet;
import io.echogate.model.Intent;
import io.echogate.model.Member;
import io.echogate.model.Order;
import io.vertx.core.Context;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Operators' orders by {@code POST /-/api/v1/members/NAME/drain}, {@code maintenance} and {@code ready}. Answered once the
 * order is in force and stored. Confined to the page's loop.
 */
final class Orders {
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration DRAIN_DEADLINE = Duration.ofMinutes(5);
    private static final Duration LONGEST_DEADLINE = Duration.ofDays(1);
    private static final List<String> FIELDS = List.of("by", "why", "for", "deadline", "force");

    private final Clock clock;
    private final Context context;
    private final Supplier<Fleet> fleet;
    private final Control control;
    private final OrderDoor door;
    private final Duration maintenanceDeadline;

    /** @param maintenanceDeadline how long what runs at a member has to finish when it goes into maintenance */
    Orders(
            Clock clock,
            Context context,
            Supplier<Fleet> fleet,
            Control control,
            OrderDoor door,
            Duration maintenanceDeadline) {
        this.clock = clock;
        this.context = context;
        this.fleet = fleet;
        this.control = control;
        this.door = door;
        this.maintenanceDeadline = maintenanceDeadline;
    }

    /** @param commands false where clients come in by: there nothing is taken */
    void routes(Router router, boolean commands) {
        for (Intent intent : Intent.values()) {
            String act = intent.name().toLowerCase(Locale.ROOT);
            door.route(router, act, commands, (ctx, member, wanted) -> give(ctx, intent, member, wanted));
        }
    }

    private void give(RoutingContext ctx, Intent intent, Member member, Wanted wanted) {
        control.desk()
                .order(
                        member.name(),
                        order(intent, wanted),
                        wanted.force(),
                        outcome -> context.runOnContext(x -> answer(ctx, member.index(), outcome)));
    }

    private Order order(Intent intent, Wanted wanted) {
        wanted.only(FIELDS);
        String by = wanted.by();
        String why = wanted.why();
        Instant now = clock.now();
        Duration holds = wanted.duration("for", SHORTEST, LONGEST);
        if (intent == Intent.READY) {
            if (holds != null || wanted.has("deadline")) {
                throw new IllegalArgumentException("for and deadline have no meaning with ready");
            }
            return Order.ready(by, why, now);
        }
        Duration usual = intent == Intent.DRAIN ? DRAIN_DEADLINE : maintenanceDeadline;
        Duration deadline = wanted.duration("deadline", Duration.ZERO, LONGEST_DEADLINE);
        Instant until = holds == null ? null : now.plus(holds);
        return new Order(intent, by, why, now, until, now.plus(deadline == null ? usual : deadline), Order.NEVER);
    }

    private void answer(RoutingContext ctx, int member, Desk.Outcome outcome) {
        if (!outcome.holds()) {
            OrderDoor.error(ctx, 409, outcome.why() + "; `force` overrides this");
        } else if (outcome.why() != null) {
            OrderDoor.error(
                    ctx,
                    500,
                    "the order holds, but could not be stored, so a restart would forget it: " + outcome.why());
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
}
