package io.echogate.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.clock.ManualClock;
import io.echogate.model.Cause;
import io.echogate.model.Drill;
import io.echogate.model.DrillReport;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drills as they come in by HTTP, and what is told of them. */
final class DrillsTest {
    private static final String DRILL = "/-/api/v1/members/S1/drill";
    private static final String REPORT = "/-/api/v1/drill";
    private static final String[] TOKEN = {"Authorization", "Bearer " + Site.TOKEN};
    private final ManualClock clock = new ManualClock();
    private Site site;

    @BeforeEach
    void start() throws Exception {
        site = new Site(Fleets.twoUp(), clock, null);
    }

    @AfterEach
    void end() {
        site.close();
    }

    static Drill frozen(Instant since) {
        return new Drill("S1", Drill.Mode.FREEZE, "alice", "<b>game day</b>", since, since.plusSeconds(30), 0);
    }

    /** At its very beginning, or when all is over. */
    static DrillReport report(Drill drill, boolean over) {
        return new DrillReport(
                drill,
                over ? drill.since().plusSeconds(30) : null,
                over ? "its time was over" : "",
                2,
                over ? 412_000_000 : DrillReport.NOT_YET,
                over ? 1_600_000_000 : DrillReport.NOT_YET,
                over ? Cause.FROZEN : Cause.NONE,
                over ? 2_000_000_000 : DrillReport.NOT_YET,
                over
                        ? new DrillReport.Requests(180, 178, 2, 3, 1_003_000_000, 412_000_000, 812_000_000)
                        : DrillReport.Requests.NONE);
    }

    @Test
    void aFreezeLastsHalfAMinuteUnlessSaidOtherwise() throws Exception {
        HttpResponse<String> answer = site.post(DRILL, "{\"mode\":\"freeze\"}", TOKEN);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Drill drill = site.counter.drilled.getFirst().drill();
        assertThat(drill.member()).isEqualTo("S1");
        assertThat(drill.mode()).isEqualTo(Drill.Mode.FREEZE);
        assertThat(drill.by()).isEqualTo("somebody");
        assertThat(drill.since()).isEqualTo(clock.now());
        assertThat(drill.until()).isEqualTo(clock.now().plusSeconds(30));
        assertThat(site.counter.drilled.getFirst().force()).isFalse();
        assertThat(site.counter.given).as("is no order about its intent").isEmpty();
    }

    @Test
    void whoWhyAndHowLongAreTakenAndTheReportIsAnswered() throws Exception {
        site.counter.report = report(frozen(clock.now()), false);
        HttpResponse<String> answer = site.post(
                DRILL,
                "{\"mode\":\"off\",\"for\":\"10m\",\"by\":\"alice\",\"why\":\"<b>game day</b>\",\"force\":true}",
                TOKEN);
        Drill drill = site.counter.drilled.getFirst().drill();
        assertThat(drill.mode()).isEqualTo(Drill.Mode.OFF);
        assertThat(drill.by()).isEqualTo("alice");
        assertThat(drill.why()).isEqualTo("<b>game day</b>");
        assertThat(drill.until()).isEqualTo(clock.now().plus(Duration.ofMinutes(10)));
        assertThat(site.counter.drilled.getFirst().force()).isTrue();
        JsonObject report = new JsonObject(answer.body()).getJsonObject("report");
        assertThat(report.getValue("ended")).isNull();
        assertThat(report.getValue("leftAfterMillis")).isNull();
        assertThat(report.getValue("backAfterMillis")).isNull();
        assertThat(report.getInteger("runningAtStart")).isEqualTo(2);
    }

    @Test
    void itIsEndedByWhoeverHasTheToken() throws Exception {
        assertThat(site.post(DRILL, "{\"mode\":\"end\",\"by\":\"bob\"}", TOKEN).statusCode())
                .isEqualTo(200);
        assertThat(site.counter.ended).containsExactly("S1 by bob");
        assertThat(site.counter.drilled).isEmpty();
        HttpResponse<String> more = site.post(DRILL, "{\"mode\":\"end\",\"for\":\"3s\"}", TOKEN);
        assertThat(more.statusCode()).isEqualTo(400);
        assertThat(more.body()).contains("`for` is unknown; expected mode or by");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"mode":"melt"}                  | mode: `melt` is unknown; expected freeze, refuse, off or end
                    {"mode":"FREEZE"}                | mode: `FREEZE` is unknown
                    {"mode":7}                       | mode is no text
                    {"for":"30s"}                    | mode is missing; expected freeze, refuse, off or end
                    {"mode":"off","for":"11m"}       | for: `11m`
                    {"mode":"off","for":"500ms"}     | for: `500ms`
                    {"mode":"off","deadline":"1s"}   | `deadline` is unknown; expected mode, for, by, why or force
                    {"mode":"off","force":1}         | force is neither true nor false
                    {"mode":"off","why":"a\\u0007b"} | why: at most 200 characters, none of them a control character
                    []                               | the body is no JSON object
                    """)
    void whatIsWrongWithADrillIsSaid(String body, String why) throws Exception {
        HttpResponse<String> answer = site.post(DRILL, body, TOKEN);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getString("error")).startsWith(why);
        assertThat(site.counter.drilled).isEmpty();
    }

    @Test
    void nothingIsPlayedWithoutTheTokenFromElsewhereOrByGet() throws Exception {
        String body = "{\"mode\":\"freeze\"}";
        assertThat(site.post(DRILL, body).statusCode()).isEqualTo(401);
        assertThat(site.post(DRILL, body, "Authorization", "Bearer wrong").statusCode())
                .isEqualTo(401);
        assertThat(site.post(DRILL, body, TOKEN[0], TOKEN[1], "Origin", "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(site.get(DRILL, TOKEN).statusCode()).isEqualTo(405);
        assertThat(site.post("/-/api/v1/members/S9/drill", body, TOKEN).statusCode())
                .isEqualTo(404);
        assertThat(site.post(REPORT, body, TOKEN).statusCode()).isEqualTo(405);
        assertThat(site.counter.drilled).isEmpty();
    }

    @Test
    void aRefusalHasTheReason() throws Exception {
        site.counter.outcome = new Desk.Outcome(false, "a drill of S2 lasts until 12:00:30");
        HttpResponse<String> refused = site.post(DRILL, "{\"mode\":\"freeze\"}", TOKEN);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(new JsonObject(refused.body()).getString("error")).isEqualTo("a drill of S2 lasts until 12:00:30");
    }

    @Test
    void theReportIsThereFromTheFirstDrillOn() throws Exception {
        assertThat(site.json(REPORT)).isEqualTo(new JsonObject().putNull("report"));
        site.counter.report = report(frozen(Fleets.START), true);
        assertThat(site.json(REPORT).getJsonObject("report")).isEqualTo(new JsonObject("""
                {"member":"S1","mode":"freeze","by":"alice","why":"<b>game day</b>",
                 "since":"2026-01-01T00:00:00.000Z","until":"2026-01-01T00:00:30.000Z",
                 "ended":"2026-01-01T00:00:30.000Z","end":"its time was over","runningAtStart":2,
                 "leftAfterMillis":412.0,"downAfterMillis":1600.0,"cause":"FROZEN","backAfterMillis":2000.0,
                 "requests":{"met":180,"elsewhere":178,"failed":2,"wouldHaveFailed":3,
                             "p50Millis":412.0,"p99Millis":812.0,"worstMillis":1003.0}}
                """));
    }

    @Test
    void theFleetAndTheMetricsSayWhatIsPlayed() throws Exception {
        assertThat(site.json("/-/api/v1/fleet").containsKey("drill")).isTrue();
        assertThat(site.json("/-/api/v1/fleet").getValue("drill")).isNull();
        assertThat(site.get("/-/metrics").body()).doesNotContain("echogate_drill{");
        site.publish(Fleets.drilled(site.fleet(), frozen(Fleets.START)));
        assertThat(site.json("/-/api/v1/fleet").getJsonObject("drill")).isEqualTo(new JsonObject("""
                {"member":"S1","mode":"freeze","by":"alice","why":"<b>game day</b>",
                 "since":"2026-01-01T00:00:00.000Z","until":"2026-01-01T00:00:30.000Z"}
                """));
        assertThat(site.get("/-/metrics").body()).contains("echogate_drill{member=\"S1\",mode=\"freeze\"} 1.0");
    }

    @Test
    void clientsPlayNothingAndAreToldOfNoReport(@TempDir Path directory) throws Exception {
        Path socket = directory.resolve("page.sock");
        try (Site both = new Site(Fleets.twoUp(), clock, socket)) {
            String rest = " HTTP/1.1\r\nHost: shop.example\r\nAuthorization: " + TOKEN[1]
                    + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            assertThat(PageServerTest.overUnix(socket, "POST " + DRILL + rest))
                    .startsWith("HTTP/1.1 403")
                    .contains("admin listener only");
            assertThat(PageServerTest.overUnix(socket, "GET " + REPORT + rest))
                    .startsWith("HTTP/1.1 403")
                    .contains("admin listener only");
            assertThat(both.counter.drilled).isEmpty();
        }
    }
}
