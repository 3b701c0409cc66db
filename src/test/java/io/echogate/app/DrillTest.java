package io.echogate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echogate.clock.Chance;
import io.echogate.config.AccessLogRules;
import io.echogate.config.CarryRules;
import io.echogate.config.Config;
import io.echogate.config.HistoryRules;
import io.echogate.config.HostPort;
import io.echogate.config.IcmpRules;
import io.echogate.config.Limits;
import io.echogate.config.MemberConfig;
import io.echogate.config.PingRules;
import io.echogate.config.PolicyRules;
import io.echogate.config.StatusRules;
import io.echogate.machine.MachineService;
import io.echogate.net.EventLoops;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drills on a whole monitor with real machine services and clients that go on all the while: nobody loses anything. */
final class DrillTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path state;

    private final EventLoops loops = EventLoops.start("test-machine", 1);
    private final HttpClient client = HttpClient.newHttpClient();
    private MachineService s1;
    private MachineService s2;
    private Monitor monitor;

    @BeforeEach
    void start() throws IOException {
        s1 = MachineService.start(loops, new InetSocketAddress("127.0.0.11", 0), "S1", Chance.seeded(1));
        s2 = MachineService.start(loops, new InetSocketAddress("127.0.0.12", 0), "S2", Chance.seeded(1));
        Config d = Config.of(List.of(member("S1", s1), member("S2", s2)));
        monitor = Monitor.start(new Config(
                new HostPort("127.0.0.1", 0),
                new HostPort("127.0.0.1", 0),
                true,
                Duration.ofMillis(200),
                null,
                PolicyRules.DEFAULT,
                PingRules.DEFAULT,
                IcmpRules.DEFAULT,
                List.of(),
                CarryRules.DEFAULT,
                Limits.DEFAULT,
                AccessLogRules.DEFAULT,
                HistoryRules.OFF,
                StatusRules.OFF,
                state.toString(),
                d.members(),
                List.of()));
        awaitState("S1", "UP");
        awaitState("S2", "UP");
    }

    @AfterEach
    void end() {
        client.close();
        monitor.close();
        s1.close();
        s2.close();
        loops.close();
    }

    private static MemberConfig member(String name, MachineService machine) {
        InetSocketAddress address = machine.address();
        return MemberConfig.of(name, address.getAddress().getHostAddress(), address.getPort());
    }

    private URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private JsonObject get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri(monitor.adminPort(), path)).build();
        return new JsonObject(client.send(request, BodyHandlers.ofString()).body());
    }

    private void awaitState(String member, String wanted) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> state(member).equals(wanted));
    }

    private String state(String member) throws IOException, InterruptedException {
        return get("/-/api/v1/fleet").getJsonArray("members").stream()
                .map(JsonObject.class::cast)
                .filter(m -> m.getString("name").equals(member))
                .findFirst()
                .orElseThrow()
                .getString("state");
    }

    private HttpResponse<String> drill(String member, String body) throws IOException, InterruptedException {
        String token = Files.readString(state.resolve(Keys.FILE)).strip();
        HttpRequest request = HttpRequest.newBuilder(uri(monitor.adminPort(), "/-/api/v1/members/" + member + "/drill"))
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private JsonObject report() throws IOException, InterruptedException {
        return get("/-/api/v1/drill").getJsonObject("report");
    }

    /** Asks by GET and POST in turn until told to stop; counts what was not answered with 200. */
    private CompletableFuture<Void> traffic(AtomicBoolean on, AtomicInteger sent, AtomicInteger lost) {
        return CompletableFuture.runAsync(() -> {
            URI where = uri(monitor.clientPort(), "/?first=3&second=7");
            HttpRequest get = HttpRequest.newBuilder(where).build();
            HttpRequest post = HttpRequest.newBuilder(where)
                    .POST(BodyPublishers.ofString("x"))
                    .build();
            while (on.get()) {
                HttpRequest next = sent.incrementAndGet() % 2 == 0 ? get : post;
                lost.addAndGet(answered(next) ? 0 : 1);
            }
        });
    }

    private boolean answered(HttpRequest request) {
        try {
            int status = client.send(request, BodyHandlers.ofString()).statusCode();
            return status == 200 || (request.method().equals("POST") && status == 405);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"freeze, FROZEN", "refuse, PORT_CLOSED", "off, HOST_SILENT|PORT_SILENT"})
    void what_is_played_is_noticed_and_named_and_no_request_is_lost(String mode, String cause) throws Exception {
        AtomicBoolean on = new AtomicBoolean(true);
        AtomicInteger sent = new AtomicInteger();
        AtomicInteger lost = new AtomicInteger();
        CompletableFuture<Void> traffic = traffic(on, sent, lost);
        await().until(() -> sent.get() > 20);

        HttpResponse<String> begun = drill("S1", "{\"mode\":\"" + mode + "\",\"for\":\"10m\",\"by\":\"alice\"}");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
        assertThat(get("/-/api/v1/fleet").getJsonObject("drill").getString("member"))
                .isEqualTo("S1");
        awaitState("S1", "DOWN");
        await().atMost(PATIENCE).until(() -> report().getString("cause").matches(cause));
        int before = sent.get();
        await().atMost(PATIENCE).until(() -> sent.get() > before + 20);
        assertThat(drill("S1", "{\"mode\":\"end\",\"by\":\"alice\"}").statusCode())
                .isEqualTo(200);
        awaitState("S1", "UP");
        on.set(false);
        traffic.join();

        assertThat(lost.get()).as("lost of " + sent).isZero();
        JsonObject report = report();
        assertThat(report.getString("end")).isEqualTo("ended by alice");
        assertThat(report.getDouble("leftAfterMillis")).isNotNegative();
        assertThat(report.getDouble("downAfterMillis")).isGreaterThanOrEqualTo(report.getDouble("leftAfterMillis"));
        assertThat(report.getDouble("backAfterMillis")).isNotNegative();
        JsonObject requests = report.getJsonObject("requests");
        assertThat(requests.getLong("met")).isPositive();
        assertThat(requests.getLong("elsewhere")).isEqualTo(requests.getLong("met"));
        assertThat(requests.getLong("failed")).isZero();
        assertThat(requests.getDouble("worstMillis")).isGreaterThanOrEqualTo(requests.getDouble("p50Millis"));
    }

    @Test
    void ends_by_itself_in_time() throws Exception {
        assertThat(drill("S1", "{\"mode\":\"refuse\",\"for\":\"1s\"}").statusCode())
                .isEqualTo(200);
        await().atMost(PATIENCE).until(() -> get("/-/api/v1/fleet").getJsonObject("drill") == null);
        assertThat(report().getString("end")).isEqualTo("its time is up");
        awaitState("S1", "UP");
        await().atMost(PATIENCE).until(() -> report().getDouble("backAfterMillis") != null);
    }

    @Test
    void ends_at_once_when_nobody_else_is_up_any_more() throws Exception {
        assertThat(drill("S1", "{\"mode\":\"freeze\",\"for\":\"10m\"}").statusCode())
                .isEqualTo(200);
        awaitState("S1", "DOWN");
        s2.close();
        await().atMost(PATIENCE).until(() -> report().getString("end").startsWith("nobody else is UP"));
        awaitState("S1", "UP");
    }

    @Test
    void is_refused_where_it_would_show_nothing_or_cost_something() throws Exception {
        s2.close();
        awaitState("S2", "DOWN");
        HttpResponse<String> last = drill("S1", "{\"mode\":\"freeze\"}");
        assertThat(last.statusCode()).isEqualTo(409);
        assertThat(last.body()).contains("nobody would be left to serve");
        HttpResponse<String> down = drill("S2", "{\"mode\":\"freeze\"}");
        assertThat(down.statusCode()).isEqualTo(409);
        assertThat(down.body()).contains("S2 is DOWN");
    }
}
