package io.echogate.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.model.Fleet;
import io.echogate.model.Fleets;
import io.echogate.model.Member;
import io.echogate.model.Standing;
import io.echogate.model.State;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may be given a request, in which order, and who shares the load. */
final class RotationTest {
    /**
     * Members S1, S2, … as state and tier: U up, R recovering, S suspect, D down, N not yet known. Those that share the
     * load stand before the bar.
     */
    @ParameterizedTest(name = "{0}, join below {1}: {2}")
    @CsvSource({
        "U1 U1,          1, S1 S2 |",
        "D1 U1,          1, S2 |",
        "S1 U1,          1, S2 | S1",
        "N1 U1,          1, S2 |",
        "S1 R1,          1, S2 | S1",
        "U1 U2,          1, S1 | S2",
        "U2 U1,          1, S2 | S1",
        "U101 U1 U1,     1, S2 S3 | S1",
        "D1 U2 U3,       1, S2 | S3",
        "S1 U2 U3,       1, S2 | S3 S1",
        "R1 U2,          1, S2 | S1",
        "U1 D1 U2,       1, S1 | S3",
        "U1 D1 U2,       2, S1 S3 |",
        "U1 U1 U2,       2, S1 S2 | S3",
        "U1 S1 U2 U3,    2, S1 S3 | S4 S2",
        "U1 S1 U2 U3,    3, S1 S3 S4 | S2",
        "U1 D1 U2 U2 U3, 2, S1 S3 S4 | S5",
        "D1 D1 D2,       2, |",
        "S1 S1 S2,       1, S1 S2 | S3",
        "S2 S1,          1, S2 | S1",
        "S2 S1,          2, S2 S1 |",
        "R1 S1 S2,       2, S1 | S2 S3",
    })
    void order(String members, int joinBelow, String expected) {
        Fleet fleet = fleet(members.split(" "));
        StringBuilder got = new StringBuilder();
        boolean shared = true;
        for (Member m : Rotation.of(fleet.members(), joinBelow)) {
            got.append(shared && !m.serving() ? "| " : "").append(m.name()).append(' ');
            shared &= m.serving();
            assertThat(m.serving()).as("those that share lead the rotation").isEqualTo(shared);
        }
        assertThat(got + (shared ? "|" : "")).isEqualToIgnoringWhitespace(expected);
    }

    private static Fleet fleet(String... members) {
        InetSocketAddress[] addresses = new InetSocketAddress[members.length];
        for (int i = 0; i < members.length; i++) {
            addresses[i] = new InetSocketAddress("10.0.0." + (i + 1), 80);
        }
        Fleet fleet = Fleets.all(State.UP, addresses);
        for (int i = 0; i < members.length; i++) {
            int tier = Integer.parseInt(members[i].substring(1));
            fleet = Fleets.with(fleet, i, new Standing(1, tier, Standing.NEVER));
            fleet = Fleets.with(fleet, i, state(members[i].charAt(0)));
        }
        return fleet;
    }

    private static State state(char letter) {
        return switch (letter) {
            case 'U' -> State.UP;
            case 'R' -> State.RECOVERING;
            case 'S' -> State.SUSPECT;
            case 'D' -> State.DOWN;
            default -> State.UNKNOWN;
        };
    }
}
