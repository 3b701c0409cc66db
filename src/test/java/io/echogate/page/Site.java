package io.echogate.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.echogate.clock.Clock;
import io.echogate.config.AccessLogRules;
import io.echogate.config.Config;
import io.echogate.config.HistoryRules;
import io.echogate.config.HostPort;
import io.echogate.config.MemberConfig;
import io.echogate.config.PingRules;
import io.echogate.config.StatusRules;
import io.echogate.meter.Meters;
import io.echogate.model.Detail;
import io.echogate.model.Drill;
import io.echogate.model.DrillReport;
import io.echogate.model.Fleet;
import io.echogate.model.LookUp;
import io.echogate.model.Order;
import io.echogate.model.RequestTrace;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A page server on a free port over a fleet that the test publishes by hand. */
final class Site implements AutoCloseable {
    static final String TOKEN = "the-token-of-this-test";

    /** With the figures of the defaults; S3's name was looked up just now. */
    static final Insight INSIGHT = new Insight() {
        @Override
        public Promise promise() {
            return new Promise(
                    Duration.ofMillis(1_400),
                    Duration.ofMillis(2_200),
                    Duration.ofMillis(2_200),
                    Duration.ofMillis(2_800),
                    Duration.ofMillis(1_200),
                    Duration.ofMillis(5_200),
                    Duration.ofMillis(2_800),
                    Duration.ofMillis(1_200));
        }

        @Override
        public @Nullable LookUp lookUp(String member) {
            return member.equals("S3") ? new LookUp(3_210_000, Clock.system().nanos() - 12_000_000_000L, "") : null;
        }
    };

    final Meters meters = new Meters();
    final PageServer server;
    private final AtomicReference<Fleet> fleet;
    final Counter counter = new Counter();
    final Kept kept = new Kept();
    final Control control = new Control(counter, TOKEN, "/state/token", "");
    private final HttpClient client = HttpClient.newHttpClient();

    Site(Fleet first) throws IOException {
        this(first, Clock.system(), null);
    }

    Site(Fleet first, Clock clock, @Nullable Path socket) throws IOException {
        fleet = new AtomicReference<>(first);
        server = PageServer.start(config(0), clock, meters, fleet::get, control, kept, INSIGHT, null, socket);
    }

    static Config config(int port) {
        Config base = Config.of(List.of(MemberConfig.of("S1", "127.0.0.11", 3000)));
        return new Config(
                        new HostPort("127.0.0.1", 3000),
                        new HostPort("127.0.0.1", port),
                        true,
                        base.pollFreq(),
                        null,
                        base.policy(),
                        neverStale(base.ping()),
                        base.icmp(),
                        List.of(),
                        base.carry(),
                        base.limits(),
                        AccessLogRules.DEFAULT,
                        HistoryRules.OFF,
                        StatusRules.OFF,
                        null,
                        base.members(),
                        List.of())
                .showing(new StatusRules(
                        "Status", null, List.of(new StatusRules.Component("Shop", List.of("S1"), false)), true));
    }

    /** Snapshots made by hand age while a test looks at them: they may be as old as a slow machine needs. */
    private static PingRules neverStale(PingRules usual) {
        return new PingRules(
                usual.path(),
                usual.status(),
                usual.body(),
                usual.timeout(),
                usual.fall(),
                usual.rise(),
                usual.doubtAfter(),
                usual.doubtFreq(),
                usual.downFreq(),
                Duration.ofMinutes(10),
                usual.listenLate(),
                usual.holdDown(),
                usual.answerLimit());
    }

    /** Takes orders and answers as told; what runs at everybody is a number. */
    static final class Counter implements Desk {
        record Given(String member, Order order, boolean force) {}

        final List<Given> given = new CopyOnWriteArrayList<>();
        volatile Outcome outcome = new Outcome(true, null);
        volatile int running;

        @Override
        public void order(String member, Order order, boolean force, Consumer<Outcome> then) {
            given.add(new Given(member, order, force));
            then.accept(outcome);
        }

        final List<Detail.Remark> remarks = new CopyOnWriteArrayList<>();

        @Override
        public void remark(Detail.Remark remark, Consumer<Outcome> then) {
            remarks.add(remark);
            then.accept(outcome);
        }

        record Drilled(Drill drill, boolean force) {}

        final List<Drilled> drilled = new CopyOnWriteArrayList<>();
        final List<String> ended = new CopyOnWriteArrayList<>();
        volatile @Nullable DrillReport report;

        @Override
        public void drill(Drill drill, boolean force, Consumer<Outcome> then) {
            drilled.add(new Drilled(drill, force));
            then.accept(outcome);
        }

        @Override
        public void endDrill(String member, String by, Consumer<Outcome> then) {
            ended.add(member + " by " + by);
            then.accept(outcome);
        }

        @Override
        public @Nullable DrillReport drillReport() {
            return report;
        }

        @Override
        public long nextNanos(int index) {
            return index == 0 ? Clock.system().nanos() + 700_000_000 : UNKNOWN;
        }

        @Override
        public int running(int member) {
            return running;
        }
    }

    /** Requests that a test says have ended. */
    static final class Kept implements Requests {
        final List<RequestTrace> ended = new CopyOnWriteArrayList<>();
        volatile long lost;

        @Override
        public List<RequestTrace> newest(Predicate<RequestTrace> wanted, int limit) {
            return ended.reversed().stream().filter(wanted).limit(limit).toList();
        }

        @Override
        public Tail tail() {
            int[] from = {ended.size()};
            return new Tail() {
                @Override
                public List<RequestTrace> next() {
                    List<RequestTrace> all = List.copyOf(ended);
                    List<RequestTrace> some = all.subList(from[0], all.size());
                    from[0] = all.size();
                    return some;
                }

                @Override
                public long lost() {
                    long before = lost;
                    lost = 0;
                    return before;
                }
            };
        }
    }

    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    void publish(Fleet next) {
        fleet.set(next);
        server.onFleet(next);
    }

    Fleet fleet() {
        return fleet.get();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    JsonObject json(String path) throws IOException, InterruptedException {
        return new JsonObject(get(path).body());
    }

    /** Sends exactly these bytes and returns everything until the server closes. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    WatchedStream watch(String query, String... headers) {
        return WatchedStream.open(
                client, URI.create("ws://127.0.0.1:" + server.port() + "/-/api/v1/live" + query), headers);
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}
