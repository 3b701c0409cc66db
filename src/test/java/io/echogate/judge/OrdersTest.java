package io.echogate.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.model.Fleet;
import io.echogate.model.Fleets;
import io.echogate.model.Intent;
import io.echogate.model.State;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which orders are refused, as a table of rows: the states of S1, S2, …, a d for drained, and an order for S1. */
final class OrdersTest {
    private static Fleet fleet(String row) {
        String[] words = row.split(" ", -1);
        InetSocketAddress[] addresses = new InetSocketAddress[words.length];
        for (int i = 0; i < words.length; i++) {
            addresses[i] = new InetSocketAddress("127.0.0." + (i + 1), 3000);
        }
        Fleet fleet = Fleets.all(State.UP, addresses);
        for (int i = 0; i < words.length; i++) {
            fleet = Fleets.with(fleet, i, State.valueOf(words[i].replace("/d", "")));
            if (words[i].endsWith("/d")) {
                fleet = Fleets.with(fleet, i, Fleets.drain(0));
            }
        }
        return fleet;
    }

    @ParameterizedTest(name = "{0}, {1}, force {2} → {3}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "UP UP         | DRAIN       | false | -",
                "UP UP         | MAINTENANCE | false | -",
                "UP DOWN       | DRAIN       | false | nobody would be left to serve: S2 is DOWN",
                "UP DOWN       | MAINTENANCE | false | nobody would be left to serve: S2 is DOWN",
                "UP DOWN       | DRAIN       | true  | -",
                "UP DOWN       | READY       | false | -",
                "UP UNKNOWN    | DRAIN       | false | nobody would be left to serve: S2 is UNKNOWN",
                "UP UP/d       | DRAIN       | false | nobody would be left to serve: S2 is UP and wanted in DRAIN",
                "UP SUSPECT    | DRAIN       | false | nobody who is UP would be left to serve: S2 is SUSPECT",
                "UP RECOVERING | DRAIN       | false | nobody who is UP would be left to serve: S2 is RECOVERING",
                "SUSPECT UP    | DRAIN       | false | -",
                "SUSPECT SUSPECT | DRAIN     | false | -",
                "SUSPECT DOWN  | DRAIN       | false | nobody would be left to serve: S2 is DOWN",
                // Whoever gets no requests may go.
                "DOWN DOWN     | DRAIN       | false | -",
                "UNKNOWN DOWN  | DRAIN       | false | -",
                "UP/d DOWN     | MAINTENANCE | false | -",
                "UP            | DRAIN       | false | nobody would be left to serve: it is the only member",
                "UP DOWN DOWN UP/d DOWN DOWN DOWN | DRAIN | false | nobody would be left to serve: S2 is DOWN, "
                        + "S3 is DOWN, S4 is UP and wanted in DRAIN, S5 is DOWN, S6 is DOWN and 1 more",
            })
    void refusals(String members, Intent wanted, boolean force, String refusal) {
        Fleet fleet = fleet(members);
        assertThat(Orders.refusal(fleet.members(), fleet.at(0), wanted, force)).isEqualTo(refusal);
    }

    @Test
    void drained_members_are_in_nobodys_rotation_whatever_their_state() {
        assertThat(Rotation.of(fleet("UP/d UP SUSPECT/d DOWN").members(), 1))
                .extracting(m -> m.name())
                .containsExactly("S2");
    }
}
