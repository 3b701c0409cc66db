package io.echogate.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.config.PolicyName;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** p2c: the better one of two, and what makes a member the better one. */
final class TwoChoicesTest {
    private static final long MILLI = 1_000_000;

    private static Crew measured(int members, long... millis) {
        Crew crew = new Crew(PolicyName.P2C, members);
        for (int i = 0; i < millis.length; i++) {
            crew.loads.waited(i, millis[i] * MILLI, crew.now);
        }
        return crew;
    }

    @Test
    void alike_members_get_alike_shares() {
        assertThat(measured(4, 5, 5, 5, 5).shares(8000).values())
                .allSatisfy(n -> assertThat(n).isBetween(1850, 2150));
    }

    @Test
    void the_slowest_of_all_is_avoided() {
        assertThat(measured(4, 5, 5, 500, 5).shares(4000)).containsOnlyKeys("S1", "S2", "S4");
    }

    @Test
    void of_two_the_faster_one_gets_all_until_it_is_busier_than_it_is_faster() {
        Crew crew = measured(2, 10, 35);
        assertThat(crew.shares(1000)).isEqualTo(Map.of("S1", 1000));
        crew.loads.begin(0);
        crew.loads.begin(0);
        assertThat(crew.shares(100)).containsOnlyKeys("S1");
        crew.loads.begin(0);
        assertThat(crew.shares(100)).containsOnlyKeys("S2");
    }

    @Test
    void weight_makes_up_for_time() {
        Crew crew = measured(2, 10, 35).weights(1, 4);
        assertThat(crew.shares(100)).containsOnlyKeys("S2");
    }

    @Test
    void a_member_never_measured_gets_one_request_and_not_all() {
        Crew crew = measured(2, 10);
        assertThat(crew.begin()).isEqualTo(1);
        assertThat(crew.shares(100)).containsOnlyKeys("S1");
    }

    @ParameterizedTest(name = "{0} seconds later a time of 10 ms makes of 100 ms: {1} ms")
    @CsvSource({"0, 100", "1, 91", "10, 43", "100, 10"})
    void a_peak_counts_at_once_and_is_forgotten_slowly(long seconds, double expected) {
        Loads loads = new Loads(1);
        loads.waited(0, 20 * MILLI, 0);
        loads.waited(0, 100 * MILLI, 0);
        loads.waited(0, 10 * MILLI, seconds * Crew.SECOND);
        assertThat(loads.cost(0, seconds * Crew.SECOND) / MILLI)
                .isCloseTo(expected, org.assertj.core.data.Offset.offset(0.6));
    }

    @Test
    void who_was_once_slow_is_tried_again() {
        Crew crew = measured(2, 10, 500);
        assertThat(crew.shares(100)).containsOnlyKeys("S1");
        crew.now += 60 * Crew.SECOND;
        crew.loads.waited(0, 10 * MILLI, crew.now);
        assertThat(crew.shares(100)).containsOnlyKeys("S2");
    }

    @Test
    void who_was_tried_is_not_drawn_and_the_next_tier_follows() {
        Crew crew = measured(4, 1, 1, 1, 1).tier(4, 2);
        for (int i = 0; i < 200; i++) {
            assertThat(crew.choose(Crew.get(), 1)).isIn("S2", "S3");
            assertThat(crew.choose(Crew.get(), 1, 2)).isEqualTo("S3");
            assertThat(crew.choose(Crew.get(), 1, 2, 3)).isEqualTo("S4");
        }
        assertThat(crew.choose(Crew.get(), 1, 2, 3, 4)).isEqualTo("nobody");
    }

    @Test
    void a_member_that_has_come_back_gets_its_tenth_although_it_looks_best() {
        Crew crew = measured(3, 50, 50).returned(3);
        assertThat(crew.shares(2100).get("S3")).isBetween(98, 102);
        crew.now += 10 * Crew.SECOND;
        assertThat(crew.shares(300).get("S3")).isGreaterThan(150);
    }
}
