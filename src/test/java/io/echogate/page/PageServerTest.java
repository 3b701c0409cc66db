package io.echogate.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.echogate.clock.Clock;
import io.echogate.meter.LoopMeter;
import io.echogate.meter.Metric;
import io.echogate.model.Cause;
import io.echogate.model.Fleet;
import io.echogate.model.Member;
import io.echogate.model.Outcome;
import io.echogate.model.State;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PageServerTest {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    @Test
    void theFleetIsTheDocumentedJson() throws Exception {
        try (Site site = new Site(Fleets.of(Fleets.up(0, "S1"), Fleets.frozen(1, "S2", Fleets.START)))) {
            JsonObject fleet = site.json("/-/api/v1/fleet");
            assertThat(fleet.getLong("epoch")).isEqualTo(7);
            assertThat(fleet.getLong("seq")).isEqualTo(1);
            assertThat(fleet.getString("at")).isEqualTo("2026-01-01T00:00:00.000Z");
            assertThat(fleet.getString("now")).matches(TIME);
            assertThat(fleet.getBoolean("isolated")).isFalse();
            assertThat(fleet.getJsonArray("members")).hasSize(2);

            JsonObject up = fleet.getJsonArray("members").getJsonObject(0);
            assertThat(up.getString("name")).isEqualTo("S1");
            assertThat(up.getString("url")).isEqualTo("http://127.0.0.11:3000");
            assertThat(up.getString("state")).isEqualTo("UP");
            assertThat(up.getString("cause")).isEqualTo("NONE");
            assertThat(up.getString("since")).isEqualTo("2026-01-01T00:00:00.000Z");
            assertThat(up.getString("intent")).isEqualTo("READY");
            assertThat(up.getBoolean("serving")).isTrue();
            assertThat(up.getBoolean("chosen")).isTrue();
            assertThat(up.getJsonObject("host"))
                    .isEqualTo(
                            new JsonObject(
                                    "{\"state\":\"UP\",\"rttMillis\":0.163,\"lossPercent\":0.0,\"lastEchoAt\":\"2026-01-01T00:00:00.000Z\","
                                            + "\"jitterMillis\":0.304,\"p50Millis\":0.94,\"p95Millis\":1.48,\"p99Millis\":1.48}"));
            assertThat(up.getJsonObject("service").getDouble("rttMillis")).isEqualTo(1.235);
            assertThat(up.getJsonObject("service").getInteger("status")).isEqualTo(200);
            assertThat(up.getJsonObject("service").getString("detail")).isEqualTo("200 pong");

            JsonObject frozen = fleet.getJsonArray("members").getJsonObject(1);
            assertThat(frozen.getString("cause")).isEqualTo("FROZEN");
            assertThat(frozen.getString("causeWords")).isEqualTo(Cause.FROZEN.words());
            assertThat(frozen.getBoolean("serving")).isFalse();
            assertThat(frozen.getJsonObject("service").containsKey("status")).isTrue();
            assertThat(frozen.getJsonObject("service").getValue("status")).isNull();
        }
    }

    @Test
    void aMemberNotYetAskedHasNullsAndNotZeros() throws Exception {
        Member asked = Fleets.member(0, "S1", State.UNKNOWN, Cause.NONE, "not yet asked", Fleets.START, List.of());
        Member unasked = new Member(
                0,
                "S1",
                "http://s1",
                null,
                asked.verdict(),
                asked.since(),
                asked.order(),
                false,
                false,
                Long.MIN_VALUE,
                io.echogate.model.HostView.UNASKED,
                io.echogate.model.ServiceView.UNASKED,
                io.echogate.model.Standing.DEFAULT);
        try (Site site = new Site(Fleets.of(unasked))) {
            JsonObject member =
                    site.json("/-/api/v1/fleet").getJsonArray("members").getJsonObject(0);
            assertThat(member.getJsonObject("host"))
                    .isEqualTo(
                            new JsonObject(
                                    "{\"state\":\"UNKNOWN\",\"rttMillis\":null,\"lossPercent\":0.0,\"lastEchoAt\":null,"
                                            + "\"jitterMillis\":null,\"p50Millis\":null,\"p95Millis\":null,\"p99Millis\":null}"));
            assertThat(member.getJsonObject("service"))
                    .isEqualTo(
                            new JsonObject(
                                    "{\"state\":\"UNKNOWN\",\"rttMillis\":null,\"status\":null,\"lastEchoAt\":null,\"detail\":\"\",\"timing\":null,"
                                            + "\"jitterMillis\":null,\"p50Millis\":null,\"p95Millis\":null,\"p99Millis\":null}"));
            assertThat(site.get("/-/readyz").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void textOfMembersStaysText() throws Exception {
        String nasty = "<img src=x onerror=\"alert(1)\">\u2028\\ \u0000";
        Fleet fleet =
                Fleets.of(Fleets.member(0, nasty, State.DOWN, Cause.WRONG_ANSWER, nasty, Fleets.START, List.of()));
        try (Site site = new Site(Fleets.happened(fleet, nasty, State.UP, State.DOWN, Cause.BROKEN, nasty, nasty))) {
            HttpResponse<String> answer = site.get("/-/api/v1/fleet");
            JsonObject member =
                    new JsonObject(answer.body()).getJsonArray("members").getJsonObject(0);
            assertThat(member.getString("name")).isEqualTo(nasty);
            assertThat(member.getString("why")).isEqualTo(nasty);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
            JsonObject event =
                    site.json("/-/api/v1/events").getJsonArray("events").getJsonObject(0);
            assertThat(event.getJsonArray("evidence")).isEqualTo(new JsonArray(List.of(nasty)));
            assertThat(site.get("/-/metrics").body())
                    .contains("echogate_member_state{member=\"<img src=x onerror=\\\"");
        }
    }

    @Test
    void eventsAreThoseAfterANumberOldestFirst() throws Exception {
        Fleet fleet = Fleets.twoUp();
        for (int i = 0; i < 5; i++) {
            fleet = Fleets.with(fleet, Fleets.up(0, "S1"));
            fleet = Fleets.happened(fleet, "S1", State.UP, State.SUSPECT, Cause.SLOW, "number " + i, "a", "b");
        }
        try (Site site = new Site(fleet)) {
            assertThat(numbers(site.json("/-/api/v1/events"))).containsExactly(2L, 3L, 4L, 5L, 6L);
            JsonObject later = site.json("/-/api/v1/events?after=3");
            assertThat(numbers(later)).containsExactly(4L, 5L, 6L);
            assertThat(later.getLong("epoch")).isEqualTo(7);
            assertThat(later.getLong("seq")).isEqualTo(6);
            assertThat(later.getJsonArray("events").getJsonObject(0))
                    .isEqualTo(new JsonObject()
                            .put("seq", 4)
                            .put("at", "2026-01-01T00:00:00.300Z")
                            .put("type", "member_state")
                            .put("member", "S1")
                            .put("from", "UP")
                            .put("to", "SUSPECT")
                            .put("cause", "SLOW")
                            .put("causeWords", Cause.SLOW.words())
                            .put("why", "number 2")
                            .put("evidence", new JsonArray().add("a").add("b")));
            JsonObject limited = site.json("/-/api/v1/events?after=2&limit=2");
            assertThat(numbers(limited)).containsExactly(3L, 4L);
            assertThat(limited.getBoolean("more")).isTrue();
            assertThat(numbers(site.json("/-/api/v1/events?after=6"))).isEmpty();
        }
    }

    private static List<Long> numbers(JsonObject answer) {
        return answer.getJsonArray("events").stream()
                .map(e -> ((JsonObject) e).getLong("seq"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "after=x",
                "after=-1",
                "after=",
                "after=1.5",
                "after=1&after=2",
                "after=99999999999999999999",
                "after=0&limit=0",
                "limit=501",
                "limit=%00"
            })
    void badNumbersAreRefusedInOneLine(String query) throws Exception {
        try (Site site = new Site(Fleets.twoUp())) {
            HttpResponse<String> answer = site.get("/-/api/v1/events?" + query);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).matches("(after|limit): expected [^\n]+\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/-/,200",
        "GET,/-,302",
        "GET,/,302",
        "HEAD,/-/,200",
        "POST,/-/,405",
        "POST,/-/api/v1/fleet,405",
        "DELETE,/-/api/v1/events,405",
        "PUT,/-/metrics,405",
        "POST,/-/nothing,404",
        "GET,/-/nothing,404",
        "GET,/-/api/v1/fleet/,404",
        "GET,/-/assets/,404",
        "GET,/-/assets/../index.html,404",
        "GET,/-/assets/..%2f..%2fapplication.properties,404",
        "GET,/-/assets/0000000000000000/app.js,404",
        "GET,/-/healthz,200",
        "GET,/-/readyz,200",
        "GET,/-/api/v1/live,426",
        "GET,/elsewhere,404"
    })
    void everyRouteAnswersWithTheSecurityHeaders(String method, String path, int status) throws Exception {
        try (Site site = new Site(Fleets.twoUp())) {
            HttpResponse<String> answer = site.ask(method, path);
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
            assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'", "script-src 'self' 'sha256-")
                    .doesNotContain("unsafe");
            if (status >= 400) {
                assertThat(answer.body()).matches("[^\n]+\n");
            }
            if (status == 405) {
                assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
            }
            if (status == 302) {
                assertThat(answer.headers().firstValue("Location")).contains("/-/");
            }
        }
    }

    @Test
    void thePageNamesFilesThatExistAndMayBeKeptForEver() throws Exception {
        try (Site site = new Site(Fleets.twoUp())) {
            HttpResponse<String> page = site.get("/-/");
            assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
            assertThat(page.body())
                    .doesNotContain("{{")
                    .doesNotContain("style=\"")
                    .doesNotContain("://");
            Matcher files =
                    Pattern.compile("(?:src|href)=\"(/-/assets/[^\"]+)\"").matcher(page.body());
            int found = 0;
            while (files.find()) {
                found++;
                HttpResponse<String> file = site.get(files.group(1));
                assertThat(file.statusCode()).as(files.group(1)).isEqualTo(200);
                assertThat(file.headers().firstValue("Cache-Control").orElseThrow())
                        .contains("immutable");
                String etag = file.headers().firstValue("ETag").orElseThrow();
                assertThat(site.get(files.group(1), "If-None-Match", etag).statusCode())
                        .isEqualTo(304);
            }
            assertThat(found).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void everyModuleThatIsImportedIsServed() throws Exception {
        Assets assets = Assets.load();
        try (Site site = new Site(Fleets.twoUp())) {
            Matcher map = Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL)
                    .matcher(site.get("/-/").body());
            assertThat(map.find()).isTrue();
            JsonObject imports = new JsonObject(map.group(1)).getJsonObject("imports");
            Pattern from = Pattern.compile("(?:from|import)\\s*\\(?\\s*[\"']([\\w@./-]+)[\"']");
            for (String path : assets.paths()) {
                if (path.endsWith(".js")) {
                    Matcher names = from.matcher(site.get(path).body());
                    while (names.find()) {
                        String target = resolve(path, names.group(1), imports);
                        assertThat(assets.at(target))
                                .as("%s imports %s", path, names.group(1))
                                .isNotNull();
                    }
                }
            }
        }
    }

    private static String resolve(String from, String name, JsonObject imports) {
        if (name.startsWith(".")) {
            return java.net.URI.create(from).resolve(name).toString();
        }
        if (imports.containsKey(name)) {
            return imports.getString(name);
        }
        return imports.fieldNames().stream()
                .filter(k -> k.endsWith("/") && name.startsWith(k))
                .map(k -> imports.getString(k) + name.substring(k.length()))
                .findFirst()
                .orElse(name);
    }

    /** All that a reader can ever be sent, whatever views are looked at; of the languages, one. */
    @Test
    void allOfThePageTogetherIsSmall() {
        Assets assets = Assets.load();
        int compressed = assets.page(true).gzip().length();
        for (String path : assets.paths()) {
            boolean otherLanguage = path.contains("/messages/") && !path.endsWith("/de.json");
            compressed += otherLanguage
                    ? 0
                    : Objects.requireNonNull(assets.at(path)).gzip().length();
        }
        assertThat(compressed).isLessThan(150 * 1024);
    }

    @Test
    void whateverIsNeededToDrawIsAskedForAtOnce() throws Exception {
        try (Site site = new Site(Fleets.twoUp())) {
            assertThat(site.get("/-/").body())
                    .containsPattern("<link rel=\"modulepreload\" href=\"/-/assets/\\w+/model.js\" />")
                    .containsPattern("<link rel=\"modulepreload\" href=\"/-/assets/\\w+/lit/index.js\" />")
                    .doesNotContainPattern("modulepreload\" href=\"/-/assets/\\w+/charts.js");
        }
    }

    @Test
    void everyFileOfThePageIsListed() throws Exception {
        Path directory = Path.of("src/main/resources/io/echogate/page");
        try (var files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(f -> directory.relativize(f).toString())
                            .filter(f -> !f.equals("index.html") && !f.equals("openapi.json")))
                    .containsExactlyInAnyOrderElementsOf(Assets.OWN);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:3001,200",
        "127.0.0.1,200",
        "1.2.3.150:3000,200",
        "[::1]:3001,200",
        "localhost:3001,200",
        "LOCALHOST,200",
        "evil.example,403",
        "evil.example:3001,403",
        "127.0.0.1.evil.example,403",
        "localhost.evil.example:80,403",
        "[evil],403"
    })
    void aNameThatSomebodyElseCanPointAtUsIsRefused(String host, int status) throws Exception {
        try (Site site = new Site(Fleets.twoUp())) {
            String answer = site.raw("GET /-/api/v1/fleet HTTP/1.1\nHost: " + host + "\nConnection: close\n\n");
            assertThat(answer).startsWith("HTTP/1.1 " + status);
        }
    }

    @Test
    void metricsHoldCountersHistogramsFleetAndJvm() throws Exception {
        try (Site site = new Site(Fleets.of(Fleets.up(0, "S1"), Fleets.frozen(1, "S2", Fleets.START)))) {
            LoopMeter loop = site.meters.newLoop();
            loop.tally(Metric.REQUESTS, "S1", "2xx").add(41);
            site.meters.newLoop().tally(Metric.REQUESTS, "S1", "2xx").add(1);
            loop.histogram(Metric.histogram("echogate_wait_seconds", "Waiting.", "member"), "S1")
                    .record(3_000_000);
            HttpResponse<String> answer = site.get("/-/metrics");
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/plain");
            assertThat(answer.body())
                    .contains(
                            "echogate_requests_total{class=\"2xx\",member=\"S1\"} 42.0\n",
                            "echogate_host_jitter_seconds{member=\"S1\"} 3.03559E-4\n",
                            "echogate_host_rtt_quantile_seconds{member=\"S1\",quantile=\"0.5\"} 9.4E-4\n",
                            "echogate_host_rtt_quantile_seconds{member=\"S1\",quantile=\"0.95\"} 0.00148\n",
                            "echogate_service_rtt_quantile_seconds{member=\"S1\",quantile=\"0.99\"} 0.00148\n",
                            "echogate_member_state{member=\"S2\",state=\"DOWN\"} 1.0\n",
                            "echogate_member_state{member=\"S2\",state=\"UP\"} 0.0\n",
                            "echogate_member_cause{cause=\"FROZEN\",member=\"S2\"} 1.0\n",
                            "echogate_member_serving{member=\"S1\"} 1.0\n",
                            "echogate_member_serving{member=\"S2\"} 0.0\n",
                            "echogate_wait_seconds_bucket{member=\"S1\",le=\"0.0025\"} 0\n",
                            "echogate_wait_seconds_bucket{member=\"S1\",le=\"0.005\"} 1\n",
                            "echogate_wait_seconds_sum{member=\"S1\"} 0.003\n",
                            "echogate_page_viewers 0.0\n",
                            "jvm_memory_used_bytes");
            for (String line : answer.body().split("\n")) {
                assertThat(line).matches("# (HELP|TYPE) .*|[a-zA-Z_:][\\w:]*(\\{.*\\})? (NaN|[+-]?Inf|-?[0-9.eE+-]+)");
            }
        }
    }

    @Test
    void theUnixSocketServesTheSameToAnyHostAndIsGoneAfterwards(@TempDir Path directory) throws Exception {
        Path path = directory.resolve("private/page.sock");
        try (Site site = new Site(Fleets.twoUp(), Clock.system(), path)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.getParent())))
                    .isEqualTo("rwx------");
            String answer =
                    overUnix(path, "GET /-/api/v1/fleet HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n");
            assertThat(answer)
                    .startsWith("HTTP/1.1 200 OK")
                    .contains("\"seq\":" + site.fleet().seq());
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void aSocketLeftBehindIsReplacedAndAFileIsNot(@TempDir Path directory) throws Exception {
        Path path = directory.resolve("page.sock");
        try (var dead = java.nio.channels.ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(path));
        }
        assertThat(path).exists();
        new Site(Fleets.twoUp(), Clock.system(), path).close();
        Files.writeString(path, "precious");
        assertThatThrownBy(() -> new Site(Fleets.twoUp(), Clock.system(), path))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not a socket");
        assertThat(path).content().isEqualTo("precious");
    }

    static String overUnix(Path path, String request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            return new String(
                    java.nio.channels.Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (Site site = new Site(Fleets.twoUp())) {
            int port = site.server.port();
            assertThatThrownBy(() -> PageServer.start(
                            Site.config(port),
                            Clock.system(),
                            site.meters,
                            site::fleet,
                            site.control,
                            Requests.NONE,
                            Site.INSIGHT,
                            null,
                            null))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void closingEndsThreadsAndFreesThePort() throws Exception {
        Site site = new Site(Fleets.twoUp());
        int port = site.server.port();
        try (WatchedStream stream = site.watch("")) {
            stream.next("snapshot");
            Instant before = Clock.system().now();
            site.server.close();
            assertThat(stream.closed.get(5, java.util.concurrent.TimeUnit.SECONDS))
                    .isEqualTo(1001);
            assertThat(Clock.system().now()).isBefore(before.plusSeconds(4));
        }
        site.close();
        PageServer.start(
                        Site.config(port),
                        Clock.system(),
                        site.meters,
                        site::fleet,
                        site.control,
                        Requests.NONE,
                        Site.INSIGHT,
                        null,
                        null)
                .close();
        org.awaitility.Awaitility.await()
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(t -> t.getName().contains("vert.x-eventloop")));
    }

    @Test
    void outcomesHaveLettersOfTheirOwn() {
        assertThat(StripJson.legend()).hasSize(Outcome.values().length);
    }
}
