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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code drill} against a server that speaks the API. */
final class DrillCommandTest {
    private record Asked(String path, String authorization, JsonObject body) {}

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private HttpServer monitor;
    private Path token;
    private volatile int status = 200;
    private volatile JsonObject answer = new JsonObject().put("report", DrillWatchTest.begun());
    private volatile JsonObject report = new JsonObject().put("report", DrillWatchTest.back());

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws IOException {
        monitor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        monitor.createContext("/-/api/v1/members/", this::order);
        monitor.createContext("/-/api/v1/drill", exchange -> answer(exchange, 200, report));
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
        asked.add(new Asked(
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                new JsonObject(body)));
        answer(exchange, status, answer);
    }

    private static void answer(HttpExchange exchange, int code, JsonObject json) throws IOException {
        byte[] bytes = json.encode().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private int run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--url", "127.0.0.1:" + monitor.getAddress().getPort(), "--token-file", token.toString()));
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
    }

    @Test
    void aDrillIsToldFromItsBeginningToItsEnd() {
        assertThat(run("drill", "S1", "freeze", "--for", "20s", "--why", "game day", "--by", "alice", "--force"))
                .as(err::toString)
                .isZero();
        assertThat(asked.getFirst().path()).isEqualTo("/-/api/v1/members/S1/drill");
        assertThat(asked.getFirst().authorization()).isEqualTo("Bearer secret-of-the-test");
        assertThat(asked.getFirst().body().getMap())
                .isEqualTo(Map.of("mode", "freeze", "for", "20s", "why", "game day", "by", "alice", "force", true));
        List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(0)).startsWith("S1 is treated as frozen until ").contains("./echogate drill S1 end");
        assertThat(lines.get(1)).isEqualTo("S1: new requests go elsewhere after 412 ms");
        assertThat(lines.get(2)).startsWith("S1: named DOWN after 1.6 s: FROZEN");
        assertThat(lines.subList(3, lines.size())).isEqualTo(DrillWords.told(DrillWatchTest.back()));
        assertThat(out + err.toString()).doesNotContain("secret-of-the-test", "\u001b");
    }

    @Test
    void itReturnsAtOnceWhenNobodyWaits() {
        report = new JsonObject().putNull("report");
        assertThat(run("drill", "S1", "OFF", "--no-wait")).as(err::toString).isZero();
        assertThat(asked.getFirst().body().getMap())
                .isEqualTo(Map.of("mode", "off", "for", "30s", "why", "", "by", System.getProperty("user.name")));
        assertThat(out.toString().lines()).hasSize(1);
    }

    @Test
    void asJsonThereIsNothingElseToRead() {
        assertThat(run("drill", "S1", "refuse", "--json")).isZero();
        assertThat(new JsonObject(out.toString())).isEqualTo(DrillWatchTest.back());
        assertThat(err.toString()).contains("S1: new requests go elsewhere");
    }

    @Test
    void itIsEndedAndThenReported() {
        assertThat(run("drill", "S1", "end", "--by", "bob")).as(err::toString).isZero();
        assertThat(asked.getFirst().body().getMap()).isEqualTo(Map.of("mode", "end", "by", "bob"));
        assertThat(out.toString()).contains("180 requests met it").doesNotContain("ends by itself");
    }

    @Test
    void whatTheMonitorRefusesOrForgetsIsOne() {
        status = 409;
        answer = new JsonObject().put("error", "a drill of S2 lasts");
        assertThat(run("drill", "S1", "freeze")).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("echogate: drill S1: a drill of S2 lasts" + System.lineSeparator());
        status = 200;
        answer = new JsonObject().put("report", DrillWatchTest.begun());
        report = new JsonObject().putNull("report");
        assertThat(run("drill", "S1", "freeze")).isEqualTo(1);
        assertThat(err.toString()).contains("echogate: the monitor knows of no drill any more");
    }

    @Test
    void theStatusSaysThatAFailureIsPlayed() {
        JsonObject fleet = new JsonObject().put("members", new JsonArray()).put("drill", DrillWatchTest.begun());
        assertThat(StatusCommand.table(fleet))
                .contains("DRILL: S1 is treated as frozen until 2026-01-01T00:00:30.000Z, by alice: game [31m day;"
                        + " S1 itself is not touched");
        assertThat(StatusCommand.table(fleet.putNull("drill"))).noneMatch(line -> line.startsWith("DRILL"));
    }

    @Test
    void wrongUsageIsTwo() {
        assertThat(run("drill", "S1")).isEqualTo(2);
        assertThat(run("drill", "S1", "melt")).isEqualTo(2);
        assertThat(run("drill", "S1", "freeze", "--for", "11m")).isEqualTo(2);
        assertThat(err.toString()).contains("--for: `11m`");
        assertThat(run("drill", "S1", "end", "--for", "3s")).isEqualTo(2);
        assertThat(run("drill", "S1", "S2", "freeze")).isEqualTo(2);
        assertThat(asked).isEmpty();
    }
}
