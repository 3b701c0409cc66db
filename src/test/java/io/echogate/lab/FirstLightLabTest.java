package io.echogate.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reference set-up under real faults: named rightly and in time, and hidden from the clients. */
@Tag("lab")
final class FirstLightLabTest {
    private static final Scoreboard SCOREBOARD = new Scoreboard();
    private static final Duration IN_TIME = Promise.measured(Promise.SILENT);

    @AfterAll
    static void printTable() throws IOException {
        SCOREBOARD.print();
    }

    /**
     * Strikes just after a good echo, when noticing takes longest: once with nobody's traffic to help, once under two
     * clients that must not notice.
     */
    @ParameterizedTest
    @CsvSource({
        "SERVICE_KILLED, 0", "SERVICE_FROZEN, 0", "MACHINE_OFF, 0",
        "SERVICE_KILLED, 50", "SERVICE_FROZEN, 50", "MACHINE_OFF, 50"
    })
    void oneOfTwoFails(Fault fault, int perSecond) {
        try (Lab lab = Lab.open(fault.words().replace(' ', '-') + "-" + perSecond)) {
            Story story = new Story(fault, perSecond, lab.witness());
            try {
                story.tell(lab.machine("S1"));
            } finally {
                SCOREBOARD.add(story.row());
            }
            story.judge();
        }
    }

    @Test
    void nobodyServes() {
        try (Lab lab = Lab.open("nobody-serves")) {
            Witness witness = lab.witness();
            lab.machine("S1").freeze();
            lab.machine("S2").cutPower();
            witness.awaitVerdict("S1", "DOWN FROZEN", IN_TIME);
            witness.awaitVerdict("S2", "DOWN HOST_SILENT", IN_TIME);

            Sighting.Got refused = witness.get("/?first=1&second=2");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.fields()).containsKey("retry-after");
            assertThat(refused.body()).contains("S1", "FROZEN", "S2", "HOST_SILENT");
            assertThat(witness.get("/-/readyz").status()).isEqualTo(503);
            assertThat(witness.get("/-/healthz").status()).isEqualTo(200);

            lab.machine("S1").thaw();
            witness.awaitVerdict("S1", "UP NONE", Promise.measured(Promise.BACK));
            assertThat(witness.get("/?first=1&second=2").fields()).containsEntry("echogate-member", "S1");
            assertThat(witness.verdict("S2")).isEqualTo("DOWN HOST_SILENT");
        }
    }

    /** A firewall that eats pings is no dead machine. */
    @Test
    void pingsAreFilteredAndTheServiceGoesOn() {
        try (Lab lab = Lab.open("pings-filtered")) {
            lab.machine("S1").ignorePings(true);
            lab.witness().holds("S1", "UP NONE", Duration.ofSeconds(4));
            Sighting.Got answer = lab.witness().get("/?first=1&second=2");
            assertThat(answer.fields()).containsEntry("echogate-member", "S1");
        }
    }

    @Test
    void everythingEndsInOrder() {
        try (Lab lab = Lab.open("ends-in-order")) {
            assertThat(lab.machine("S1").stop()).as("machine").isIn(0, 143);
            assertThat(lab.monitor().stop()).as("monitor").isIn(0, 143);
        }
    }
}
