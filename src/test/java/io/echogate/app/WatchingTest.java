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
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole monitor that watches: real sockets, and its recording judged again. */
final class WatchingTest {
    private final EventLoops loops = EventLoops.start("test-machine", 1);
    private final HttpClient client = HttpClient.newHttpClient();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void end() {
        client.close();
        loops.close();
    }

    private MachineService machine(String name, String host) throws IOException {
        return MachineService.start(loops, new InetSocketAddress(host, 0), name, Chance.seeded(1));
    }

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private void awaitVerdict(Monitor monitor, int watched, String... verdicts) {
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
            JsonObject m = new JsonObject(
                            get(monitor.adminPort(), "/-/api/v1/fleet").body())
                    .getJsonArray("watched")
                    .getJsonObject(watched);
            assertThat(m.getString("state") + " " + m.getString("cause")).isIn((Object[]) verdicts);
        });
    }

    @Test
    void who_is_watched_is_judged_and_never_carried_to(@TempDir Path dir) throws Exception {
        MachineService s1 = machine("S1", "127.0.0.11");
        MachineService other = machine("other", "127.0.0.12");
        String yaml = """
                listen: 127.0.0.1:0
                admin: 127.0.0.1:0
                pollFreq: 200ms
                members: [{name: S1, url: "http://127.0.0.11:%d"}]
                watch:
                  - {name: gw, url: "icmp://127.0.0.1"}
                  - {name: db, url: "tcp://127.0.0.12:%d"}
                  - {name: web, url: "http://127.0.0.12:%d", path: "/?first=1&second=2"}
                """.formatted(
                        s1.address().getPort(),
                        other.address().getPort(),
                        other.address().getPort());
        Config config = ((Parsed.Good) ConfigReader.read("fleet.yaml", yaml)).config();
        Path file = dir.resolve("rec.jsonl");
        try (Monitor monitor = Monitor.start(config, new RecordTo(file, 64L << 20, "fleet.yaml", yaml))) {
            awaitVerdict(monitor, 0, "UP NONE", "UNKNOWN NONE"); // a host may allow no ICMP
            awaitVerdict(monitor, 1, "UP NONE");
            awaitVerdict(monitor, 2, "UP NONE");
            other.close();
            awaitVerdict(monitor, 1, "DOWN PORT_CLOSED");
            awaitVerdict(monitor, 2, "DOWN PORT_CLOSED");
            assertThat(get(monitor.adminPort(), "/-/readyz").statusCode()).isEqualTo(200);
            s1.close();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> get(monitor.adminPort(), "/-/readyz").statusCode() == 503);
            assertThat(get(monitor.clientPort(), "/?first=3&second=7").body())
                    .contains("S1")
                    .doesNotContain("gw", "db", "web");
        }
        int exit = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), "replay", file.toString());
        assertThat(exit).as(err.toString()).isZero();
        assertThat(out.toString()).contains("db ", "web ", "PORT_CLOSED", "same: all ");
    }
}
