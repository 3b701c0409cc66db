package io.echogate.page;

import io.echogate.clock.Clock;
import io.echogate.model.RequestTrace;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.Set;

/**
 * The last requests with who was tried and why, and a live tail of them. The loops that carry are only read: a tail looks
 * four times a second, and who does not keep up is told how many were left out. Confined to the page's loop.
 */
final class RequestRoutes {
    private static final long LOOK_MILLIS = 250;
    private static final int MOST_TAILS = 50;

    /** Lines of one look; more are left out. */
    private static final int MOST_AT_ONCE = 500;

    private final Vertx vertx;
    private final Clock clock;
    private final Requests requests;
    private final Set<ServerWebSocket> tails = new HashSet<>();

    RequestRoutes(Vertx vertx, Clock clock, Requests requests) {
        this.vertx = vertx;
        this.clock = clock;
        this.requests = requests;
    }

    void list(RoutingContext ctx) {
        try {
            RequestFilter filter = RequestFilter.of(ctx.queryParams());
            Routes.json(ctx, RequestJson.all(filter.of(requests.newest()), clock));
        } catch (IllegalArgumentException e) {
            Routes.line(ctx.response(), 400, e.getMessage() + ".");
        }
    }

    void tail(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        if (!Guard.sameOrigin(request.headers())) {
            Routes.line(ctx.response(), 403, "Origin not allowed.");
        } else if (!request.canUpgradeToWebSocket()) {
            ctx.response().putHeader("Upgrade", "websocket");
            Routes.line(ctx.response(), 426, "This is a WebSocket.");
        } else if (tails.size() >= MOST_TAILS) {
            Routes.line(ctx.response(), 503, "Too many viewers.");
        } else {
            try {
                RequestFilter filter = RequestFilter.of(ctx.queryParams());
                request.toWebSocket().onSuccess(socket -> join(socket, filter));
            } catch (IllegalArgumentException e) {
                Routes.line(ctx.response(), 400, e.getMessage() + ".");
            }
        }
    }

    private void join(ServerWebSocket socket, RequestFilter filter) {
        tails.add(socket);
        socket.setWriteQueueMaxSize(Viewer.QUEUE_BYTES);
        Requests.Tail tail = requests.tail();
        long[] skipped = {0};
        long timer = vertx.setPeriodic(LOOK_MILLIS, id -> skipped[0] = send(socket, filter, tail, skipped[0]));
        socket.closeHandler(x -> {
            vertx.cancelTimer(timer);
            tails.remove(socket);
        });
        socket.exceptionHandler(x -> {});
    }

    /** Sends what has ended since the last look; gives how many could not be sent and were not yet told of. */
    private long send(ServerWebSocket socket, RequestFilter filter, Requests.Tail tail, long skippedBefore) {
        var ended = tail.next();
        long skipped = skippedBefore + tail.lost();
        int room = MOST_AT_ONCE;
        for (RequestTrace t : ended) {
            if (!filter.takes(t)) {
                continue;
            }
            if (room-- > 0 && !socket.isClosed() && !socket.writeQueueFull()) {
                socket.writeFinalTextFrame(RequestJson.one(t, clock).encode());
            } else {
                skipped++;
            }
        }
        if (skipped > 0 && !socket.isClosed() && !socket.writeQueueFull()) {
            socket.writeFinalTextFrame(new JsonObject().put("skipped", skipped).encode());
            return 0;
        }
        return skipped;
    }
}
