package io.echogate.bench;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A monitor as it is run, history and all, with members on addresses of 127.0.0.0/8 that one process serves and a few that
 * another one does, which can be frozen.
 */
final class PageFleet implements AutoCloseable {
    private static final int FREEZING = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final Child monitor;
    final int members;
    final int admin;
    final Child freezing;
    private final Child well;
    private final String token;
    private final HttpClient client = HttpClient.newHttpClient();

    PageFleet(Path directory, int members) throws IOException {
        this.members = members;
        int wellPort = HttpScale.freePort();
        int freezingPort = HttpScale.freePort();
        well = HttpScale.machines(directory, "well", wellPort);
        freezing = HttpScale.machines(directory, "freezing", freezingPort);
        Path config = directory.resolve("monitor.yaml");
        Files.writeString(config, config(directory, wellPort, freezingPort));
        monitor = Child.echogate(directory.resolve("monitor.log"), "monitor", "--config", config.toString());
        admin = Integer.parseInt(monitor.said("monitor_listening .* admin=.*:(\\d+)"));
        token = Files.readString(Path.of(monitor.said("operators_token file=(\\S+)")))
                .strip();
        awaitAllUp();
    }

    private String config(Path directory, int wellPort, int freezingPort) {
        StringBuilder yaml = new StringBuilder("listen: 127.0.0.1:0\nadmin: 127.0.0.1:0\npollFreq: 1s\n");
        yaml.append("stateDir: ").append(directory.resolve("state")).append("\nmembers:\n");
        for (int i = 0; i < members; i++) {
            int port = i >= 1 && i <= FREEZING ? freezingPort : wellPort;
            yaml.append("  - {name: M")
                    .append(i)
                    .append(", url: \"http://")
                    .append(HttpScale.host(i))
                    .append(':')
                    .append(port)
                    .append("\"}\n");
        }
        return yaml.toString();
    }

    void awaitAllUp() {
        try (Gauge gauge = new Gauge(admin)) {
            await().atMost(PATIENCE).until(() -> gauge.members("UP", "NONE") == members);
        }
    }

    /** An operator's order; {@code drain} or {@code ready}. */
    void order(String member, String what) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + admin + "/-/api/v1/members/" + member + "/" + what))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(what + " of " + member + ": " + answer.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.close();
        monitor.close();
        well.close();
        freezing.close();
    }
}
