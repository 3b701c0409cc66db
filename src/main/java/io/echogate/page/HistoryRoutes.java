package io.echogate.page;

import io.echogate.clock.Clock;
import io.echogate.history.Archive;
import io.echogate.history.Days;
import io.echogate.history.History;
import io.echogate.history.IncidentText;
import io.echogate.history.IncidentView;
import io.echogate.history.Series;
import io.echogate.history.StoredIncident;
import io.echogate.model.Detail;
import io.vertx.core.Context;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Questions about the past, answered from the archive's threads; and what people say about incidents. Confined to the
 * page's loop.
 */
final class HistoryRoutes {
    private static final String ROOT = "/-/api/v1/";
    private static final List<String> RANGE = List.of("from", "to", "last");
    private static final int MOST = 500;
    private static final int USUAL = 100;
    private static final long MOST_ID = 999_999_999_999_999_999L;
    private static final int MOST_MEMBERS = 1_000;
    private static final int MOST_DAYS = 366;
    private static final int USUAL_DAYS = 90;

    /** Minutes: no place on earth is farther from UTC. */
    private static final int MOST_OFFSET = 18 * 60;

    private static final int MOST_TEXT = 1_000;
    private static final List<String> SAID = List.of("by", "text");

    private final Clock clock;
    private final Context context;
    private final @Nullable History history;
    private final Control control;
    private final OrderDoor door;

    HistoryRoutes(Clock clock, Context context, @Nullable History history, Control control, OrderDoor door) {
        this.clock = clock;
        this.context = context;
        this.history = history;
        this.control = control;
        this.door = door;
    }

    /** @param commands false where clients come in by: there nothing is taken */
    void routes(Router router, boolean commands) {
        get(router, "history", List.of("member", "metric", "from", "to", "last", "step"), this::figures);
        get(router, "history/events", List.of("member", "type", "from", "to", "last", "before", "limit"), this::events);
        get(router, "incidents", List.of("open", "from", "to", "last", "before", "limit"), this::incidents);
        get(router, "record", RANGE, (archive, asked) -> archive.record(asked.range()));
        get(router, "availability", RANGE, (archive, asked) -> archive.availability(asked.range()));
        get(router, "availability/days", List.of("member", "days", "offset"), this::days);
        router.route(ROOT + "incidents/:id").handler(ctx -> Routes.read(ctx, this::incident));
        say(router, "acknowledge", commands, true);
        say(router, "note", commands, false);
    }

    @FunctionalInterface
    private interface Question {
        CompletionStage<JsonObject> ask(Archive archive, RangeQuery asked);
    }

    private void get(Router router, String path, List<String> parameters, Question question) {
        Routes.get(router, ROOT + path, ctx -> answer(ctx, parameters, question, body -> Routes.json(ctx, body)));
    }

    private void answer(RoutingContext ctx, List<String> parameters, Question question, Consumer<JsonObject> show) {
        ask(
                ctx,
                archive -> {
                    RangeQuery asked = new RangeQuery(ctx.queryParams(), clock.now());
                    asked.only(parameters);
                    return question.ask(archive, asked);
                },
                show);
    }

    private <T extends @Nullable Object> void ask(
            RoutingContext ctx, Function<Archive, CompletionStage<T>> question, Consumer<T> show) {
        if (history == null) {
            nothing(ctx);
            return;
        }
        try {
            question.apply(history.archive())
                    .whenComplete((found, e) -> context.runOnContext(x -> {
                        if (e == null) {
                            show.accept(found);
                        } else {
                            failed(ctx, e instanceof CompletionException && e.getCause() != null ? e.getCause() : e);
                        }
                    }));
        } catch (IllegalArgumentException e) {
            failed(ctx, e);
        }
    }

    private static void nothing(RoutingContext ctx) {
        OrderDoor.error(ctx, 404, "nothing is remembered: `history.enabled` is false");
    }

    private static void failed(RoutingContext ctx, Throwable e) {
        String why = String.valueOf(e.getMessage());
        switch (e) {
            case IllegalArgumentException _ -> OrderDoor.error(ctx, 400, why);
            case IOException _ -> OrderDoor.error(ctx, 503, why);
            default -> ctx.fail(500, e);
        }
    }

    private CompletionStage<JsonObject> figures(Archive archive, RangeQuery asked) {
        List<String> members = members(asked);
        Duration step = asked.duration("step");
        Series series = series(asked.text("metric"));
        if (!series.ofMembers() && !members.isEmpty()) {
            throw new IllegalArgumentException("member has no meaning with metric=lag: it is of the monitor itself");
        }
        return archive.history(members, series, asked.range(), step == null ? 0 : step.toSeconds());
    }

    private static List<String> members(RangeQuery asked) {
        List<String> members = asked.all("member");
        if (members.size() > MOST_MEMBERS) {
            throw new IllegalArgumentException("member is there more than " + MOST_MEMBERS + " times");
        }
        return members;
    }

    private CompletionStage<JsonObject> days(Archive archive, RangeQuery asked) {
        int days = (int) asked.number("days", 1, MOST_DAYS, USUAL_DAYS);
        Duration offset = Duration.ofMinutes(asked.number("offset", -MOST_OFFSET, MOST_OFFSET, 0));
        return archive.days(new Days(clock.now(), days, offset), members(asked));
    }

    private static Series series(String metric) {
        for (Series series : Series.values()) {
            if (series.name().toLowerCase(Locale.ROOT).equals(metric)) {
                return series;
            }
        }
        String what = metric.isEmpty() ? "metric is missing" : "metric: " + Wanted.shown(metric) + " is unknown";
        throw new IllegalArgumentException(what + "; expected host, service, requests or lag");
    }

    private CompletionStage<JsonObject> events(Archive archive, RangeQuery asked) {
        long before = asked.number("before", 1, MOST_ID, 0);
        int limit = (int) asked.number("limit", 1, MOST, USUAL);
        return archive.events(asked.range(), asked.text("member"), asked.text("type"), before, limit);
    }

    private CompletionStage<JsonObject> incidents(Archive archive, RangeQuery asked) {
        int limit = (int) asked.number("limit", 1, MOST, USUAL);
        return archive.incidents(asked.range(), asked.flag("open"), asked.text("before"), limit);
    }

    private void incident(RoutingContext ctx) {
        String id = String.valueOf(ctx.pathParam("id"));
        boolean text = id.endsWith(".md");
        String wanted = text ? id.substring(0, id.length() - 3) : id;
        ask(ctx, archive -> archive.incident(wanted), found -> {
            if (found == null) {
                OrderDoor.error(ctx, 404, "no incident " + Wanted.shown(wanted));
            } else if (text) {
                markdown(ctx, found);
            } else {
                Routes.json(ctx, IncidentView.whole(found));
            }
        });
    }

    private static void markdown(RoutingContext ctx, StoredIncident found) {
        ctx.response()
                .putHeader("Content-Type", "text/markdown; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .end(IncidentText.of(found.incident(), found.toll()));
    }

    private void say(Router router, String act, boolean commands, boolean acknowledges) {
        door.route(router, ROOT + "incidents/:id/" + act, commands, (ctx, wanted) -> {
            if (history == null) {
                nothing(ctx);
                return;
            }
            wanted.only(SAID);
            String text = wanted.text("text", MOST_TEXT);
            if (text.isEmpty() && !acknowledges) {
                throw new IllegalArgumentException("text is missing");
            }
            Detail.Remark remark =
                    new Detail.Remark(String.valueOf(ctx.pathParam("id")), wanted.by(), text, acknowledges);
            control.desk().remark(remark, outcome -> context.runOnContext(x -> said(ctx, remark, outcome)));
        });
    }

    private void said(RoutingContext ctx, Detail.Remark remark, Desk.Outcome outcome) {
        if (!outcome.holds()) {
            String why = String.valueOf(outcome.why());
            ask(
                    ctx,
                    archive -> archive.incident(remark.incident()),
                    found -> OrderDoor.error(ctx, found == null ? 404 : 409, why));
        } else if (outcome.why() != null) {
            OrderDoor.error(ctx, 500, "it is noted, but not stored yet: " + outcome.why());
        } else {
            Routes.json(
                    ctx,
                    new JsonObject()
                            .put("incident", remark.incident())
                            .put("by", remark.by())
                            .put("text", remark.text())
                            .put("acknowledges", remark.acknowledges()));
        }
    }

    /** How remembering goes. */
    JsonObject status() {
        return HistoryJson.status(history);
    }

    /** The fleet at a past moment. */
    void fleetAt(RoutingContext ctx) {
        answer(
                ctx,
                List.of("at"),
                (archive, asked) -> {
                    Instant at = asked.time("at");
                    return archive.fleet(at == null ? clock.now() : at);
                },
                body -> Routes.json(ctx, body));
    }
}
