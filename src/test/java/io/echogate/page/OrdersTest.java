package io.echogate.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.clock.ManualClock;
import io.echogate.model.Intent;
import io.echogate.model.Order;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators' orders as they come in by HTTP. */
final class OrdersTest {
    private static final String DRAIN = "/-/api/v1/members/S1/drain";
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

    private Order order(String path, String body) throws Exception {
        HttpResponse<String> answer = site.post(path, body, TOKEN);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return site.counter.given.getLast().order();
    }

    @Test
    void aDrainHasADeadlineAndSaysHowManyStillRun() throws Exception {
        site.counter.running = 3;
        HttpResponse<String> answer = site.post(DRAIN, "", TOKEN);
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonObject told = new JsonObject(answer.body());
        assertThat(told.getString("member")).isEqualTo("S1");
        assertThat(told.getInteger("running")).isEqualTo(3);
        Order order = site.counter.given.getFirst().order();
        assertThat(site.counter.given.getFirst().member()).isEqualTo("S1");
        assertThat(site.counter.given.getFirst().force()).isFalse();
        assertThat(order.intent()).isEqualTo(Intent.DRAIN);
        assertThat(order.since()).isEqualTo(clock.now());
        assertThat(order.until()).isNull();
        assertThat(order.deadline()).isEqualTo(clock.now().plus(Duration.ofMinutes(5)));
    }

    @Test
    void whoWhyAndUntilWhenAreTaken() throws Exception {
        Order order = order(
                DRAIN,
                "{\"by\":\"alice\",\"why\":\"deploy <b>1.2</b>\",\"for\":\"10m\",\"deadline\":\"0s\",\"force\":true}");
        assertThat(order.by()).isEqualTo("alice");
        assertThat(order.why()).isEqualTo("deploy <b>1.2</b>");
        assertThat(order.until()).isEqualTo(clock.now().plus(Duration.ofMinutes(10)));
        assertThat(order.deadline()).isEqualTo(clock.now());
        assertThat(site.counter.given.getLast().force()).isTrue();
    }

    @Test
    void maintenanceCutsSoonAndReadyNever() throws Exception {
        Order maintenance = order("/-/api/v1/members/S2/maintenance", "{}");
        assertThat(maintenance.intent()).isEqualTo(Intent.MAINTENANCE);
        assertThat(maintenance.deadline()).isEqualTo(clock.now().plus(Duration.ofSeconds(8)));
        Order ready = order("/-/api/v1/members/S2/ready", "{\"why\":\"done\"}");
        assertThat(ready.intent()).isEqualTo(Intent.READY);
        assertThat(ready.deadline()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"for":"ten minutes"}      | for: `ten minutes` is not a number with a unit; expected a duration from 1s to 365d
                    {"for":"0s"}               | for: `0s` is too short
                    {"deadline":30}            | deadline: `30` has no unit
                    {"force":"yes"}            | force is neither true nor false
                    {"why":7}                  | why is no text
                    {"by":"a\\u0007b"}         | by: at most 64 characters, none of them a control character
                    {"reason":"x"}             | `reason` is unknown; expected by, why, for, deadline or force
                    ["S1"]                     | the body is no JSON object
                    {                          | the body is no JSON object
                    """)
    void whatIsWrongWithAnOrderIsSaid(String body, String why) throws Exception {
        HttpResponse<String> answer = site.post(DRAIN, body, TOKEN);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getString("error")).startsWith(why.split(" is too")[0]);
        assertThat(site.counter.given).isEmpty();
    }

    @Test
    void readyTakesNoTimes() throws Exception {
        HttpResponse<String> answer = site.post("/-/api/v1/members/S1/ready", "{\"for\":\"1m\"}", TOKEN);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("no meaning with ready");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Basic the-token-of-this-test", "Bearer ", "the-token-of-this-test"})
    void withoutTheTokenNothingIsTaken(String authorization) throws Exception {
        HttpResponse<String> answer = site.post(DRAIN, "", "Authorization", authorization);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"echogate\"");
        assertThat(answer.body()).contains("/state/token").doesNotContain(Site.TOKEN);
        assertThat(site.post(DRAIN, "").statusCode()).isEqualTo(401);
        assertThat(site.counter.given).isEmpty();
    }

    @Test
    void aPageOfAnotherSiteGivesNoOrders() throws Exception {
        HttpResponse<String> answer =
                site.post(DRAIN, "", TOKEN[0], TOKEN[1], "Origin", "http://evil.example:" + site.server.port());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(site.raw("POST " + DRAIN + " HTTP/1.1\nHost: evil.example\nAuthorization: " + TOKEN[1]
                        + "\nContent-Length: 0\nConnection: close\n\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(site.counter.given).isEmpty();
    }

    @Test
    void noCommandByGet() throws Exception {
        HttpResponse<String> answer = site.get(DRAIN, TOKEN);
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("POST");
        assertThat(site.counter.given).isEmpty();
    }

    @Test
    void whoIsNotThereAndWhatIsTooLong() throws Exception {
        assertThat(site.post("/-/api/v1/members/S9/drain", "", TOKEN).statusCode())
                .isEqualTo(404);
        assertThat(site.post("/-/api/v1/members/S1/explode", "", TOKEN).statusCode())
                .isEqualTo(404);
        assertThat(site.post(DRAIN, "{\"why\":\"" + "x".repeat(5_000) + "\"}", TOKEN)
                        .statusCode())
                .isEqualTo(413);
        assertThat(site.counter.given).isEmpty();
    }

    @Test
    void aRefusalAndAFullDiskAreToldApart() throws Exception {
        site.counter.outcome = new Desk.Outcome(false, "nobody would be left to serve: S2 is DOWN");
        HttpResponse<String> refused = site.post(DRAIN, "", TOKEN);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body())
                .contains("nobody would be left to serve: S2 is DOWN")
                .contains("force");
        site.counter.outcome = new Desk.Outcome(true, "No space left on device");
        HttpResponse<String> unstored = site.post(DRAIN, "", TOKEN);
        assertThat(unstored.statusCode()).isEqualTo(500);
        assertThat(unstored.body()).contains("the order holds").contains("No space left on device");
    }

    @Test
    void theFleetSaysWhoWantsWhat() throws Exception {
        Order drain = new Order(
                Intent.DRAIN, "alice", "deploy", clock.now(), clock.now().plusSeconds(600), null, Order.NEVER);
        site.counter.running = 2;
        site.publish(Fleets.ordered(site.fleet(), 0, drain));
        JsonObject member = site.json("/-/api/v1/fleet").getJsonArray("members").getJsonObject(0);
        assertThat(member.getString("intent")).isEqualTo("DRAIN");
        assertThat(member.getInteger("running")).isEqualTo(2);
        assertThat(member.getJsonObject("order").getString("by")).isEqualTo("alice");
        assertThat(member.getJsonObject("order").getString("until"))
                .isEqualTo(FleetJson.time(clock.now().plusSeconds(600)));
        assertThat(site.json("/-/api/v1/fleet")
                        .getJsonArray("members")
                        .getJsonObject(1)
                        .getValue("order"))
                .isNull();
    }
}
