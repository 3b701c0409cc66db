package io.echogate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echogate.clock.Chance;
import io.echogate.config.Config;
import io.echogate.config.ConfigReader;
import io.echogate.config.Parsed;
import io.echogate.history.SmallDisk;
import io.echogate.machine.MachineService;
import io.echogate.net.EventLoops;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole monitor whose disk fills up while it carries requests: nobody who asks notices. */
@Tag("lab") // needs root
final class FullDiskMonitorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final EventLoops loops = EventLoops.start("test-machine", 1);
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> answers = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService load = Executors.newScheduledThreadPool(1);
    private volatile long worstNanos; // written by the one thread of the load
    private SmallDisk disk;
    private MachineService machine;
    private Monitor monitor;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        disk = SmallDisk.mount(directory);
        machine = MachineService.start(loops, new InetSocketAddress("127.0.0.11", 0), "S1", Chance.seeded(1));
        monitor = Monitor.start(config());
        await().atMost(PATIENCE)
                .until(() -> get(monitor.adminPort(), "/-/readyz").startsWith("200"));
    }

    private Config config() {
        String yaml = """
                listen: 127.0.0.1:0
                admin: 127.0.0.1:0
                pollFreq: 100ms
                icmp: {enabled: false}
                stateDir: %s
                members: [{name: S1, url: "http://127.0.0.11:%d"}]
                """.formatted(disk.file("state"), machine.address().getPort());
        return ((Parsed.Good) ConfigReader.read("test.yaml", yaml)).config();
    }

    @AfterEach
    void end() throws Exception {
        load.shutdownNow();
        client.shutdownNow();
        monitor.close();
        machine.close();
        loops.close();
        disk.close();
    }

    private String get(int port, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        HttpResponse<String> answer =
                client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    private void request() {
        long asked = System.nanoTime();
        try {
            answers.add(get(monitor.clientPort(), "/?first=3&second=7").substring(0, 3));
        } catch (IOException e) {
            answers.add(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        worstNanos = Math.max(worstNanos, System.nanoTime() - asked);
    }

    private long metric(String name) throws Exception {
        return get(monitor.adminPort(), "/-/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void requestsGoOnAndWhatHappenedMeanwhileIsStoredLater() throws Exception {
        Instant began = Instant.now();
        var _ = load.scheduleWithFixedDelay(this::request, 0, 5, TimeUnit.MILLISECONDS);
        await().atMost(PATIENCE).until(() -> metric("echogate_history_stored_total") > 20);
        await().atMost(PATIENCE).until(() -> {
            disk.fill(); // again: what is closed gives some room back
            return metric("echogate_history_failures_total") > 2;
        });
        long waiting = metric("echogate_history_waiting");
        await().atMost(PATIENCE).until(() -> metric("echogate_history_waiting") > waiting);
        disk.makeRoom();
        await().atMost(PATIENCE).until(() -> metric("echogate_history_waiting") < 3);
        load.shutdown();
        assertThat(load.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(answers).hasSizeGreaterThan(200).containsOnly("200");
        assertThat(metric("echogate_history_dropped_total")).isZero();
        await("every request is in the figures").atMost(PATIENCE).until(() -> counted(began) == answers.size());
        System.out.println("a full disk: " + answers.size() + " requests, none failed, the slowest took "
                + TimeUnit.NANOSECONDS.toMillis(worstNanos) + " ms");
        monitor.close();
        assertThat(SmallDisk.integrity(disk.file("state/history-127.0.0.1-0.db")))
                .isEqualTo("ok");
    }

    private long counted(Instant began) throws Exception {
        String figures = get(monitor.adminPort(), "/-/api/v1/history?metric=requests&step=1s&member=S1&from=" + began);
        JsonArray counts = new JsonObject(figures.substring(4))
                .getJsonArray("members")
                .getJsonObject(0)
                .getJsonArray("count");
        return counts.stream()
                .mapToLong(n -> n == null ? 0 : ((Number) n).longValue())
                .sum();
    }
}
