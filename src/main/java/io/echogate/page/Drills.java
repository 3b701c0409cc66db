package io.echogate.page;

import io.echogate.clock.Clock;
import io.echogate.model.Drill;
import io.echogate.model.Member;
import io.vertx.core.Context;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Drills by {@code POST /-/api/v1/members/NAME/drill}, and what the newest one has shown. They are orders like the others:
 * a failure that is played changes where requests go. Confined to the page's loop.
 */
final class Drills {
    private static final String END = "end";
    private static final Duration USUAL = Duration.ofSeconds(30);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MOST_MODE = 16;
    private static final List<String> FIELDS = List.of("mode", "for", "by", "why", "force");
    private static final List<String> END_FIELDS = List.of("mode", "by");

    private final Clock clock;
    private final Context context;
    private final Desk desk;
    private final OrderDoor door;

    Drills(Clock clock, Context context, Desk desk, OrderDoor door) {
        this.clock = clock;
        this.context = context;
        this.desk = desk;
        this.door = door;
    }

    /** @param commands false where clients come in by: there nothing is taken */
    void routes(Router router, boolean commands) {
        door.route(router, "drill", commands, this::take);
    }

    /** What the drill that lasts, or the last one, has shown. */
    void report(RoutingContext ctx) {
        Routes.json(ctx, DrillJson.answer(desk.drillReport()));
    }

    /** Where clients come in by, nobody is told how many of the other clients' requests failed. */
    static void hidden(RoutingContext ctx) {
        Routes.line(ctx.response(), 403, "Drills are reported on the admin listener only.");
    }

    private void take(RoutingContext ctx, Member member, Wanted wanted) {
        String mode = wanted.text("mode", MOST_MODE);
        wanted.only(mode.equals(END) ? END_FIELDS : FIELDS);
        if (mode.equals(END)) {
            desk.endDrill(member.name(), wanted.by(), outcome -> context.runOnContext(x -> answer(ctx, outcome)));
        } else {
            Drill drill = drill(member, mode(mode), wanted);
            desk.drill(drill, wanted.force(), outcome -> context.runOnContext(x -> answer(ctx, outcome)));
        }
    }

    private Drill drill(Member member, Drill.Mode mode, Wanted wanted) {
        Duration lasts = wanted.duration("for", SHORTEST, LONGEST);
        Instant now = clock.now();
        return new Drill(
                member.name(),
                mode,
                wanted.by(),
                wanted.why(),
                now,
                now.plus(lasts == null ? USUAL : lasts),
                clock.nanos());
    }

    private static Drill.Mode mode(String text) {
        for (Drill.Mode mode : Drill.Mode.values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(text)) {
                return mode;
            }
        }
        String what = text.isEmpty() ? "mode is missing" : "mode: " + Wanted.shown(text) + " is unknown";
        throw new IllegalArgumentException(what + "; expected freeze, refuse, off or end");
    }

    private void answer(RoutingContext ctx, Desk.Outcome outcome) {
        if (outcome.holds()) {
            report(ctx);
        } else {
            OrderDoor.error(ctx, 409, String.valueOf(outcome.why()));
        }
    }
}
