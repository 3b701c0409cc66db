package io.echogate.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.model.Ask;
import io.echogate.model.Cause;
import io.echogate.model.Fleet;
import io.echogate.model.Member;
import io.echogate.model.State;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Those who are only watched, as they are told of. */
final class WatchedTest {
    private static final Member GATEWAY = Fleets.watched(2, "gw", Ask.ICMP, State.UP, Cause.NONE);
    private static final Member DATABASE = Fleets.watched(3, "db", Ask.TCP, State.DOWN, Cause.PORT_CLOSED);
    private static final Fleet FLEET = Fleets.watching(Fleets.twoUp(), GATEWAY, DATABASE);

    @Test
    void theyStandBesideTheMembersAndWithoutWhatRequestsNeed() throws Exception {
        try (Site site = new Site(FLEET)) {
            JsonObject fleet = site.json("/-/api/v1/fleet");
            assertThat(fleet.getJsonArray("members")).hasSize(2);
            JsonArray watched = fleet.getJsonArray("watched");
            assertThat(watched).hasSize(2);
            JsonObject gateway = watched.getJsonObject(0);
            assertThat(gateway.getString("name")).isEqualTo("gw");
            assertThat(gateway.getString("kind")).isEqualTo("icmp");
            assertThat(gateway.getString("group")).isEqualTo("net");
            assertThat(fleet.getJsonArray("members").getJsonObject(0).getString("group"))
                    .isEmpty();
            assertThat(gateway.getString("address")).isEqualTo("10.0.0.2");
            assertThat(gateway.getJsonObject("host").getString("state")).isEqualTo("UP");
            assertThat(gateway.containsKey("service")).isTrue();
            assertThat(gateway.getValue("service")).isNull();
            assertThat(gateway.fieldNames())
                    .doesNotContain("serving", "chosen", "weight", "priority", "running", "order");
            JsonObject database = watched.getJsonObject(1);
            assertThat(database.getString("kind")).isEqualTo("tcp");
            assertThat(database.getString("cause")).isEqualTo("PORT_CLOSED");
            assertThat(database.getString("address")).isEqualTo("10.0.0.3:80");
            assertThat(database.getJsonObject("service").getString("state")).isEqualTo("DOWN");
        }
    }

    @Test
    void theStreamCarriesThemLikeMembers() throws Exception {
        try (Site site = new Site(FLEET);
                WatchedStream stream = site.watch("")) {
            JsonArray snapshot = stream.next("snapshot").getJsonArray("watched");
            assertThat(snapshot).hasSize(2);
            assertThat(snapshot.getJsonObject(1)
                            .getJsonObject("strips")
                            .getJsonObject("service")
                            .getString("o"))
                    .hasSize(60);
            site.publish(Fleets.watching(
                    site.fleet(), GATEWAY, Fleets.watched(3, "db", Ask.TCP, State.RECOVERING, Cause.PORT_CLOSED)));
            JsonObject change = stream.next("change");
            assertThat(change.getJsonArray("members")).isEmpty();
            assertThat(change.getJsonArray("watched")).hasSize(1);
            JsonObject database = change.getJsonArray("watched").getJsonObject(0);
            assertThat(database.getString("state")).isEqualTo("RECOVERING");
            assertThat(database.getJsonObject("strips").getJsonObject("service").getBoolean("whole"))
                    .isFalse();
            site.publish(Fleets.watching(site.fleet(), GATEWAY));
            assertThat(stream.next("snapshot").getJsonArray("watched"))
                    .as("others than before are told anew")
                    .hasSize(1);
        }
    }

    @Test
    void theMetricsHaveTheirStatesCausesAndTripsAndNoChoice() throws Exception {
        try (Site site = new Site(FLEET)) {
            String metrics = site.get("/-/metrics").body();
            assertThat(metrics)
                    .contains(
                            "echogate_member_state{member=\"gw\",state=\"UP\"} 1.0",
                            "echogate_member_cause{cause=\"PORT_CLOSED\",member=\"db\"} 1.0",
                            "echogate_host_rtt_seconds{member=\"gw\"}",
                            "echogate_service_rtt_seconds{member=\"db\"}",
                            "echogate_member_serving{member=\"S1\"}")
                    .doesNotContain(
                            "echogate_service_rtt_seconds{member=\"gw\"}",
                            "echogate_member_serving{member=\"db\"}",
                            "echogate_member_chosen{member=\"gw\"}");
        }
    }

    @Test
    void noneOfThemMakesAnybodyReady() throws Exception {
        Fleet nobody = Fleets.of(Fleets.frozen(0, "S1", Fleets.START));
        try (Site site = new Site(Fleets.watching(nobody, GATEWAY))) {
            assertThat(site.get("/-/readyz").statusCode()).isEqualTo(503);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"drain", "maintenance", "ready", "drill"})
    void theyTakeNoOrders(String act) throws Exception {
        try (Site site = new Site(FLEET)) {
            HttpResponse<String> answer =
                    site.post("/-/api/v1/members/db/" + act, "", "Authorization", "Bearer " + Site.TOKEN);
            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(new JsonObject(answer.body()).getString("error"))
                    .isEqualTo("db is only watched: it never gets requests, so there is nothing to order");
            assertThat(site.counter.given).isEmpty();
        }
    }
}
