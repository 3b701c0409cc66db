package io.echogate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echogate.clock.Chance;
import io.echogate.config.Config;
import io.echogate.config.ConfigReader;
import io.echogate.config.Parsed;
import io.echogate.machine.MachineService;
import io.echogate.net.EventLoops;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running monitor tells Prometheus, and writes of its clients, with everything wired as the command does. */
final class SeenFromOutsideTest {
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?:[a-zA-Z_]\\w*=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\",?)*})? (\\S+)");
    private static final Pattern BOUND = Pattern.compile(",?\\ble=\"([^\"]+)\"");

    @TempDir
    private Path directory;

    private final EventLoops loops = EventLoops.start("test-machine", 1);
    private final HttpClient client = HttpClient.newHttpClient();
    private MachineService machine;
    private Path file;
    private Monitor monitor;

    @BeforeEach
    void start() throws IOException {
        machine = MachineService.start(loops, new InetSocketAddress("127.0.0.11", 0), "S1", Chance.seeded(1));
        file = directory.resolve("access.log");
        monitor = Monitor.start(config());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> get(monitor.adminPort(), "/-/readyz").statusCode() == 200);
    }

    private Config config() {
        String yaml = """
                listen: 127.0.0.1:0
                admin: 127.0.0.1:0
                pollFreq: 200ms
                accessLog: {file: %s}
                members: [{name: S1, url: "http://127.0.0.11:%d"}]
                """.formatted(file, machine.address().getPort());
        return ((Parsed.Good) ConfigReader.read("test.yaml", yaml)).config();
    }

    @AfterEach
    void end() {
        client.close();
        monitor.close();
        machine.close();
        loops.close();
    }

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void the_metrics_are_valid_and_complete() throws Exception {
        get(monitor.clientPort(), "/?first=3&second=7");
        get(monitor.clientPort(), "/?first=no&second=7");
        String text = get(monitor.adminPort(), "/-/metrics").body();
        Map<String, String> types = new HashMap<>();
        Map<String, Double> samples = new HashMap<>();
        for (String line : text.split("\n")) {
            take(line, types, samples);
        }
        assertThat(types)
                .containsEntry("echogate_requests_total", "counter")
                .containsEntry("echogate_attempts_total", "counter")
                .containsEntry("echogate_retries_total", "counter")
                .containsEntry("echogate_refusals_total", "counter")
                .containsEntry("echogate_member_sent_bytes_total", "counter")
                .containsEntry("echogate_member_received_bytes_total", "counter")
                .containsEntry("echogate_client_sent_bytes_total", "counter")
                .containsEntry("echogate_member_requests_in_flight", "gauge")
                .containsEntry("echogate_member_idle_connections", "gauge")
                .containsEntry("echogate_member_connections_reused_total", "counter")
                .containsEntry("echogate_connect_seconds", "histogram")
                .containsEntry("echogate_first_byte_seconds", "histogram")
                .containsEntry("echogate_request_seconds", "histogram")
                .containsEntry("echogate_relay_lag_seconds", "histogram")
                .containsEntry("echogate_access_log_dropped_total", "counter");
        assertThat(samples)
                .containsEntry("echogate_requests_total{class=\"2xx\",member=\"S1\"}", 1.0)
                .containsEntry("echogate_requests_total{class=\"4xx\",member=\"S1\"}", 1.0);
        histogramsAddUp(samples);
    }

    /** Exposition format 0.0.4: a family's type goes before its samples, once; a series is there once. */
    private static void take(String line, Map<String, String> types, Map<String, Double> samples) {
        Matcher comment = COMMENT.matcher(line);
        if (comment.matches()) {
            if (comment.group(1).equals("TYPE")) {
                assertThat(types.put(comment.group(2), comment.group(3)))
                        .as(line)
                        .isNull();
            }
            return;
        }
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        String labels = sample.group(2) == null ? "" : sample.group(2);
        double value = Double.parseDouble(sample.group(3).replace("Inf", "Infinity"));
        assertThat(samples.put(sample.group(1) + labels, value)).as(line).isNull();
        String family = sample.group(1).replaceAll("_(bucket|sum|count)$", "");
        assertThat(types.containsKey(family) || types.containsKey(sample.group(1)))
                .as(line)
                .isTrue();
    }

    /** Buckets never fall with their bound, and the last one is the count. */
    private static void histogramsAddUp(Map<String, Double> samples) {
        Set<String> checked = new HashSet<>();
        Map<String, List<double[]>> buckets = new HashMap<>();
        samples.forEach((series, value) -> {
            Matcher bound = BOUND.matcher(series);
            if (bound.find()) {
                String of = series.replace(bound.group(), "").replace("{}", "");
                double le = Double.parseDouble(bound.group(1).replace("Inf", "Infinity"));
                buckets.computeIfAbsent(of, k -> new ArrayList<>()).add(new double[] {le, value});
            }
        });
        buckets.forEach((series, points) -> {
            points.sort((a, b) -> Double.compare(a[0], b[0]));
            for (int i = 1; i < points.size(); i++) {
                assertThat(points.get(i)[1]).as(series).isGreaterThanOrEqualTo(points.get(i - 1)[1]);
            }
            assertThat(points.getLast()[0]).as(series).isInfinite();
            assertThat(samples.get(series.replaceFirst("_bucket", "_count"))).isEqualTo(points.getLast()[1]);
            checked.add(series);
        });
        assertThat(checked).hasSizeGreaterThan(3);
    }

    @Test
    void requests_are_in_the_access_log_and_a_hang_up_opens_it_again() throws Exception {
        get(monitor.clientPort(), "/?first=3&second=7");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(lines(file)).hasSize(1));
        JsonObject line = lines(file).getFirst();
        assertThat(line.getString("target")).isEqualTo("/?first=3&second=7");
        assertThat(line.getString("member")).isEqualTo("S1");
        assertThat(line.getInteger("status")).isEqualTo(200);

        Path aside = directory.resolve("aside.log");
        Files.move(file, aside);
        long self = ProcessHandle.current().pid();
        assertThat(new ProcessBuilder("kill", "-HUP", Long.toString(self))
                        .start()
                        .waitFor())
                .isZero();
        await().atMost(Duration.ofSeconds(10)).until(() -> Files.exists(file));
        get(monitor.clientPort(), "/after");
        monitor.close();
        assertThat(lines(file)).hasSize(1);
        assertThat(lines(aside)).hasSize(1);
    }

    private static List<JsonObject> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(JsonObject::new).toList();
    }
}
