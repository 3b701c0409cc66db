package io.echogate.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a client and an operator are told when nobody serves. */
@Tag("lab")
final class FirstLightLabTest {
    @Test
    void nobodyServesAndThenEverythingEndsInOrder() {
        try (Lab lab = Lab.open("nobody-serves", Lab.Setup.PLAIN)) {
            Witness witness = lab.witness();
            lab.s1().freeze();
            lab.s2().cutPower();
            witness.awaitVerdict("S1", "DOWN FROZEN", Promise.measured(Promise.OFF));
            witness.awaitVerdict("S2", "DOWN HOST_SILENT", Promise.measured(Promise.OFF));

            Sighting.Got refused = witness.get("/?first=1&second=2");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.fields()).containsKey("retry-after");
            assertThat(refused.body()).contains("S1", "FROZEN", "S2", "HOST_SILENT");
            assertThat(witness.get("/-/readyz").status()).isEqualTo(503);
            assertThat(witness.get("/-/healthz").status()).isEqualTo(200);

            lab.s1().thaw();
            witness.awaitVerdict("S1", "UP NONE", Promise.measured(Promise.BACK));
            assertThat(witness.get("/?first=1&second=2").fields()).containsEntry("echogate-member", "S1");
            assertThat(witness.verdict("S2")).isEqualTo("DOWN HOST_SILENT");

            assertThat(lab.s1().stop()).as("machine").isIn(0, 143);
            assertThat(lab.monitor().stop()).as("monitor").isIn(0, 143);
        }
    }
}
