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
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole monitor in one process: real sockets, real machine services, everything wired as the command does. */
final class MonitorTest {
    private final EventLoops loops = EventLoops.start("test-machine", 1);
    private final HttpClient client = HttpClient.newHttpClient();
    private MachineService s1;
    private MachineService s2;
    private Monitor monitor;

    @BeforeEach
    void start() throws IOException {
        s1 = machine("S1", "127.0.0.11", 0);
        s2 = machine("S2", "127.0.0.12", 0);
        monitor = Monitor.start(config(member("S1", s1), member("S2", s2)));
    }

    @AfterEach
    void end() {
        client.close();
        monitor.close();
        s1.close();
        s2.close();
        loops.close();
    }

    private MachineService machine(String name, String host, int port) throws IOException {
        return MachineService.start(loops, new InetSocketAddress(host, port), name, Chance.seeded(1));
    }

    private static MemberConfig member(String name, MachineService machine) {
        InetSocketAddress address = machine.address();
        return MemberConfig.of(name, address.getAddress().getHostAddress(), address.getPort());
    }

    private static Config config(MemberConfig... members) {
        return new Config(
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
                null,
                List.of(members),
                List.of());
    }

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonObject member(int index) throws IOException, InterruptedException {
        JsonObject fleet =
                new JsonObject(get(monitor.clientPort(), "/-/api/v1/fleet").body());
        return fleet.getJsonArray("members").getJsonObject(index);
    }

    private void awaitState(int index, String state, String cause) {
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> {
            JsonObject member = member(index);
            assertThat(member.getString("state") + " " + member.getString("cause"))
                    .isEqualTo(state + " " + cause);
        });
    }

    @Test
    void requests_survive_a_stopped_machine_and_come_back_to_it() throws Exception {
        awaitState(0, "UP", "NONE");
        awaitState(1, "UP", "NONE");
        HttpResponse<String> first = get(monitor.clientPort(), "/?first=3&second=7");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(first.body()).getInteger("sum")).isEqualTo(10);
        assertThat(first.headers().firstValue("Echogate-Member")).contains("S1");

        InetSocketAddress where = s1.address();
        s1.close();
        HttpResponse<String> meanwhile = get(monitor.clientPort(), "/?first=3&second=7");
        assertThat(meanwhile.statusCode()).isEqualTo(200);
        assertThat(meanwhile.headers().firstValue("Echogate-Member")).contains("S2");
        awaitState(0, "DOWN", "PORT_CLOSED");

        s1 = machine("S1", "127.0.0.11", where.getPort());
        awaitState(0, "UP", "NONE");
        assertThat(get(monitor.clientPort(), "/?first=1&second=1").headers().firstValue("Echogate-Member"))
                .contains("S1");
    }

    @Test
    void nobody_serves_is_said_with_each_members_cause() throws Exception {
        awaitState(0, "UP", "NONE");
        s1.close();
        s2.close();
        awaitState(0, "DOWN", "PORT_CLOSED");
        awaitState(1, "DOWN", "PORT_CLOSED");
        HttpResponse<String> answer = get(monitor.clientPort(), "/?first=3&second=7");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).contains("S1", "S2", "DOWN", "PORT_CLOSED");
        assertThat(get(monitor.adminPort(), "/-/readyz").statusCode()).isEqualTo(503);
        assertThat(get(monitor.adminPort(), "/-/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void admin_and_client_address_show_the_same_fleet_and_the_metrics_count() throws Exception {
        awaitState(0, "UP", "NONE");
        get(monitor.clientPort(), "/?first=3&second=7");
        assertThat(get(monitor.adminPort(), "/-/").statusCode()).isEqualTo(200);
        assertThat(get(monitor.clientPort(), "/-/").statusCode()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(
                        () -> assertThat(get(monitor.adminPort(), "/-/metrics").body())
                                .contains("echogate_requests_total{class=\"2xx\",member=\"S1\"}"));
    }
}
