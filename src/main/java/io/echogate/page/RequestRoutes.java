package io.echogate.page;

import io.echogate.clock.Clock;
import io.echogate.model.RequestTrace;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
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

    /** Where clients come in by, nobody is told of other clients' requests. */
    static void hidden(RoutingContext ctx) {
        Routes.line(ctx.response(), 403, "Requests are shown on the admin listener only.");
    }

    void list(RoutingContext ctx) {
        try {
            RequestFilter filter = RequestFilter.of(ctx.queryParams());
            Routes.json(ctx, RequestJson.all(requests.newest(filter::takes, filter.limit()), clock));
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
        Tail tail = new Tail(socket, filter, requests.tail());
        tails.add(socket);
        long timer = vertx.setPeriodic(LOOK_MILLIS, id -> tail.look(clock));
        socket.setWriteQueueMaxSize(Viewer.QUEUE_BYTES);
        socket.frameHandler(frame -> tail.heard(frame, clock.nanos()));
        socket.closeHandler(x -> {
            vertx.cancelTimer(timer);
            tails.remove(socket);
        });
        socket.exceptionHandler(x -> {});
    }

    /** One viewer, who has nothing to say. */
    private static final class Tail {
        private static final short POLICY = 1008;

        private final ServerWebSocket socket;
        private final RequestFilter filter;
        private final Requests.Tail ended;
        private long skipped;
        private long windowStart;
        private int frames;

        Tail(ServerWebSocket socket, RequestFilter filter, Requests.Tail ended) {
            this.socket = socket;
            this.filter = filter;
            this.ended = ended;
        }

        /** Sends what has ended since the last look, as far as there is room, and how many were left out. */
        void look(Clock clock) {
            int room = MOST_AT_ONCE;
            for (RequestTrace t : ended.next()) {
                if (filter.takes(t) && (room-- <= 0 || !send(RequestJson.one(t, clock)))) {
                    skipped++;
                }
            }
            skipped += ended.lost();
            if (skipped > 0 && send(new JsonObject().put("skipped", skipped))) {
                skipped = 0;
            }
        }

        private boolean send(JsonObject message) {
            if (socket.isClosed() || socket.writeQueueFull()) {
                return false;
            }
            socket.writeFinalTextFrame(message.encode());
            return true;
        }

        void heard(WebSocketFrame frame, long nanos) {
            if (nanos - windowStart > Viewer.WINDOW_NANOS) {
                windowStart = nanos;
                frames = 0;
            }
            if (!frame.isClose() && ++frames > Viewer.FRAMES && !socket.isClosed()) {
                socket.close(POLICY, "too many messages");
            }
        }
    }
}
