package io.echogate.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the monitor writes down of a failure is what the lab's own clock has measured. */
@Tag("lab")
final class IncidentsLabTest {
    private static final int PER_SECOND = 50;

    /** A request or ping is answered every 10 ms, the fleet is read every 10 ms. */
    private static final double EXACT_MILLIS = 50;

    private static final double POLL_MILLIS = 1_000;

    @Test
    void aFrozenServiceIsOneIncidentThatTookAsLongAsItDid() {
        try (Lab lab = Lab.open("incident-frozen", Lab.Setup.PLAIN)) {
            JsonNode incident = told(Fault.SERVICE_FROZEN, lab);
            assertThat(incident.path("kind").asString()).isEqualTo("service");
            assertThat(incident.path("cause").asString()).isEqualTo("FROZEN");
            assertThat(members(incident)).containsExactly("S1");
            agrees(incident);
        }
    }

    @Test
    void aMachineThatIsOffIsOneIncidentOfAllItsMembers() {
        try (Lab lab = Lab.open("incident-off", Lab.Setup.TWINS)) {
            lab.witness().awaitVerdict("S3", "UP NONE", Duration.ofSeconds(15));
            JsonNode incident = told(Fault.MACHINE_OFF, lab);
            assertThat(incident.path("kind").asString()).isEqualTo("machine");
            assertThat(incident.path("subject").asString()).isEqualTo(Lab.FIRST);
            assertThat(incident.path("cause").asString()).isEqualTo("HOST_SILENT");
            assertThat(members(incident)).containsExactlyInAnyOrder("S1", "S3");
            agrees(incident);
        }
    }

    private double noticedMillis;
    private double leftMillis;
    private double blowMillis;

    /** The one incident that the story has left, over. */
    private JsonNode told(Fault fault, Lab lab) {
        Story story = new Story(fault, PER_SECOND, lab);
        story.tell();
        story.judge();
        Sighting.Verdict named = lab.witness()
                .since(Sighting.Verdict.class, story.struck())
                .filter(v -> v.state().equals("DOWN"))
                .findFirst()
                .orElseThrow();
        noticedMillis = millis(named.at() - story.struck());
        blowMillis = millis(story.hasStruck() - story.struck());
        leftMillis = lab.witness()
                .since(Sighting.Carried.class, story.struck())
                .filter(carried -> carried.member().equals("S2"))
                .mapToDouble(carried -> millis(carried.at() - story.struck()))
                .min()
                .orElseThrow();
        return await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> only(lab),
                        found -> found.path("requests").path("met").asLong() > 0
                                && !found.path("open").asBoolean());
    }

    private static double millis(long nanos) {
        return (double) nanos / 1e6;
    }

    private static JsonNode only(Lab lab) {
        JsonNode found = JsonMapper.shared()
                .readTree(lab.witness().get("/-/api/v1/incidents").body())
                .path("incidents");
        assertThat(found.size()).as(found.toString()).isEqualTo(1);
        return found.get(0);
    }

    private static List<String> members(JsonNode incident) {
        return incident.path("members").valueStream().map(JsonNode::asString).toList();
    }

    /**
     * The blow came down at some time while the command ran that dealt it. An incident counts from the last answer of the
     * member that was named first: of one without requests that is its last ping.
     */
    private void agrees(JsonNode incident) {
        System.out.printf(
                "lab: struck within %.0f ms, noticed after %.0f ms, first answer from elsewhere after %.0f ms; %s%n",
                blowMillis, noticedMillis, leftMillis, incident);
        double idle = members(incident).getFirst().equals("S1") ? 0 : POLL_MILLIS;
        double detection = incident.path("detectionMillis").asDouble();
        assertThat(detection)
                .as("detection")
                .isBetween(noticedMillis - blowMillis - EXACT_MILLIS, noticedMillis + idle + EXACT_MILLIS)
                .isLessThanOrEqualTo(incident.path("promisedMillis").asDouble());
        assertThat(incident.path("reroutingMillis").asDouble())
                .as("rerouting: before the first answer from elsewhere, but for what that took")
                .isBetween(
                        leftMillis - blowMillis - (double) Promise.MEASURING.toMillis(),
                        leftMillis + idle + EXACT_MILLIS)
                .isLessThanOrEqualTo(detection);
        assertThat(incident.path("times").asInt()).as("times").isEqualTo(1);
        assertThat(incident.path("drill").asBoolean()).as("drill").isFalse();
        assertThat(incident.path("requests").path("failed").asLong(-1))
                .as("failed")
                .isZero();
        assertThat(incident.path("requests").path("elsewhere").asLong())
                .as("elsewhere")
                .isEqualTo(incident.path("requests").path("met").asLong());
    }
}
