package io.echogate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echogate.config.Config;
import io.echogate.config.ConfigReader;
import io.echogate.config.Parsed;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real monitor records while a real machine process is frozen, thawed and killed; the recording replays the same. */
final class RecordingTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final HttpClient client = HttpClient.newHttpClient();

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.11"))) {
            return free.getLocalPort();
        }
    }

    private static Process machine(int port) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(List.of(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "io.echogate.app.Main",
                        "machine",
                        "--name=S1",
                        "--listen=127.0.0.11:" + port,
                        "--end-with-parent"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private void awaitVerdict(Monitor monitor, String verdict) {
        URI uri = URI.create("http://127.0.0.1:" + monitor.adminPort() + "/-/api/v1/fleet");
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> {
            String body = client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            JsonObject member = new JsonObject(body).getJsonArray("members").getJsonObject(0);
            assertThat(member.getString("state") + " " + member.getString("cause"))
                    .isEqualTo(verdict);
        });
    }

    @Test
    void a_real_monitors_recording_replays_the_same(@TempDir Path dir) throws Exception {
        int port = freePort();
        String yaml = """
                listen: 127.0.0.1:0
                admin: 127.0.0.1:0
                members:
                  - {name: S1, url: "http://127.0.0.11:%d"}
                  - {name: S2, url: "http://127.0.0.12:%d"}
                """.formatted(port, port);
        Config config = ((Parsed.Good) ConfigReader.read("fleet.yaml", yaml)).config();
        Path file = dir.resolve("rec.jsonl");
        Process machine = machine(port);
        try (Monitor monitor = Monitor.start(config, new RecordTo(file, 64L << 20, "fleet.yaml", yaml))) {
            awaitVerdict(monitor, "UP NONE");
            signal(machine, "STOP");
            awaitVerdict(monitor, "DOWN FROZEN");
            signal(machine, "CONT");
            awaitVerdict(monitor, "UP NONE");
            machine.destroyForcibly().waitFor();
            awaitVerdict(monitor, "DOWN PORT_CLOSED");
        } finally {
            machine.destroyForcibly();
            client.close();
        }
        assertThat(Files.size(file)).isPositive();
        int exit = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), "replay", file.toString());
        assertThat(exit).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains(
                        "SUSPECT → DOWN",
                        "FROZEN",
                        "PORT_CLOSED",
                        "RECOVERING → UP",
                        "the monitor ended",
                        "same: all ");
    }
}
