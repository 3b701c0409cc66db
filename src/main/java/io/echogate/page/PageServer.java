package io.echogate.page;

import io.echogate.clock.Clock;
import io.echogate.config.Config;
import io.echogate.config.HostPort;
import io.echogate.history.History;
import io.echogate.meter.Meters;
import io.echogate.model.Fleet;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page, its JSON, the live stream and the metrics, on the admin address and, when asked to, on a private Unix
 * socket for the relay. Has one event loop of its own, made and ended here; {@link #onFleet} may be called by any
 * thread, {@link #start} and {@link #close} by those that may wait.
 */
public final class PageServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PageServer.class);
    private static final long START_SECONDS = 10;
    private static final long CLOSE_SECONDS = 2;
    private static final int LINE_BYTES = 16 * 1024;
    private static final int HEAD_BYTES = 64 * 1024;
    private static final int VIEWER_MESSAGE_BYTES = 256;
    private static final int IDLE_SECONDS = 75;

    /** Connections, idle time and heads on the public's own listener. */
    private static final int MOST_PUBLIC = 1_000;

    private static final int PUBLIC_IDLE_SECONDS = 15;
    private static final int PUBLIC_HEAD_BYTES = 16 * 1024;

    private final Vertx vertx;
    private final Context context;
    private final Live live;
    private final List<HttpServer> servers = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable PrivateSocket socket;
    private int statusPort = -1;

    private PageServer(
            Vertx vertx,
            Clock clock,
            Meters meters,
            Setting setting,
            Fleet first,
            Desk desk,
            @Nullable History history) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.live = new Live(vertx, context, clock, meters, setting, first, desk, history);
    }

    /**
     * Listens, and returns once both listeners stand.
     *
     * @param fleet the newest snapshot; asked at each request
     * @param control takes operators' orders
     * @param requests the last ones, with their proofs
     * @param insight what there is to know of the asking
     * @param history what is remembered, or null
     * @param unixSocket where to listen for the relay as well, or null; its directory is made if it does not exist
     * @throws IOException names the address that cannot be listened on, and why
     */
    public static PageServer start(
            Config config,
            Clock clock,
            Meters meters,
            Supplier<Fleet> fleet,
            Control control,
            Requests requests,
            Insight insight,
            @Nullable History history,
            @Nullable Path unixSocket)
            throws IOException {
        Vertx vertx = vertx();
        PageServer server =
                new PageServer(vertx, clock, meters, Setting.of(config), fleet.get(), control.desk(), history);
        try {
            Assets assets = Assets.load();
            StatusRoutes status = server.status(config, assets, clock, fleet, history);
            Routes routes =
                    server.routes(config, assets, clock, meters, fleet, control, requests, insight, history, status);
            server.listen(config, routes, unixSocket);
            server.listen(config.status().listen(), status);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private @Nullable StatusRoutes status(
            Config config, Assets assets, Clock clock, Supplier<Fleet> fleet, @Nullable History history) {
        if (!config.status().enabled()) {
            return null;
        }
        StatusPast past =
                new StatusPast(vertx, context, clock, history, config.status().components());
        context.runOnContext(x -> past.start());
        return new StatusRoutes(config, assets, clock, fleet, past);
    }

    private Routes routes(
            Config config,
            Assets assets,
            Clock clock,
            Meters meters,
            Supplier<Fleet> fleet,
            Control control,
            Requests requests,
            Insight insight,
            @Nullable History history,
            @Nullable StatusRoutes status) {
        OrderDoor door = new OrderDoor(fleet, control);
        Duration maintenance = config.carry().drainTimeout();
        return new Routes(
                assets,
                Setting.of(config),
                clock,
                fleet,
                new MetricsText(meters),
                live,
                new Orders(clock, context, fleet, control, door, maintenance),
                new Drills(clock, context, control.desk(), door),
                new RequestRoutes(vertx, clock, requests),
                new EchoRoutes(clock, fleet, insight),
                new HistoryRoutes(clock, context, history, control, door),
                control.desk()::running,
                status);
    }

    private static Vertx vertx() {
        VertxOptions options = new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false));
        Transport epoll = Transport.EPOLL;
        Transport transport = epoll != null && epoll.available() ? epoll : Transport.NIO;
        return Vertx.builder().with(options).withTransport(transport).build();
    }

    private void listen(Config config, Routes routes, @Nullable Path unixSocket) throws IOException {
        Handler<HttpServerRequest> router = routes.router(vertx, true);
        String admin = config.admin().host();
        bind(SocketAddress.inetSocketAddress(config.admin().port(), admin), "admin " + config.admin(), request -> {
            if (Guard.hostAllowed(request.getHeader("Host"), admin)) {
                router.handle(request);
            } else {
                Routes.misdirected(request);
            }
        });
        if (unixSocket != null) {
            PrivateSocket path = PrivateSocket.prepare(unixSocket);
            bind(
                    SocketAddress.domainSocketAddress(path.name()),
                    "page socket " + path.name(),
                    routes.router(vertx, false));
            socket = path;
            path.restrict();
        }
        context.runOnContext(x -> live.start());
        log.info("page_listening address={} port={}", config.admin(), port());
    }

    /** For the public, who may come by any name: no look at {@code Host}. */
    private void listen(@Nullable HostPort open, @Nullable StatusRoutes status) throws IOException {
        if (open == null || status == null) {
            return;
        }
        Crowd crowd = new Crowd(MOST_PUBLIC);
        HttpServerOptions options =
                options().setIdleTimeout(PUBLIC_IDLE_SECONDS).setMaxHeaderSize(PUBLIC_HEAD_BYTES);
        HttpServer server = vertx.createHttpServer(options).connectionHandler(crowd::come);
        SocketAddress address = SocketAddress.inetSocketAddress(open.port(), open.host());
        bind(server.requestHandler(status.alone(vertx)), address, "the public address " + open);
        statusPort = servers.getLast().actualPort();
        log.info("status_listening address={} port={}", open, statusPort);
    }

    private void bind(SocketAddress address, String what, Handler<HttpServerRequest> handler) throws IOException {
        bind(vertx.createHttpServer(options()).requestHandler(handler), address, what);
    }

    private void bind(HttpServer server, SocketAddress address, String what) throws IOException {
        try {
            Future<HttpServer> bound = Future.future(
                    done -> context.runOnContext(x -> server.listen(address).onComplete(done)));
            servers.add(await(bound.toCompletionStage(), START_SECONDS));
        } catch (IOException e) {
            throw new IOException("cannot listen on " + what + ": " + e.getMessage(), e);
        }
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setMaxInitialLineLength(LINE_BYTES)
                .setMaxHeaderSize(HEAD_BYTES)
                .setMaxWebSocketFrameSize(VIEWER_MESSAGE_BYTES)
                .setMaxWebSocketMessageSize(VIEWER_MESSAGE_BYTES)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setHttp2ClearTextEnabled(false)
                .setWebSocketClosingTimeout(1)
                .setIdleTimeout(IDLE_SECONDS)
                .setTcpNoDelay(true);
    }

    private static <T> T await(CompletionStage<T> stage, long seconds) throws IOException {
        try {
            return stage.toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(String.valueOf(cause.getMessage()), cause);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + seconds + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The port of the admin listener. */
    public int port() {
        return servers.getFirst().actualPort();
    }

    /** The port of the public's own listener; −1 without one. */
    public int statusPort() {
        return statusPort;
    }

    /** There is a new snapshot. Posts and returns. */
    public void onFleet(Fleet fleet) {
        live.offer(fleet);
    }

    /** Says goodbye to the viewers, ends listeners and loop, removes the Unix socket; takes at most a few seconds. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            Future<Void> goodbye = Future.future(done -> context.runOnContext(x -> {
                live.stop();
                done.complete();
            }));
            await(goodbye.toCompletionStage(), CLOSE_SECONDS);
            await(vertx.close().toCompletionStage(), CLOSE_SECONDS);
        } catch (IOException e) {
            log.warn("page_close_incomplete reason={}", e.getMessage());
        }
        removeSocket();
    }

    private void removeSocket() {
        try {
            if (socket != null) {
                socket.remove();
            }
        } catch (IOException e) {
            log.warn("page_socket_left path={} reason={}", socket.name(), e.getMessage());
        }
    }
}
