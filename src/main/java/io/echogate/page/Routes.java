package io.echogate.page;

import io.echogate.clock.Clock;
import io.echogate.model.Fleet;
import io.echogate.model.Member;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is found under {@code /-/}; all but operators' orders is read-only. Confined to the page's loop. */
final class Routes {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;

    private final Assets assets;
    private final Setting setting;
    private final Clock clock;
    private final Supplier<Fleet> fleet;
    private final MetricsText metrics;
    private final Live live;
    private final Orders orders;
    private final Drills drills;
    private final RequestRoutes requests;
    private final EchoRoutes echoes;
    private final HistoryRoutes history;
    private final IntUnaryOperator running;
    private final @Nullable StatusRoutes status;
    private final String policy;

    Routes(
            Assets assets,
            Setting setting,
            Clock clock,
            Supplier<Fleet> fleet,
            MetricsText metrics,
            Live live,
            Orders orders,
            Drills drills,
            RequestRoutes requests,
            EchoRoutes echoes,
            HistoryRoutes history,
            IntUnaryOperator running,
            @Nullable StatusRoutes status) {
        this.assets = assets;
        this.setting = setting;
        this.clock = clock;
        this.fleet = fleet;
        this.metrics = metrics;
        this.live = live;
        this.orders = orders;
        this.drills = drills;
        this.requests = requests;
        this.echoes = echoes;
        this.history = history;
        this.running = running;
        this.status = status;
        this.policy = "default-src 'none'; script-src 'self' " + assets.importMapHash()
                + "; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
                + " frame-ancestors 'none'";
    }

    /** @param admin true on the admin listener, where orders are taken and clients' requests are shown */
    Router router(Vertx vertx, boolean admin) {
        Router router = Router.router(vertx);
        router.route().handler(this::secure);
        get(router, "/-/", ctx -> asset(ctx, assets.page(admin), "no-cache"));
        get(router, "/-", ctx -> redirect(ctx.response()));
        get(router, "/", ctx -> redirect(ctx.response()));
        get(router, "/-/api/v1/fleet", this::fleet);
        get(router, "/-/api/v1/events", this::events);
        get(router, "/-/api/v1/live", this::live);
        get(router, "/-/api/v1/requests", admin ? requests::list : RequestRoutes::hidden);
        get(router, "/-/api/v1/requests/live", admin ? requests::tail : RequestRoutes::hidden);
        get(router, "/-/api/v1/drill", admin ? drills::report : Drills::hidden);
        get(router, "/-/api/v1/openapi.json", ctx -> asset(ctx, assets.description(), "no-cache"));
        get(router, "/-/metrics", this::metrics);
        get(router, "/-/healthz", ctx -> line(ctx.response(), 200, "ok"));
        get(router, "/-/readyz", this::ready);
        orders.routes(router, admin);
        drills.routes(router, admin);
        echoes.routes(router);
        history.routes(router, admin);
        if (status != null) {
            status.routes(router);
        }
        for (String path : assets.paths()) {
            get(router, path, ctx -> asset(ctx, assets.at(path), "public, max-age=31536000, immutable"));
        }
        router.route().handler(ctx -> line(ctx.response(), 404, "Nothing here. The page is at /-/"));
        router.errorHandler(400, ctx -> line(ctx.response(), 400, "Malformed request."));
        router.errorHandler(500, ctx -> line(ctx.response(), 500, "Internal error."));
        return router;
    }

    static void get(Router router, String path, Handler<RoutingContext> handler) {
        router.route().path(path).handler(ctx -> {
            if (!path.equals(ctx.request().path())) {
                ctx.next();
            } else {
                read(ctx, handler);
            }
        });
    }

    /** Nothing but reading is done there. */
    static void read(RoutingContext ctx, Handler<RoutingContext> handler) {
        if (READING.contains(ctx.request().method())) {
            handler.handle(ctx);
        } else {
            ctx.response().putHeader("Allow", "GET, HEAD");
            line(ctx.response(), 405, "Only GET and HEAD.");
        }
    }

    private void secure(RoutingContext ctx) {
        ctx.response()
                .putHeader("Content-Security-Policy", policy)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin");
        ctx.next();
    }

    /** Answers instead of the router on the admin listener when the name in {@code Host} is not ours. */
    static void misdirected(HttpServerRequest request) {
        request.response().putHeader("X-Content-Type-Options", "nosniff");
        line(
                request.response(),
                FORBIDDEN,
                "Host not allowed: use an IP address, localhost, or the host name of `admin:`.");
    }

    private static void redirect(HttpServerResponse response) {
        response.putHeader("Location", "/-/");
        line(response, 302, "The page is at /-/");
    }

    private void fleet(RoutingContext ctx) {
        if (ctx.queryParams().contains("at")) {
            history.fleetAt(ctx);
        } else {
            json(
                    ctx,
                    FleetJson.fleet(fleet.get(), setting, clock.now(), running).put("history", history.status()));
        }
    }

    private void events(RoutingContext ctx) {
        Long after = number(ctx, "after", 0, Long.MAX_VALUE, 0);
        Long limit = number(ctx, "limit", 1, Fleet.EVENTS, Fleet.EVENTS);
        if (after == null) {
            line(ctx.response(), 400, "after: expected a sequence number, 0 or more.");
        } else if (limit == null) {
            line(ctx.response(), 400, "limit: expected a number from 1 to " + Fleet.EVENTS + ".");
        } else {
            json(ctx, FleetJson.events(fleet.get(), after, limit.intValue()));
        }
    }

    /** The query parameter, {@code absent} without it, or null when it is not one number within the bounds. */
    private static @Nullable Long number(RoutingContext ctx, String name, long min, long max, long absent) {
        var given = ctx.queryParam(name);
        if (given.isEmpty()) {
            return absent;
        }
        String text = given.getFirst();
        if (given.size() > 1 || !text.matches("[0-9]{1,18}")) {
            return null;
        }
        long value = Long.parseLong(text);
        return value < min || value > max ? null : value;
    }

    private void live(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        if (!Guard.sameOrigin(request.headers())) {
            live.refused();
            line(ctx.response(), FORBIDDEN, "Origin not allowed.");
        } else if (!request.canUpgradeToWebSocket()) {
            ctx.response().putHeader("Upgrade", "websocket");
            line(ctx.response(), 426, "This is a WebSocket.");
        } else if (!live.admits()) {
            line(ctx.response(), UNAVAILABLE, "Too many viewers.");
        } else {
            Long epoch = number(ctx, "epoch", 0, Long.MAX_VALUE, -1);
            Long after = number(ctx, "after", 0, Long.MAX_VALUE, -1);
            request.toWebSocket()
                    .onSuccess(socket -> live.join(socket, epoch == null ? -1 : epoch, after == null ? -1 : after));
        }
    }

    private void metrics(RoutingContext ctx) {
        ctx.response()
                .putHeader("Content-Type", metrics.contentType())
                .putHeader("Cache-Control", "no-store")
                .end(Buffer.buffer(metrics.write(fleet.get())));
    }

    private void ready(RoutingContext ctx) {
        if (fleet.get().members().stream().anyMatch(Member::serving)) {
            line(ctx.response(), 200, "ready");
        } else {
            line(ctx.response(), UNAVAILABLE, "Nobody serves.");
        }
    }

    static void json(RoutingContext ctx, JsonObject body) {
        ctx.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(body.toBuffer());
    }

    static void line(HttpServerResponse response, int status, String text) {
        response.setStatusCode(status)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .end(text + "\n");
    }

    static void asset(RoutingContext ctx, @Nullable Asset asset, String caching) {
        if (asset == null) {
            ctx.next();
            return;
        }
        HttpServerResponse response = ctx.response()
                .putHeader("Content-Type", asset.type())
                .putHeader("Cache-Control", caching)
                .putHeader("ETag", asset.etag());
        if (!response.headers().contains("Vary")) {
            response.putHeader("Vary", "Accept-Encoding");
        }
        String known = ctx.request().getHeader("If-None-Match");
        String accepted = ctx.request().getHeader("Accept-Encoding");
        if (known != null && known.contains(asset.etag())) {
            response.setStatusCode(304).end();
        } else if (accepted != null && accepted.contains("gzip")) {
            response.putHeader("Content-Encoding", "gzip").end(asset.gzip());
        } else {
            response.end(asset.plain());
        }
    }
}
