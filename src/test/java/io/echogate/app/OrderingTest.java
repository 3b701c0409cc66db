package io.echogate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.echogate.config.Config;
import io.echogate.config.ConfigReader;
import io.echogate.config.Parsed;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole monitor whose operator takes members out of service and back, with requests that run meanwhile. */
final class OrderingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private HttpServer s1;
    private HttpServer s2;
    private Monitor monitor;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws Exception {
        s1 = member("S1");
        s2 = member("S2");
        monitor = Monitor.start(config());
        awaitServing();
    }

    @AfterEach
    void end() {
        release.countDown();
        monitor.close();
        s1.stop(0);
        s2.stop(0);
        client.close();
    }

    private HttpServer member(String name) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/ping", exchange -> answer(exchange, "pong"));
        server.createContext("/", exchange -> answer(exchange, name));
        server.createContext("/slow", exchange -> {
            arrived.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            answer(exchange, name);
        });
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        exchange.sendResponseHeaders(200, text.length());
        exchange.getResponseBody().write(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        exchange.close();
    }

    private Config config() {
        Parsed parsed = ConfigReader.read("test.yaml", """
                listen: 127.0.0.1:0
                admin: 127.0.0.1:0
                page: true
                pollFreq: 100ms
                icmp: {enabled: false}
                stateDir: %s
                members:
                  - {name: S1, url: "http://127.0.0.1:%d"}
                  - {name: S2, url: "http://127.0.0.1:%d"}
                """.formatted(
                        directory, s1.getAddress().getPort(), s2.getAddress().getPort()));
        return ((Parsed.Good) parsed).config();
    }

    private void awaitServing() {
        await().atMost(PATIENCE)
                .until(() -> member(0).getString("state").equals("UP")
                        && member(1).getString("state").equals("UP"));
    }

    private URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri(monitor.clientPort(), path)).build(), BodyHandlers.ofString());
    }

    private CompletableFuture<HttpResponse<String>> slow(String method) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(monitor.clientPort(), "/slow"))
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("x"))
                .build();
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request, BodyHandlers.ofString());
        arrived.await();
        return answer;
    }

    private HttpResponse<String> order(int port, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(port, "/-/api/v1/members/" + path))
                .header(
                        "Authorization",
                        "Bearer " + Files.readString(directory.resolve("token")).strip())
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private JsonObject order(String path, String body) throws Exception {
        HttpResponse<String> answer = order(monitor.adminPort(), path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private JsonObject member(int index) throws Exception {
        String fleet = client.send(
                        HttpRequest.newBuilder(uri(monitor.adminPort(), "/-/api/v1/fleet"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        return new JsonObject(fleet).getJsonArray("members").getJsonObject(index);
    }

    private List<String> events(String type) throws Exception {
        String events = client.send(
                        HttpRequest.newBuilder(uri(monitor.adminPort(), "/-/api/v1/events"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        return new JsonObject(events)
                .getJsonArray("events").stream()
                        .map(JsonObject.class::cast)
                        .filter(e -> e.getString("type").equals(type))
                        .map(e -> e.getString("why"))
                        .toList();
    }

    @Test
    void what_runs_at_a_drained_member_finishes_and_what_is_new_goes_elsewhere() throws Exception {
        CompletableFuture<HttpResponse<String>> slow = slow("POST");
        JsonObject told = order("S1/drain", "{\"by\":\"alice\",\"why\":\"deploy\"}");
        assertThat(told.getString("intent")).isEqualTo("DRAIN");
        assertThat(told.getInteger("running")).isEqualTo(1);
        for (int i = 0; i < 10; i++) {
            assertThat(get("/").body()).isEqualTo("S2");
        }
        assertThat(member(0).getString("state"))
                .as("state and intent are two things")
                .isEqualTo("UP");
        assertThat(member(0).getInteger("running")).isEqualTo(1);
        release.countDown();
        assertThat(slow.join().body()).isEqualTo("S1");
        await().atMost(PATIENCE).until(() -> member(0).getInteger("running") == 0);
        assertThat(events("intent_changed")).containsExactly("drain by alice: deploy");
        order("S1/ready", "{\"by\":\"alice\"}");
        assertThat(get("/").body()).isEqualTo("S1");
    }

    @Test
    void at_the_deadline_a_get_moves_and_a_post_is_cut_and_that_is_said() throws Exception {
        CompletableFuture<HttpResponse<String>> post = slow("POST");
        order("S1/drain", "{\"deadline\":\"0s\"}");
        assertThat(post.join().statusCode()).isEqualTo(502);
        assertThat(post.join().body()).contains("taken out of service by the operator");
        await().atMost(PATIENCE)
                .until(() -> events("requests_cut")
                        .equals(List.of("1 request or tunnel still ran at the order's deadline and had to be cut")));
    }

    @Test
    void at_the_deadline_a_get_is_answered_by_another_member() throws Exception {
        CompletableFuture<HttpResponse<String>> get = slow("GET");
        order("S1/maintenance", "{\"deadline\":\"0s\"}");
        await().atMost(PATIENCE).until(() -> member(1).getInteger("running") == 1);
        release.countDown();
        assertThat(get.join().body()).isEqualTo("S2");
        assertThat(events("requests_cut")).isEmpty();
    }

    @Test
    void the_last_member_goes_only_by_force() throws Exception {
        order("S1/drain", "");
        HttpResponse<String> refused = order(monitor.adminPort(), "S2/drain", "");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("nobody would be left to serve: S1 is UP and wanted in DRAIN");
        assertThat(get("/").body()).isEqualTo("S2");
        order("S2/drain", "{\"force\":true}");
        HttpResponse<String> dark = get("/");
        assertThat(dark.statusCode()).isEqualTo(503);
    }

    @Test
    void an_order_outlives_the_monitor_and_ends_when_its_time_is_up() throws Exception {
        order("S1/drain", "{\"by\":\"alice\",\"why\":\"disk\"}");
        monitor.close();
        monitor = Monitor.start(config());
        await().atMost(PATIENCE)
                .until(() -> member(1).getString("state").equals("UP")
                        && member(0).getString("state").equals("UP"));
        assertThat(member(0).getString("intent")).isEqualTo("DRAIN");
        assertThat(member(0).getJsonObject("order").getString("why")).isEqualTo("disk");
        assertThat(get("/").body()).isEqualTo("S2");
        order("S1/drain", "{\"for\":\"1s\"}");
        await().atMost(PATIENCE).until(() -> member(0).getString("intent").equals("READY"));
        assertThat(events("intent_changed")).endsWith("ready by echogate: time is up");
        assertThat(get("/").body()).isEqualTo("S1");
        monitor.close();
        monitor = Monitor.start(config());
        assertThat(member(0).getString("intent")).isEqualTo("READY");
    }

    @Test
    void clients_come_in_by_a_door_that_takes_no_orders() throws Exception {
        HttpResponse<String> answer = order(monitor.clientPort(), "S1/drain", "");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(member(0).getString("intent")).isEqualTo("READY");
    }

    @Test
    void clients_are_not_told_of_one_anothers_requests() throws Exception {
        String number = get("/").headers().firstValue("Echogate-Request").orElseThrow();
        assertThat(get("/-/api/v1/requests").statusCode()).isEqualTo(403);
        assertThat(get("/-/api/v1/requests/live").statusCode()).isEqualTo(403);
        await().atMost(PATIENCE)
                .until(() -> client.send(
                                HttpRequest.newBuilder(uri(monitor.adminPort(), "/-/api/v1/requests?id=" + number))
                                        .build(),
                                BodyHandlers.ofString())
                        .body()
                        .contains(number));
    }

    @Test
    void a_second_start_that_fails_leaves_the_stored_orders_alone() throws Exception {
        order("S1/drain", "{\"by\":\"alice\"}");
        Path stored = directory.resolve("orders-127.0.0.1-0.json");
        String before = Files.readString(stored).replace("S1", "S9");
        Files.writeString(stored, before);
        Parsed.Good taken =
                (Parsed.Good) ConfigReader.read("test.yaml", """
                listen: 127.0.0.1:%d
                admin: 127.0.0.1:0
                stateDir: %s
                members: [{name: S2, url: "http://127.0.0.1:9"}]
                """.formatted(monitor.clientPort(), directory));
        assertThatThrownBy(() -> Monitor.start(taken.config())).isInstanceOf(IOException.class);
        assertThat(stored).hasContent(before);
    }

    @Test
    void without_a_directory_the_monitor_runs_and_says_why_it_takes_no_orders() throws Exception {
        monitor.close();
        Path file = Files.writeString(directory.resolve("file"), "");
        directory = file.resolve("state");
        monitor = Monitor.start(config());
        awaitServing();
        assertThat(get("/").body()).isEqualTo("S1");
        HttpRequest request = HttpRequest.newBuilder(uri(monitor.adminPort(), "/-/api/v1/members/S1/drain"))
                .POST(BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains(file.toString());
    }
}
