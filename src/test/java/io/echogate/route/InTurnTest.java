package io.echogate.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.config.PolicyName;
import io.echogate.config.PolicyRules;
import io.echogate.model.State;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** round-robin and weighted: who has how many turns, in which order, and what slow start and tiers make of it. */
final class InTurnTest {
    @Test
    void each_has_its_turn_before_anybody_has_a_second() {
        Crew crew = new Crew(PolicyName.ROUND_ROBIN, 3).weights(9, 1, 1);
        String first = crew.inOrder(3);
        assertThat(first.split(" ")).containsExactlyInAnyOrder("S1", "S2", "S3");
        assertThat(crew.inOrder(6)).isEqualTo(first + " " + first);
    }

    @ParameterizedTest(name = "{0}: never more than {1} for S1 in a row")
    @CsvSource({"5 1 1, 3", "4 2 1, 1", "3 1 2, 1", "10 1 1 1 1, 3", "1 1 1, 1"})
    void a_heavy_members_turns_lie_as_far_apart_as_they_can(String weights, int most) {
        int[] each =
                Arrays.stream(weights.split(" ")).mapToInt(Integer::parseInt).toArray();
        Crew crew = new Crew(PolicyName.WEIGHTED, each.length).weights(each);
        crew.inOrder(1);
        int longest = 0;
        int run = 0;
        for (String member : crew.inOrder(Arrays.stream(each).sum()).split(" ")) {
            run = member.equals("S1") ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        assertThat(longest).isEqualTo(most);
    }

    @Test
    void different_weights_give_nginx_own_sequence() {
        Crew crew = new Crew(PolicyName.WEIGHTED, 3).weights(4, 2, 1);
        crew.inOrder(1);
        assertThat(crew.inOrder(7)).isEqualTo("S1 S2 S1 S3 S1 S2 S1");
        assertThat(crew.inOrder(7)).isEqualTo("S1 S2 S1 S3 S1 S2 S1");
    }

    @Test
    void over_all_weights_together_each_has_exactly_its_own() {
        Crew crew = new Crew(PolicyName.WEIGHTED, 5).weights(1000, 1, 7, 7, 333);
        crew.inOrder(1);
        assertThat(crew.shares(1348)).isEqualTo(Map.of("S1", 1000, "S2", 1, "S3", 7, "S4", 7, "S5", 333));
    }

    @Test
    void the_first_turn_after_a_change_is_drawn_by_weight_so_that_loops_do_not_move_in_step() {
        Crew crew = new Crew(PolicyName.WEIGHTED, 2).weights(3, 1);
        int firsts = 0;
        for (int i = 0; i < 4000; i++) {
            crew.state(2, State.SUSPECT).inOrder(1);
            firsts += crew.state(2, State.UP).choose(Crew.get()).equals("S1") ? 1 : 0;
        }
        assertThat(firsts).isBetween(2800, 3200);
    }

    @Test
    void who_was_tried_is_passed_over_and_the_next_tier_follows_when_all_were() {
        Crew crew = new Crew(PolicyName.WEIGHTED, 4).weights(1000, 1, 1).tier(4, 2);
        for (int i = 0; i < 50; i++) {
            assertThat(crew.choose(Crew.get(), 1)).isIn("S2", "S3");
            assertThat(crew.choose(Crew.get(), 1, 3)).isEqualTo("S2");
            assertThat(crew.choose(Crew.get(), 1, 2, 3)).isEqualTo("S4");
        }
        assertThat(crew.choose(Crew.get(), 1, 2, 3, 4)).isEqualTo("nobody");
    }

    @Test
    void nobody_in_rotation_is_nobody() {
        Crew crew = new Crew(PolicyName.ROUND_ROBIN, 2).state(1, State.DOWN).state(2, State.DOWN);
        assertThat(crew.choose(Crew.get())).isEqualTo("nobody");
    }

    @Test
    void doubt_takes_a_member_out_and_tiers_come_in_when_the_better_are_too_few() {
        Crew crew = new Crew(PolicyName.ROUND_ROBIN, 4).tier(3, 2).tier(4, 3);
        assertThat(crew.shares(100)).containsOnlyKeys("S1", "S2");
        assertThat(crew.state(1, State.SUSPECT).shares(100)).containsOnlyKeys("S2");
        assertThat(crew.state(2, State.DOWN).shares(100)).containsOnlyKeys("S3");
    }

    @ParameterizedTest(name = "{0} seconds after its return: {1} of 1,000 requests")
    @CsvSource({"0, 91", "1.99, 91", "2, 166", "3, 230", "5, 333", "9.99, 473", "10, 500", "100, 500"})
    void a_member_that_has_come_back_gets_a_growing_share(double seconds, int share) {
        Crew crew = new Crew(PolicyName.ROUND_ROBIN, 2).returned(2);
        crew.inOrder(10);
        crew.now += Math.round(seconds * Crew.SECOND);
        assertThat(crew.shares(1000).get("S2")).isBetween(share - 1, share + 1);
    }

    @Test
    void weights_and_slow_start_multiply() {
        Crew crew = new Crew(PolicyName.WEIGHTED, 2).weights(1, 4).returned(2);
        crew.now += 5 * Crew.SECOND;
        assertThat(crew.shares(3000).get("S2")).isBetween(1998, 2002);
    }

    @Test
    void where_all_come_back_together_nobody_is_held_back() {
        Crew crew = new Crew(PolicyName.ROUND_ROBIN, 2).returned(1).returned(2);
        assertThat(crew.shares(1000)).isEqualTo(Map.of("S1", 500, "S2", 500));
    }

    @Test
    void slow_start_can_be_switched_off() {
        PolicyRules d = PolicyRules.DEFAULT.with(PolicyName.ROUND_ROBIN);
        Crew crew = new Crew(new PolicyRules(d.name(), 1, Duration.ZERO, d.hash(), d.sticky()), 2).returned(2);
        assertThat(crew.shares(1000)).isEqualTo(Map.of("S1", 500, "S2", 500));
    }
}
