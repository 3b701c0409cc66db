package io.echogate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.echogate.history.SmallDisk;
import io.echogate.page.RealProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real monitor is killed again and again with SIGKILL, at moments that are drawn by lot: while it starts, and while
 * requests, orders and remarks come in. Whatever it had acknowledged, the next one knows.
 */
@Tag("lab") // for its length
final class KilledMonitorTest {
    private static final int KILLS = 50;
    private static final int LONGEST_LIFE_MILLIS = 2_400;
    private static final int LONGEST_START_MILLIS = 1_800;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Random chance = new Random(0xEC40);
    private final Traffic traffic = new Traffic(new Random(0x6A7E));
    private final Map<String, JsonObject> stood = new HashMap<>();
    private final Map<Instant, Instant> lives = new TreeMap<>();
    private HttpServer s1;
    private HttpServer s2;
    private HttpServer s3;
    private Path config;
    private long longestLostMillis;
    private int recalled;
    private int late;
    private int secondsFound;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws IOException {
        s1 = member("S1", 0);
        s2 = member("S2", 0);
        s3 = member("S3", 0);
        config = Files.writeString(directory.resolve("echogate.yaml"), """
                listen: 127.0.0.1:0
                admin: 127.0.0.1:0
                pollFreq: 100ms
                icmp: {enabled: false}
                ping: {holdDown: 0s}
                stateDir: %s
                members:
                  - {name: S1, url: "http://127.0.0.1:%d"}
                  - {name: S2, url: "http://127.0.0.1:%d"}
                  - {name: S3, url: "http://127.0.0.1:%d"}
                """.formatted(
                        directory.resolve("state"), port(s1), port(s2), port(s3)));
    }

    @AfterEach
    void end() {
        traffic.close();
        List.of(s1, s2, s3).forEach(server -> server.stop(0));
    }

    private static HttpServer member(String name, int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/ping", exchange -> answer(exchange, "pong"));
        server.createContext("/", exchange -> answer(exchange, name));
        server.start();
        return server;
    }

    private static int port(HttpServer server) {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        exchange.sendResponseHeaders(200, text.length());
        exchange.getResponseBody().write(text.getBytes(StandardCharsets.US_ASCII));
        exchange.close();
    }

    @Test
    void whatWasAcknowledgedOutlivesFiftyKills() throws Exception {
        for (int kill = 1; kill <= KILLS; kill++) {
            try (RealProcess monitor = begin(kill)) {
                if (kill % 5 == 0) {
                    pass(chance.nextInt(LONGEST_START_MILLIS));
                } else {
                    live(monitor, kill);
                }
            }
        }
        try (RealProcess monitor = begin(KILLS + 1)) {
            check(listening(monitor), KILLS + 1);
        }
        assertThat(traffic.wrong()).isEmpty();
        assertThat(recalled).as("verdicts that were recalled").isGreaterThan(KILLS);
        assertThat(secondsFound).as("seconds looked for").isGreaterThan(5);
        databaseIsWhole();
        System.out.printf(
                "%d kills: %s; %d verdicts recalled, %d of them late; %d whole seconds of figures; of the last %d ms lost at most%n",
                KILLS, traffic.sum(), recalled, late, secondsFound, longestLostMillis);
    }

    private RealProcess begin(int number) throws IOException {
        return RealProcess.start(directory.resolve(number + ".log"), "monitor", "--config", config.toString());
    }

    private Traffic.Target listening(RealProcess monitor) throws IOException {
        int clients = monitor.awaitPort("monitor_listening clients=/127.0.0.1:");
        int admin = monitor.awaitPort("admin=127.0.0.1:");
        String token = Files.readString(directory.resolve("state/token")).strip();
        return new Traffic.Target(clients, admin, token);
    }

    private static void pass(int millis) {
        await().pollDelay(Duration.ofMillis(millis)).until(() -> true);
    }

    private void live(RealProcess monitor, int kill) throws Exception {
        Traffic.Target target = listening(monitor);
        Instant began = Instant.now();
        check(target, kill);
        traffic.begin(target);
        if (kill % 5 == 3) {
            turn(target);
        }
        if (kill > 1) { // the first one dies before it has stored anything
            pass(chance.nextInt(LONGEST_LIFE_MILLIS) + (kill % 10 == 7 ? LONGEST_LIFE_MILLIS : 0));
        }
        JsonObject last = fleet(target);
        Instant killed = Instant.now();
        monitor.close();
        traffic.end();
        if (stored(last, killed)) {
            lives.put(began, killed);
            remember(last, killed);
        } else {
            stood.clear();
        }
    }

    /** S3 fails, or comes back. */
    private void turn(Traffic.Target target) throws Exception {
        boolean up = member(fleet(target), "S3").getString("state").equals("UP");
        if (up) {
            s3.stop(0);
        } else {
            s3 = member("S3", port(s3));
        }
        await().atMost(PATIENCE)
                .until(() -> member(fleet(target), "S3").getString("state").equals(up ? "DOWN" : "UP"));
    }

    private JsonObject fleet(Traffic.Target target) throws Exception {
        return new JsonObject(traffic.get(target.admin(), "/-/api/v1/fleet").body());
    }

    private static JsonObject member(JsonObject fleet, String name) {
        return fleet.getJsonArray("members").stream()
                .map(JsonObject.class::cast)
                .filter(m -> m.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Where storing has just begun, what waited until then may not be on the disk. */
    private static boolean stored(JsonObject last, Instant killed) {
        JsonObject history = last.getJsonObject("history");
        return history.getString("state").equals("STORING") && since(history).isBefore(killed.minusSeconds(1));
    }

    /** A verdict that is younger than this may not have been stored before the end. */
    private void remember(JsonObject last, Instant killed) {
        for (String name : List.of("S1", "S2", "S3")) {
            JsonObject member = member(last, name);
            boolean settled = List.of("UP", "DOWN").contains(member.getString("state"))
                    && since(member).isBefore(killed.minusSeconds(1));
            if (settled) {
                stood.put(name, member);
            } else {
                stood.remove(name);
            }
        }
    }

    private static Instant since(JsonObject something) {
        return Instant.parse(something.getString("since"));
    }

    private void check(Traffic.Target target, int number) throws Exception {
        JsonObject first = fleet(target);
        for (String name : List.of("S1", "S2", "S3")) {
            JsonObject member = member(first, name);
            JsonObject order = member.getJsonObject("order");
            String wanted = member.getString("intent") + (order == null ? "" : " " + order.getString("why"));
            assertThat(wanted).as("wanted of " + name).isIn(traffic.possible(name, wanted));
            if (stood.containsKey(name)) {
                checkVerdict(target, number, member, verdict(stood.get(name)));
                recalled++;
            }
        }
        checkRemarks(target);
        checkFigures(target);
    }

    /** In the very first answer, unless the monitor has said that its database kept it waiting: then a moment later. */
    private void checkVerdict(Traffic.Target target, int number, JsonObject first, String stood) throws Exception {
        String name = first.getString("name");
        if (!verdict(first).equals(stood)) {
            assertThat(directory.resolve(number + ".log"))
                    .content()
                    .as(name + " stood " + stood + " and is " + verdict(first))
                    .contains("history_slow");
            late++;
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(verdict(member(fleet(target), name))).isEqualTo(stood));
        }
    }

    private static String verdict(JsonObject member) {
        return member.getString("state") + " " + member.getString("cause") + " since " + member.getString("since");
    }

    private void checkRemarks(Traffic.Target target) throws Exception {
        for (Map.Entry<String, List<String>> said : traffic.remarks().entrySet()) {
            JsonObject incident = new JsonObject(traffic.get(target.admin(), "/-/api/v1/incidents/" + said.getKey())
                    .body());
            assertThat(incident.getJsonArray("remarks"))
                    .extracting(remark -> ((JsonObject) remark).getString("text"))
                    .as("remarks on " + said.getKey())
                    .containsAll(said.getValue());
        }
    }

    /**
     * A second's figures are handed on as soon as anything is heard after it, 0.2 s later at the latest, and written at
     * once: on the disk within less than a second, even of a busy machine. So of a kill at t they miss the second under way
     * at most, and the one before it if that ended less than a second ago: all older ones are there, without a gap.
     */
    private void checkFigures(Traffic.Target target) throws Exception {
        if (lives.isEmpty()) {
            return;
        }
        secondsFound = 0;
        Instant from = lives.keySet().iterator().next();
        JsonObject answer = new JsonObject(
                traffic.get(target.admin(), "/-/api/v1/history?metric=service&step=1s&member=S1&from=" + from)
                        .body());
        JsonArray counts = answer.getJsonArray("members").getJsonObject(0).getJsonArray("count");
        long start = Instant.parse(answer.getString("from")).getEpochSecond();
        lives.forEach((began, killed) -> {
            long first = began.getEpochSecond() + 1;
            long last = killed.minusSeconds(1).getEpochSecond() - 1;
            for (long second = first; second <= last; second++) {
                assertThat(none(counts, second - start))
                        .as("figures of second " + second + " of the life from " + began + " to " + killed)
                        .isFalse();
                secondsFound++;
            }
            if (last >= first) {
                noteLoss(counts, start, killed);
            }
        });
    }

    private void noteLoss(JsonArray counts, long start, Instant killed) {
        long end = killed.getEpochSecond();
        while (none(counts, end - 1 - start)) {
            end--;
        }
        longestLostMillis = Math.max(longestLostMillis, killed.toEpochMilli() - end * 1000);
    }

    private static boolean none(JsonArray counts, long index) {
        Integer count = counts.getInteger((int) index);
        return count == null || count == 0;
    }

    private void databaseIsWhole() throws Exception {
        assertThat(SmallDisk.integrity(directory.resolve("state/history-127.0.0.1-0.db")))
                .isEqualTo("ok");
        try (var files = Files.list(directory.resolve("state"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.contains("damaged") || name.contains("unreadable"));
        }
    }
}
