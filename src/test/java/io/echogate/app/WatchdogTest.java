package io.echogate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echogate.config.Config;
import io.echogate.config.ConfigReader;
import io.echogate.config.Parsed;
import io.echogate.model.Cause;
import io.echogate.model.State;
import io.echogate.page.RealProcess;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A frozen member is found by the requests that wait at it, long before its next ping would be due. */
final class WatchdogTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path dir;

    private final HttpClient client = HttpClient.newHttpClient();

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private RealProcess machine(String name) throws IOException {
        return RealProcess.start(dir.resolve(name), "machine", "--name", name, "--listen", "127.0.0.1:0");
    }

    private static Config config(int s1, int s2) {
        String yaml = """
                listen: 127.0.0.1:0
                admin: 127.0.0.1:0
                pollFreq: 10m
                icmp: {enabled: false}
                members:
                  - {name: S1, url: "http://127.0.0.1:%d"}
                  - {name: S2, url: "http://127.0.0.1:%d"}
                """.formatted(s1, s2);
        return ((Parsed.Good) ConfigReader.read("test.yaml", yaml)).config();
    }

    private void awaitFirst(Monitor monitor, State state, Cause cause) {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            JsonObject member = new JsonObject(
                            get(monitor.adminPort(), "/-/api/v1/fleet").body())
                    .getJsonArray("members")
                    .getJsonObject(0);
            assertThat(member.getString("state") + " " + member.getString("cause"))
                    .isEqualTo(state + " " + cause);
        });
    }

    @Test
    void requestsThatWaitAtAFrozenMemberAreMovedAndItIsDoubted() throws Exception {
        try (client;
                RealProcess s1 = machine("S1");
                RealProcess s2 = machine("S2");
                Monitor monitor = Monitor.start(config(
                        s1.awaitPort("machine_listening address=/127.0.0.1:"),
                        s2.awaitPort("machine_listening address=/127.0.0.1:")))) {
            awaitFirst(monitor, State.UP, Cause.NONE);

            s1.freeze();
            HttpResponse<String> answer = get(monitor.clientPort(), "/?first=3&second=7");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Echogate-Member")).contains("S2");
            assertThat(answer.headers().firstValue("Echogate-Attempts")).contains("2");
            awaitFirst(monitor, State.DOWN, Cause.FROZEN);

            s1.thaw();
            awaitFirst(monitor, State.UP, Cause.NONE);
        }
    }
}
