package io.echogate.page;

import io.echogate.clock.ManualClock;
import io.echogate.config.Asked;
import io.echogate.config.Config;
import io.echogate.config.HistoryRules;
import io.echogate.config.HostPort;
import io.echogate.config.MemberConfig;
import io.echogate.config.StatusRules;
import io.echogate.fleet.FleetWriter;
import io.echogate.history.History;
import io.echogate.meter.Delays;
import io.echogate.meter.LoopMeter;
import io.echogate.meter.Meters;
import io.echogate.meter.Takings;
import io.echogate.model.Ask;
import io.echogate.model.Cause;
import io.echogate.model.Command;
import io.echogate.model.Detail;
import io.echogate.model.Drill;
import io.echogate.model.DrillReport;
import io.echogate.model.Echo;
import io.echogate.model.Failure;
import io.echogate.model.Intent;
import io.echogate.model.Kind;
import io.echogate.model.Order;
import io.echogate.model.RequestTrace;
import io.echogate.model.State;
import io.echogate.model.Timing;
import io.echogate.model.Verdict;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A monitor's page over a real writer and a real history, who have lived through something; on a clock moved by hand. */
final class Lived implements AutoCloseable, Desk {
    static final String TOKEN = "the-token-of-this-test";

    final ManualClock clock = new ManualClock();
    final Site.Kept kept = new Site.Kept();
    final FleetWriter writer;
    final PageServer server;
    final Path socket;
    final HttpClient client = HttpClient.newHttpClient();
    final Takings takings;
    final Delays delays;
    private final History history;
    private volatile @Nullable DrillReport report;
    private long question;

    /** What they live through before anybody looks. */
    @FunctionalInterface
    interface Life {
        void of(Lived lived) throws Exception;
    }

    Lived(Path directory) throws Exception {
        this(directory, Lived::live);
    }

    /** Members S1 and S2; the router gw and the database db are only watched. */
    Lived(Path directory, Life life) throws Exception {
        Config config = config();
        clock.advanceMillis(3_600_000);
        writer = new FleetWriter(config, clock, 7, Runnable::run, index -> Long.MIN_VALUE);
        Meters meters = new Meters();
        LoopMeter loop = meters.newLoop();
        takings = loop.takings(2);
        delays = loop.newDelays();
        history = History.begin(
                        HistoryRules.DEFAULT, directory.resolve("history.db"), clock, meters, writer.get(), known -> {})
                .store();
        writer.tap(history);
        socket = directory.resolve("private/page.sock");
        Control control = new Control(this, TOKEN, "/state/token", "");
        server = PageServer.start(config, clock, meters, writer, control, kept, Site.INSIGHT, history, socket);
        writer.subscribe(server::onFleet);
        life.of(this);
    }

    private static Config config() {
        Config one = Site.config(0);
        return new Config(
                        one.listen(),
                        one.admin(),
                        true,
                        one.pollFreq(),
                        null,
                        one.policy(),
                        one.ping(),
                        one.icmp(),
                        List.of(),
                        one.carry(),
                        one.limits(),
                        one.accessLog(),
                        HistoryRules.DEFAULT,
                        StatusRules.OFF,
                        null,
                        List.of(MemberConfig.of("S1", "127.0.0.11", 3000), MemberConfig.of("S2", "127.0.0.12", 3000)),
                        List.of(
                                new Asked("gw", "icmp://10.0.0.1", new HostPort("10.0.0.1", 0), Ask.ICMP, "", 0, null),
                                new Asked(
                                        "db",
                                        "tcp://10.0.0.2:5432",
                                        new HostPort("10.0.0.2", 5432),
                                        Ask.TCP,
                                        "",
                                        0,
                                        null)))
                .showing(one.status());
    }

    /** All are well; S1 fails and comes back, somebody says something; S2 is drained; then S1 fails again, and that lasts. */
    private void live() throws Exception {
        for (int i = 0; i < 5; i++) {
            second();
        }
        takings.answered(0, 200, 3_000_000);
        takings.answered(0, 502, 5_000_000);
        delays.record(2_000_000);
        stored();
        down("S1");
        takings.met(0, true);
        second();
        said(new Detail.Remark(incident(), "alice", "the fan is <dead>", true));
        up("S1");
        clock.advanceMillis(600_000);
        for (int i = 0; i < 3; i++) {
            second();
        }
        Order drain = new Order(
                Intent.DRAIN, "bob", "deploy", clock.now(), null, clock.now().plusSeconds(300), Order.NEVER);
        writer.accept(new Command.Ordered("S2", drain, true, refusal -> {}));
        down("db");
        second();
        kept.ended.add(trace(RequestTrace.Result.ANSWERED, 200, "S1", null));
        kept.ended.add(trace(RequestTrace.Result.FAILED, 0, null, Failure.Kind.CUT_SHORT));
        stored();
    }

    private RequestTrace trace(
            RequestTrace.Result result, int status, @Nullable String member, Failure.@Nullable Kind failure) {
        long none = RequestTrace.NONE;
        RequestTrace.Try one =
                new RequestTrace.Try("S1", 1_000, none, failure == null ? 2_000 : none, 3_000, true, false, failure);
        return new RequestTrace(
                kept.ended.size(),
                clock.nanos(),
                "10.0.0.7",
                "GET",
                "/a",
                status,
                result,
                member,
                4_000,
                80,
                120,
                List.of(one));
    }

    void second() {
        clock.advanceMillis(1_000);
        for (String name : List.of("S1", "S2", "gw", "db")) {
            hear(Kind.ICMP, name, io.echogate.model.Outcome.ANSWERED);
        }
        for (String name : List.of("S1", "S2", "db")) {
            again(name);
        }
    }

    /** As it answered last. */
    private void again(String member) {
        Verdict verdict = Objects.requireNonNull(writer.get().member(member)).verdict();
        if (verdict.state() != State.DOWN) {
            hear(Kind.HTTP, member, io.echogate.model.Outcome.ANSWERED);
        } else if (verdict.cause() == Cause.FROZEN) {
            silent(member);
        } else {
            hear(Kind.HTTP, member, io.echogate.model.Outcome.REFUSED);
        }
    }

    void hear(Kind kind, String member, io.echogate.model.Outcome outcome) {
        clock.advanceMillis(10);
        hear(Echo.of(kind, member, ++question, clock.nanos() - 2_000_000, clock.nanos(), outcome, "evidence"));
    }

    private void hear(Echo echo) {
        writer.accept(new Command.Heard(echo));
    }

    void freeze(String member) {
        while (state(member) != State.DOWN) {
            silent(member);
        }
    }

    /** Its kernel takes the question, and that is all. */
    private void silent(String member) {
        clock.advanceMillis(200);
        hear(new Echo(
                Kind.HTTP,
                member,
                ++question,
                clock.nanos() - 800_000_000,
                clock.nanos(),
                io.echogate.model.Outcome.SILENT,
                Timing.total(Timing.UNREACHED),
                0,
                true,
                "no answer within 800 ms"));
    }

    void down(String member) {
        down(member, io.echogate.model.Outcome.REFUSED);
    }

    void down(String member, io.echogate.model.Outcome outcome) {
        while (state(member) != State.DOWN) {
            hear(Kind.HTTP, member, outcome);
        }
    }

    void up(String member) {
        while (state(member) != State.UP) {
            hear(Kind.HTTP, member, io.echogate.model.Outcome.ANSWERED);
        }
    }

    State state(String member) {
        return Objects.requireNonNull(writer.get().member(member)).state();
    }

    /** Of the oldest. */
    String incident() {
        return writer.get().incidents().getFirst().id();
    }

    void stored() throws Exception {
        CompletableFuture<@Nullable String> done = new CompletableFuture<>();
        history.stored(done::complete);
        String why = done.get(30, TimeUnit.SECONDS);
        if (why != null) {
            throw new AssertionError(why);
        }
    }

    void said(Detail.Remark remark) throws Exception {
        CompletableFuture<Desk.Outcome> done = new CompletableFuture<>();
        remark(remark, done::complete);
        done.get(30, TimeUnit.SECONDS);
    }

    URI uri(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + server.port() + path);
    }

    Described.Answer ask(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri("http", path)).method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        Map<String, String> fields = new HashMap<>();
        answer.headers().map().forEach((name, values) -> fields.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return new Described.Answer(answer.statusCode(), fields, answer.body());
    }

    /** The same by the way that clients come in. */
    Described.Answer askAsClient(String method, String path) throws Exception {
        String[] parts = PageServerTest.overUnix(
                        socket,
                        method + " " + path + " HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 0\r\n"
                                + "Authorization: Bearer " + TOKEN + "\r\nConnection: close\r\n\r\n")
                .split("\r\n\r\n", 2);
        Map<String, String> fields = new HashMap<>();
        String[] lines = parts[0].split("\r\n");
        for (int i = 1; i < lines.length; i++) {
            String[] field = lines[i].split(": ", 2);
            fields.put(field[0].toLowerCase(Locale.ROOT), field[1]);
        }
        return new Described.Answer(Integer.parseInt(lines[0].split(" ")[1]), fields, parts[1]);
    }

    @Override
    public void order(String member, Order order, boolean force, Consumer<Desk.Outcome> then) {
        writer.accept(
                new Command.Ordered(member, order, force, why -> then.accept(new Desk.Outcome(why == null, why))));
    }

    @Override
    public void drill(Drill drill, boolean force, Consumer<Desk.Outcome> then) {
        writer.accept(new Command.Drilled(drill, force, why -> {
            report = why == null ? DrillReport.begun(drill, 1) : report;
            then.accept(new Desk.Outcome(why == null, why));
        }));
    }

    @Override
    public void endDrill(String member, String by, Consumer<Desk.Outcome> then) {
        writer.accept(new Command.DrillEnds(member, "ended by " + by, why -> {
            DrillReport begun = report;
            report = why == null && begun != null ? begun.ended(clock.now(), "ended by " + by, true) : begun;
            then.accept(new Desk.Outcome(why == null, why));
        }));
    }

    @Override
    public @Nullable DrillReport drillReport() {
        return report;
    }

    @Override
    public void remark(Detail.Remark remark, Consumer<Desk.Outcome> then) {
        writer.accept(new Command.Remarked(remark, refusal -> {
            if (refusal != null) {
                then.accept(new Desk.Outcome(false, refusal));
            } else {
                history.stored(why -> then.accept(new Desk.Outcome(true, why)));
            }
        }));
    }

    @Override
    public long nextNanos(int index) {
        return clock.nanos() + 700_000_000;
    }

    @Override
    public int running(int member) {
        return member;
    }

    @Override
    public void close() {
        server.close();
        history.close();
        client.close();
    }
}
