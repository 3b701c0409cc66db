package io.echogate.page;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echogate.config.StatusRules;
import io.echogate.model.State;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The public page as it is asked for over real sockets. */
final class StatusRoutesTest {
    private static final String NASTY = "Shop <b>/ü";
    private static final StatusRules RULES =
            PublicSite.rules(PublicSite.one(NASTY, "S1"), PublicSite.one("Database", "S2"));

    private static PublicSite site() throws Exception {
        return new PublicSite(
                RULES,
                PublicSite.member(0, State.UP, PublicSite.NOW.minusSeconds(99)),
                PublicSite.member(1, State.DOWN, PublicSite.NOW.minusSeconds(250)));
    }

    @Test
    void nothingInternalIsTold() throws Exception {
        try (PublicSite site = site()) {
            for (String path : List.of("", "/status.json", "/feed.atom", "/badge/Database.svg", "/badge/no.svg")) {
                for (String origin : List.of(site.origin(), site.open())) {
                    HttpResponse<String> answer = site.get(origin + "/-/status" + path);
                    assertThat(answer.body())
                            .as(path)
                            .doesNotContain("S1", "S2", "127.0.0.1", "secret", "FROZEN", "3000");
                    assertThat(answer.headers().firstValue("Server")).isEmpty();
                }
            }
        }
    }

    @Test
    void thePageIsStrictAndSaysWhenItChanged() throws Exception {
        try (PublicSite site = site()) {
            HttpResponse<String> page = site.get(site.open() + "/-/status", "Accept-Language", "de-CH");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body())
                    .contains("Database ist seit 4 min ausgefallen")
                    .doesNotContain("<script", "style=");
            assertThat(page.headers().map())
                    .containsEntry("Content-Language", List.of("de"))
                    .containsEntry("Refresh", List.of("30"))
                    .containsEntry("Cache-Control", List.of("public, max-age=5"))
                    .containsEntry("Vary", List.of("Accept-Encoding, Accept-Language"));
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .startsWith("default-src 'none'")
                    .doesNotContain("unsafe", "script");
            String etag = page.headers().firstValue("ETag").orElseThrow();
            HttpResponse<String> again =
                    site.get(site.open() + "/-/status", "Accept-Language", "de-CH", "If-None-Match", etag);
            assertThat(again.statusCode()).isEqualTo(304);
            HttpResponse<String> still = site.get(site.open() + "/-/status?still");
            assertThat(still.headers().firstValue("Refresh")).isEmpty();
            assertThat(still.body()).contains("This page does not reload itself.");
        }
    }

    @Test
    void howeverManyAskItIsMadeOnceASecond() throws Exception {
        try (PublicSite site = site()) {
            String path = site.open() + "/-/status/status.json";
            String before = site.get(path).body();
            site.later(Duration.ofMillis(900), true, PublicSite.member(0, State.UP, PublicSite.NOW));
            assertThat(site.get(path).body()).isEqualTo(before);
            site.later(Duration.ofMillis(200), true, PublicSite.member(0, State.UP, PublicSite.NOW));
            JsonObject after = new JsonObject(site.get(path).body());
            assertThat(after.getString("sight")).isEqualTo("cut off");
            assertThat(site.get(site.open() + "/-/status").body()).contains("The monitor is cut off from the network");
            assertThat(site.get(site.open() + "/-/status/badge/Database.svg").body())
                    .contains("last known: unknown");
        }
    }

    @Test
    void whatNobodyLooksAfterIsOld() throws Exception {
        try (PublicSite site = site()) {
            site.clock.advance(Duration.ofHours(1));
            assertThat(site.get(site.open() + "/-/status").body()).contains("The monitor has not looked for 1 h");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Database.svg,200,down",
        "Shop%20%3Cb%3E%2F%C3%BC.svg,200,operational",
        "Database/uptime-30d.svg,200,unknown",
        "Database/uptime-24h.svg,200,unknown",
        "Database/uptime-31d.svg,404,unknown",
        "Database,404,unknown",
        "S2.svg,404,unknown",
        "'',404,unknown",
    })
    void aBadgeIsOfAComponentAndOfNothingElse(String path, int status, String word) throws Exception {
        try (PublicSite site = site()) {
            String raw = "/-/status/badge/" + path;
            HttpResponse<String> badge = site.get(site.open() + raw);
            assertThat(badge.statusCode()).isEqualTo(status);
            assertThat(badge.headers().map())
                    .containsEntry("Content-Type", List.of("image/svg+xml"))
                    .containsEntry("Cache-Control", List.of("public, max-age=30"))
                    .containsEntry("Cross-Origin-Resource-Policy", List.of("cross-origin"));
            assertThat(badge.body()).contains(word + "</title>");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/-/", "/-/api/v1/fleet", "/-/metrics", "/-/healthz", "/-/api/v1/requests", "/-/assets/"})
    void theListenerOfItsOwnServesNothingElse(String path) throws Exception {
        try (PublicSite site = site()) {
            assertThat(site.get(site.open() + path).statusCode()).isEqualTo(404);
            HttpResponse<String> top = site.get(site.open() + "/");
            assertThat(top.statusCode()).isEqualTo(302);
            assertThat(top.headers().firstValue("Location")).hasValue("/-/status");
            assertThat(site.get(site.open() + "/-/status/style.css").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void nothingIsTakenAndAnyNameWillDo() throws Exception {
        try (PublicSite site = site()) {
            for (String path : List.of("/-/status", "/-/status/status.json", "/-/status/badge/Database.svg")) {
                for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS")) {
                    assertThat(site.ask(method, site.open() + path).statusCode())
                            .isEqualTo(405);
                }
                HttpResponse<String> head = site.ask("HEAD", site.open() + path);
                assertThat(head.statusCode()).isEqualTo(200);
                assertThat(head.body()).isEmpty();
            }
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), site.server.statusPort())) {
                socket.getOutputStream()
                        .write("GET /-/status HTTP/1.1\r\nHost: status.example\r\nConnection: close\r\n\r\n"
                                .getBytes(US_ASCII));
                assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                        .startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void withoutASectionThereIsNoPage() throws Exception {
        try (PublicSite site = new PublicSite(StatusRules.OFF)) {
            assertThat(site.get(site.origin() + "/-/status").statusCode()).isEqualTo(404);
            assertThat(site.server.statusPort()).isNegative();
        }
    }

    @Test
    void whereNothingIsRememberedThePresentIsToldAllTheSame() throws Exception {
        try (PublicSite site = site()) {
            JsonObject told = new JsonObject(
                    site.get(site.open() + "/-/status/status.json").body());
            assertThat(told.getString("state")).isEqualTo("down");
            assertThat(told.getValue("days")).isNull();
            assertThat(told.getValue("incidents")).isNull();
            assertThat(site.get(site.open() + "/-/status").body()).contains("The past is not known at the moment");
        }
    }

    @Test
    void thePastIsToldByComponent(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("history.db");
        try (PublicSite.Seeds seeds = PublicSite.remember(file, PublicSite.NOW.minus(Duration.ofDays(40)))) {
            seeds.failed(2, PublicSite.NOW.minus(Duration.ofDays(20)), Duration.ofHours(2));
            seeds.failed(2, PublicSite.NOW.minus(Duration.ofDays(3)), Duration.ofHours(1));
        }
        try (PublicSite site = new PublicSite(
                RULES,
                file,
                PublicSite.member(0, State.UP, PublicSite.NOW),
                PublicSite.member(1, State.UP, PublicSite.NOW))) {
            String json = site.open() + "/-/status/status.json";
            JsonObject[] told = new JsonObject[1];
            await().until(() -> {
                site.later(
                        Duration.ofSeconds(2),
                        false,
                        PublicSite.member(0, State.UP, PublicSite.NOW),
                        PublicSite.member(1, State.UP, PublicSite.NOW));
                told[0] = new JsonObject(site.get(json).body());
                return told[0].getValue("days") != null;
            });
            assertThat(new Described().faults("Status", told[0])).isEmpty();
            JsonArray components = told[0].getJsonArray("components");
            JsonObject shares = components.getJsonObject(1).getJsonObject("availabilityPercent");
            assertThat(shares.getDouble("24h")).isEqualTo(100.0);
            assertThat(shares.getDouble("7d")).isBetween(99.3, 99.5);
            assertThat(shares.getDouble("30d")).isBetween(99.5, 99.6);
            assertThat(components.getJsonObject(0).getJsonArray("daysPercent").getValue(0))
                    .isNull();
            assertThat(components.getJsonObject(0).getJsonArray("daysPercent")).hasSize(90);
            assertThat(told[0].getJsonArray("incidents")).hasSize(1);
            assertThat(told[0].getJsonArray("incidents").getJsonObject(0).getString("component"))
                    .isEqualTo("Database");
            assertThat(site.get(site.open() + "/-/status").body()).contains("Database was down for 1 h");
            assertThat(site.get(site.open() + "/-/status/feed.atom").body()).contains("Database was down for 1 h");
            assertThat(site.get(site.open() + "/-/status/badge/Database/uptime-7d.svg")
                            .body())
                    .contains("99.4");
        }
    }
}
