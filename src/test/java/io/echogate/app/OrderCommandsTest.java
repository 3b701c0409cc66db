package io.echogate.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code drain}, {@code maintenance}, {@code ready} and {@code status} against a server that speaks the API. */
final class OrderCommandsTest {
    private record Asked(String path, String authorization, JsonObject body) {}

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private HttpServer monitor;
    private Path token;
    private volatile int status = 200;
    private volatile String error = "";
    private volatile String type = "application/json";
    private volatile int running;
    private volatile boolean nonsense;
    private volatile int fleetStatus = 200;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws IOException {
        monitor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        monitor.createContext("/-/api/v1/members/", this::order);
        monitor.createContext("/-/api/v1/fleet", exchange -> answer(exchange, fleetStatus, fleet().encode()));
        monitor.start();
        token = Files.writeString(directory.resolve("token"), "secret-of-the-test\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    }

    @AfterEach
    void end() {
        monitor.stop(0);
    }

    private void order(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getRawPath();
        asked.add(new Asked(path, exchange.getRequestHeaders().getFirst("Authorization"), new JsonObject(body)));
        String[] part = path.split("/");
        JsonObject holds = new JsonObject(body)
                .put("member", part[5])
                .put("intent", part[6].toUpperCase(java.util.Locale.ROOT))
                .put("since", "2026-01-01T00:00:00.000Z")
                .put("running", running);
        answer(exchange, status, status == 200 && !nonsense ? holds.encode() : error);
    }

    private void answer(HttpExchange exchange, int code, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private JsonObject fleet() {
        String intent =
                asked.isEmpty() ? "READY" : asked.getLast().path().split("/")[6].toUpperCase(java.util.Locale.ROOT);
        JsonObject order = intent.equals("READY")
                ? null
                : new JsonObject()
                        .put("by", "alice")
                        .put("why", "new\u001b[31m disk")
                        .put("since", "2026-01-01T00:00:00.000Z")
                        .put("until", "2026-01-01T00:10:00.000Z");
        JsonObject side = new JsonObject().put("state", "UP").put("rttMillis", 0.5);
        return new JsonObject()
                .put(
                        "members",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("name", "S1")
                                        .put("url", "http://s1")
                                        .put("state", "UP")
                                        .put("cause", "NONE")
                                        .put("since", "2026-01-01T00:00:00.000Z")
                                        .put("serving", true)
                                        .put("intent", intent)
                                        .put("running", running)
                                        .put("order", order)
                                        .put("host", side)
                                        .put("service", side)));
    }

    private int run(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private String[] with(String... args) {
        List<String> all = new java.util.ArrayList<>(List.of(args));
        all.addAll(List.of("--url", "127.0.0.1:" + monitor.getAddress().getPort(), "--token-file", token.toString()));
        return all.toArray(String[]::new);
    }

    @Test
    void aDrainSaysWhoWhyAndUntilWhen() {
        running = 3;
        assertThat(run(with(
                        "drain",
                        "S1",
                        "S3",
                        "--for",
                        "10m",
                        "--deadline",
                        "30s",
                        "--why",
                        "deploy 1.2",
                        "--by",
                        "alice",
                        "--force")))
                .as(err::toString)
                .isZero();
        assertThat(asked)
                .extracting(Asked::path)
                .containsExactly("/-/api/v1/members/S1/drain", "/-/api/v1/members/S3/drain");
        assertThat(asked.getFirst().authorization()).isEqualTo("Bearer secret-of-the-test");
        assertThat(asked.getFirst().body().getMap())
                .isEqualTo(Map.of("by", "alice", "why", "deploy 1.2", "for", "10m", "deadline", "30s", "force", true));
        assertThat(out.toString()).startsWith("S1: drain by alice: deploy 1.2 (3 still run)");
        assertThat(out + err.toString()).doesNotContain("secret-of-the-test");
    }

    @Test
    void whatIsNotSaidIsNotSent() {
        assertThat(run(with("ready", "S1"))).isZero();
        assertThat(asked.getFirst().body().getMap())
                .isEqualTo(Map.of("by", System.getProperty("user.name"), "why", ""));
        assertThat(OperatorOptions.user(Map.of("SUDO_USER", "carol"))).isEqualTo("carol");
    }

    @Test
    void waitingReturnsWhenNothingRunsThere() {
        assertThat(run(with("maintenance", "S1", "--wait"))).as(err::toString).isZero();
        assertThat(out.toString()).contains("S1: nothing runs there");
        running = 1;
        assertThat(run(with("drain", "S1", "--wait", "--timeout", "0s"))).isEqualTo(1);
        assertThat(err.toString()).contains("echogate: S1 after 0.0 s: 1 still runs");
        assertThat(run(with("ready", "S1", "--wait"))).isZero();
    }

    @Test
    void whatTheMonitorRefusesIsPassedOn() {
        status = 409;
        error = "{\"error\":\"nobody would be left to serve: S2 is DOWN; `force` overrides this\"}";
        assertThat(run(with("drain", "S1", "S2"))).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("echogate: drain S1: nobody would be left to serve: S2 is DOWN; `force` overrides this"
                        + System.lineSeparator());
        assertThat(asked).as("stops at the first that fails").hasSize(1);
        status = 405;
        type = "text/plain";
        assertThat(run(with("drain", "S1"))).isEqualTo(1);
        assertThat(err.toString()).contains("answered 405: orders are taken on the admin address only");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413, 500, 503})
    void everyErrorIsOneLineWithItsReason(int code) {
        status = code;
        error = "{\"error\":\"because \\u001b[31m\"}";
        assertThat(run(with("maintenance", "S1"))).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("echogate: maintenance S1: because  [31m" + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pong", "{", "[]"})
    void anAnswerThatIsNoneIsSaid(String body) {
        error = body;
        nonsense = true;
        assertThat(run(with("drain", "S1"))).isEqualTo(1);
        assertThat(err.toString()).contains("is that a monitor?");
    }

    @Test
    void aMonitorThatCannotAnswerNowIsAwayRatherThanNone() {
        fleetStatus = 503;
        assertThat(run("status", "--url", "127.0.0.1:" + monitor.getAddress().getPort()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("it answered 503");
        fleetStatus = 404;
        assertThat(run("status", "--url", "127.0.0.1:" + monitor.getAddress().getPort()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("answered 404: is that a monitor's admin address");
    }

    @Test
    void aTokenThatIsNotThereOrNoneIsSaid() throws IOException {
        String url = "127.0.0.1:" + monitor.getAddress().getPort();
        assertThat(run(
                        "drain",
                        "S1",
                        "--url",
                        url,
                        "--token-file",
                        directory.resolve("no").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("no token at " + directory.resolve("no"), "--token-file");
        Files.writeString(token, "\n");
        assertThat(run(with("drain", "S1"))).isEqualTo(1);
        assertThat(err.toString()).contains(token + " holds no token");
        assertThat(asked).isEmpty();
        Files.writeString(token, "secret-of-the-test\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(run(with("drain", "S1"))).isZero();
        assertThat(err.toString()).contains("others may read " + token + ": chmod 600");
    }

    @Test
    void wrongUsageIsTwo() {
        assertThat(run("drain")).isEqualTo(2);
        assertThat(run(with("drain", "S1", "--for", "soon"))).isEqualTo(2);
        assertThat(err.toString()).contains("--for: `soon` is not a number with a unit");
        assertThat(run(with("drain", "S1", "--timeout", "7"))).isEqualTo(2);
        assertThat(run("ready", "S1", "--for", "1m")).isEqualTo(2);
        assertThat(asked).isEmpty();
    }

    @Test
    void noMonitorIsSaidWithTheRemedy() {
        monitor.stop(0);
        assertThat(run(with("drain", "S1"))).isEqualTo(1);
        assertThat(err.toString()).contains("no monitor answers at http://127.0.0.1:", "--url");
    }

    @Test
    void theStatusTellsOfOrdersWithoutControlCharacters() {
        running = 2;
        assertThat(run("status", "--url", "127.0.0.1:" + monitor.getAddress().getPort()))
                .isZero();
        assertThat(out.toString()).contains("SERVES  URL").doesNotContain("INTENT", "RUNNING");
        run(with("drain", "S1"));
        assertThat(run("status", "--url", "127.0.0.1:" + monitor.getAddress().getPort()))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "SERVES  INTENT  RUNNING  URL",
                        "yes     DRAIN   2        http://s1",
                        "S1: drain by alice until 2026-01-01T00:10:00.000Z: new [31m disk (2 still run)")
                .doesNotContain("\u001b");
    }

    @Test
    void theStateDirectoryIsWhereOthersLookForIt() {
        Path home = Path.of("/home/alice");
        assertThat(StateDirectory.standard(Map.of(), home)).isEqualTo(home.resolve(".local/state/echogate"));
        assertThat(StateDirectory.standard(Map.of("XDG_STATE_HOME", "/x"), home))
                .isEqualTo(Path.of("/x/echogate"));
        assertThat(StateDirectory.standard(Map.of("XDG_STATE_HOME", "relative"), home))
                .isEqualTo(home.resolve(".local/state/echogate"));
        assertThat(StateDirectory.standard(
                        Map.of("STATE_DIRECTORY", "/var/lib/echogate:/b", "XDG_STATE_HOME", "/x"), home))
                .isEqualTo(Path.of("/var/lib/echogate"));
    }
}
