package io.echogate.page;

import io.echogate.model.Fleet;
import io.echogate.model.Member;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/**
 * Where whatever an operator wants comes in by {@code POST /-/api/v1/members/NAME/ACT}: on the admin listener only, not
 * from another site's page, with the token, as a small JSON object, about a member that there is. Every refusal is one
 * line of JSON. Confined to the page's loop.
 */
final class OrderDoor {
    private static final int MOST_BYTES = 4 * 1024;

    private final Supplier<Fleet> fleet;
    private final Control control;

    OrderDoor(Supplier<Fleet> fleet, Control control) {
        this.fleet = fleet;
        this.control = control;
    }

    /** What is done with an order that was let in. */
    @FunctionalInterface
    interface Act {
        /**
         * Carries it out and answers.
         *
         * @throws IllegalArgumentException says what is wrong with what is wanted
         */
        void take(RoutingContext ctx, Member member, Wanted wanted);
    }

    /** What is done with something that was let in. */
    @FunctionalInterface
    interface Said {
        /**
         * Carries it out and answers.
         *
         * @throws IllegalArgumentException says what is wrong with what is wanted
         */
        void take(RoutingContext ctx, Wanted wanted);
    }

    /** @param commands false where clients come in by: there nothing is taken */
    void route(Router router, String name, boolean commands, Act act) {
        route(router, "/-/api/v1/members/:name/" + name, commands, (ctx, wanted) -> {
            String member = String.valueOf(ctx.pathParam("name"));
            Member found = fleet.get().member(member);
            if (found == null) {
                error(ctx, 404, "no member " + Wanted.shown(member));
            } else if (found.ask().onlyWatches()) {
                error(ctx, 409, member + " is only watched: it never gets requests, so there is nothing to order");
            } else {
                act.take(ctx, found, wanted);
            }
        });
    }

    /** The same for any path. */
    void route(Router router, String path, boolean commands, Said act) {
        router.route(path).handler(ctx -> {
            if (!ctx.request().method().equals(HttpMethod.POST)) {
                ctx.response().putHeader("Allow", "POST");
                error(ctx, 405, "only POST");
            } else if (!commands) {
                error(ctx, 403, "orders are taken on the admin listener only (`admin`)");
            } else {
                receive(ctx, act);
            }
        });
    }

    private void receive(RoutingContext ctx, Said act) {
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
            body(ctx, act);
        }
    }

    private void body(RoutingContext ctx, Said act) {
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
                read(ctx, act, all);
            }
        });
    }

    private static void read(RoutingContext ctx, Said act, Buffer body) {
        try {
            act.take(ctx, new Wanted(body.length() == 0 ? new JsonObject() : new JsonObject(body)));
        } catch (DecodeException e) {
            error(ctx, 400, "the body is no JSON object");
        } catch (IllegalArgumentException | ClassCastException e) {
            error(ctx, 400, String.valueOf(e.getMessage()));
        }
    }

    static void error(RoutingContext ctx, int status, String why) {
        ctx.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(new JsonObject().put("error", why).toBuffer());
    }
}
