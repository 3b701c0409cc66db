package io.echogate.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.clock.Clock;
import io.echogate.model.Ask;
import io.echogate.model.Cause;
import io.echogate.model.Outcome;
import io.echogate.model.State;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The newest questions of a member as they are asked for over real sockets. */
final class EchoesTest {
    private static final String NASTY = "<b>/é S4";

    @TempDir
    private Path directory;

    private Site site;

    @BeforeEach
    void start() throws Exception {
        site = new Site(
                Fleets.watching(
                        Fleets.of(
                                Fleets.frozen(0, "S1", Fleets.START),
                                Fleets.up(1, "S2"),
                                Fleets.up(2, "S3"),
                                Fleets.up(3, NASTY)),
                        Fleets.watched(4, "gw", Ask.ICMP, State.UP, Cause.NONE)),
                Clock.system(),
                directory.resolve("page.sock"));
    }

    @AfterEach
    void end() {
        site.close();
    }

    private JsonObject echoes(String name) throws Exception {
        return site.json("/-/api/v1/members/" + name + "/echoes");
    }

    @Test
    void whereTheTimeWentIsToldPhaseByPhaseAndWhatWasNotReachedIsNull() throws Exception {
        JsonObject s1 = echoes("S1");
        assertThat(s1.getString("member") + s1.getString("at")).isEqualTo("S12026-01-01T00:00:00.100Z");
        assertThat(s1.getJsonArray("host")).hasSize(60);
        assertThat(s1.getJsonArray("service")).hasSize(60);
        JsonObject newest = s1.getJsonArray("service").getJsonObject(59);
        assertThat(newest)
                .isEqualTo(new JsonObject()
                        .put("at", "2026-01-01T00:00:00.600Z")
                        .put("outcome", Outcome.SILENT.name())
                        .putNull("rttMillis")
                        .putNull("status")
                        .put("resolveMillis", 0.0)
                        .put("connectMillis", 0.2)
                        .putNull("firstByteMillis")
                        .put("totalMillis", 800.0));
        JsonObject before = s1.getJsonArray("service").getJsonObject(0);
        assertThat(before.getInteger("status")).isEqualTo(200);
        assertThat(before.getDouble("firstByteMillis"))
                .isBetween(before.getDouble("connectMillis"), before.getDouble("totalMillis"));
        assertThat(before.getDouble("totalMillis")).isEqualTo(before.getDouble("rttMillis"));
    }

    @Test
    void aNameThatIsLookedUpIsToldApart() throws Exception {
        assertThat(echoes("S1").getValue("lookUp")).isNull();
        JsonObject lookUp = echoes("S3").getJsonObject("lookUp");
        assertThat(lookUp.getDouble("tookMillis")).isEqualTo(3.21);
        assertThat(lookUp.getString("failure")).isEmpty();
    }

    @Test
    void whatIsPromisedIsWhatCanHappenToIt() throws Exception {
        JsonObject member = echoes("S1").getJsonObject("promise");
        assertThat(member.getInteger("frozenMillis")).isEqualTo(2_200);
        assertThat(member.getInteger("divertedMillis")).isEqualTo(1_200);
        JsonObject machine = echoes("gw");
        assertThat(machine.getValue("service")).isNull();
        assertThat(machine.getJsonObject("promise").getInteger("offMillis")).isEqualTo(2_800);
        assertThat(machine.getJsonObject("promise").getValue("frozenMillis")).isNull();
        assertThat(machine.getJsonObject("promise").getValue("divertedMillis")).isNull();
    }

    @Test
    void whoeverIsNotThereIsNotFoundAndNothingIsTakenThere() throws Exception {
        assertThat(site.get("/-/api/v1/members/S9/echoes").statusCode()).isEqualTo(404);
        assertThat(site.get("/-/api/v1/members/S9/echoes").body()).contains("no member `S9`");
        assertThat(site.ask("POST", "/-/api/v1/members/S1/echoes").statusCode()).isEqualTo(405);
        assertThat(echoes("%3Cb%3E%2F%C3%A9%20S4").getString("member")).isEqualTo(NASTY);
    }

    @Test
    void whereClientsComeInItIsTold() throws Exception {
        String answer = PageServerTest.overUnix(
                directory.resolve("page.sock"),
                "GET /-/api/v1/members/S2/echoes HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 200").contains("\"member\":\"S2\"");
    }
}
