package io.echogate.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.clock.Chance;
import io.echogate.config.PolicyName;
import io.echogate.model.Member;
import io.echogate.model.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** least-requests: the least busy for its weight, whatever begins and ends; ties in turn. */
final class LeastRequestsTest {
    @Test
    void equals_take_turns() {
        Crew crew = new Crew(PolicyName.LEAST_REQUESTS, 4);
        assertThat(crew.shares(400)).isEqualTo(Map.of("S1", 100, "S2", 100, "S3", 100, "S4", 100));
        String[] four = crew.inOrder(4).split(" ");
        assertThat(four).doesNotHaveDuplicates();
    }

    @Test
    void idle_members_take_turns_by_weight() {
        Crew crew = new Crew(PolicyName.LEAST_REQUESTS, 2).weights(3, 1);
        assertThat(crew.shares(400).get("S1")).isBetween(299, 301);
    }

    @Test
    void whoever_is_slow_to_finish_gets_less() {
        Crew crew = new Crew(PolicyName.LEAST_REQUESTS, 3);
        for (int i = 0; i < 30; i++) {
            crew.begin();
        }
        assertThat(List.of(crew.loads.inFlight(0), crew.loads.inFlight(1), crew.loads.inFlight(2)))
                .containsExactly(10, 10, 10);
        for (int i = 0; i < 5; i++) {
            crew.loads.end(1);
        }
        assertThat(List.of(crew.begin(), crew.begin(), crew.begin(), crew.begin(), crew.begin()))
                .containsOnly(1);
    }

    @Test
    void weights_are_kept_to_in_what_is_in_flight() {
        Crew crew = new Crew(PolicyName.LEAST_REQUESTS, 3).weights(5, 3, 2);
        for (int i = 0; i < 100; i++) {
            crew.begin();
        }
        assertThat(List.of(crew.loads.inFlight(0), crew.loads.inFlight(1), crew.loads.inFlight(2)))
                .containsExactly(50, 30, 20);
    }

    /** The heap against a search through all, over requests that begin, end and fail, and members that come and go. */
    @Test
    void nobody_better_is_ever_passed_over() {
        RandomGenerator random = Chance.seeded(11);
        Crew crew = new Crew(PolicyName.LEAST_REQUESTS, 9).weights(1, 2, 3, 4, 5, 6, 7, 8, 9);
        List<Integer> running = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            if (random.nextInt(100) == 0) {
                crew.state(1 + random.nextInt(8), random.nextBoolean() ? State.UP : State.DOWN);
            }
            if (random.nextInt(5) < 2 && !running.isEmpty()) {
                Collections.swap(running, random.nextInt(running.size()), running.size() - 1);
                crew.loads.end(running.removeLast());
                continue;
            }
            Tried tried = new Tried();
            for (int i = random.nextInt(3); i > 0; i--) {
                tried.add(random.nextInt(9));
            }
            Member m = crew.policy.choose(crew.fleet, tried, Crew.get(), crew.now);
            if (m == null) {
                assertThat(crew.fleet.rotation()).allMatch(left -> tried.has(left.index()));
                continue;
            }
            isBest(crew, tried, m);
            if (running.size() < 60) {
                crew.loads.begin(m.index());
                running.add(m.index());
            }
        }
    }

    private static void isBest(Crew crew, Tried tried, Member chosen) {
        double best = crew.fleet.rotation().stream()
                .filter(m -> !tried.has(m.index()))
                .mapToDouble(m -> load(crew, m))
                .min()
                .orElseThrow();
        assertThat(tried.has(chosen.index())).isFalse();
        assertThat(load(crew, chosen)).isEqualTo(best);
    }

    private static double load(Crew crew, Member m) {
        return (double) crew.loads.inFlight(m.index()) / m.standing().weight();
    }

    @Test
    void a_member_that_has_come_back_idle_is_not_stampeded() {
        Crew crew = new Crew(PolicyName.LEAST_REQUESTS, 3);
        for (int i = 0; i < 60; i++) {
            crew.begin();
        }
        crew.state(3, State.DOWN);
        for (int i = 0; i < 20; i++) {
            crew.loads.end(2);
        }
        crew.state(3, State.UP).returned(3);
        int before = crew.loads.inFlight(2);
        for (int i = 0; i < 105; i++) {
            crew.begin();
        }
        assertThat(crew.loads.inFlight(2) - before)
                .as("a tenth of what the others get")
                .isBetween(4, 6);
        crew.now += 10 * Crew.SECOND;
        assertThat(crew.begin()).isEqualTo(2);
    }

    @Test
    void a_retry_goes_to_the_next_tier_when_the_better_one_is_tried() {
        Crew crew = new Crew(PolicyName.LEAST_REQUESTS, 3).tier(3, 2);
        assertThat(crew.choose(Crew.get(), 1)).isEqualTo("S2");
        assertThat(crew.choose(Crew.get(), 1, 2)).isEqualTo("S3");
        assertThat(crew.choose(Crew.get(), 1, 2, 3)).isEqualTo("nobody");
    }
}
