package io.echogate.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.config.PolicyRules;
import io.echogate.model.Fleets;
import io.echogate.model.State;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** hash: the same member for the same key, how many each gets, and who moves when somebody leaves or comes. */
final class RendezvousTest {
    private static final int KEYS = 20_000;

    private static Crew byHeader(int members) {
        return new Crew(Crew.hash(PolicyRules.Key.HEADER, "X-User"), members);
    }

    private static Map<Integer, String> places(Crew crew, int... tried) {
        Map<Integer, String> places = new HashMap<>();
        for (int key = 0; key < KEYS; key++) {
            places.put(key, crew.choose(Crew.get("X-User: user-" + key), tried));
        }
        return places;
    }

    private static Map<String, Integer> counts(Map<Integer, String> places) {
        Map<String, Integer> counts = new HashMap<>();
        places.values().forEach(member -> counts.merge(member, 1, Integer::sum));
        return counts;
    }

    @Test
    void every_member_has_its_share_of_the_keys() {
        assertThat(counts(places(byHeader(10)))).hasSize(10);
        assertThat(counts(places(byHeader(10))).values())
                .allSatisfy(n -> assertThat(n).isBetween(1850, 2150));
    }

    @Test
    void when_a_member_leaves_only_its_keys_move_and_to_all_others() {
        Crew crew = byHeader(10);
        Map<Integer, String> before = places(crew);
        Map<Integer, String> after = places(crew.state(4, State.DOWN));
        Set<String> heirs = new HashSet<>();
        before.forEach((key, member) -> {
            if (member.equals("S4")) {
                heirs.add(after.get(key));
            } else {
                assertThat(after.get(key)).isEqualTo(member);
            }
        });
        assertThat(heirs).hasSize(9).doesNotContain("S4");
        assertThat(places(crew.state(4, State.UP))).as("and back").isEqualTo(before);
    }

    @Test
    void a_retry_goes_where_the_key_would_go_without_the_member() {
        Crew crew = byHeader(5);
        Map<Integer, String> first = places(crew);
        Map<Integer, String> second = places(crew, 2);
        Map<Integer, String> without = places(crew.state(2, State.DOWN));
        first.forEach((key, member) ->
                assertThat(second.get(key)).isEqualTo(member.equals("S2") ? without.get(key) : member));
    }

    @Test
    void weights_are_kept_to_and_a_weight_that_grows_only_draws_keys_to_its_member() {
        Crew crew = byHeader(4);
        Map<Integer, String> alike = places(crew);
        Map<Integer, String> heavier = places(crew.weights(1, 1, 1, 2));
        heavier.forEach((key, member) -> assertThat(member).isIn(alike.get(key), "S4"));
        assertThat(counts(heavier).get("S4")).isBetween(7700, 8300);
        assertThat(counts(heavier).get("S1")).isBetween(3800, 4200);
    }

    @Test
    void a_tier_that_joins_takes_a_share_of_the_keys_and_leaves_the_rest() {
        Crew crew = byHeader(4).tier(4, 2);
        Map<Integer, String> three = places(crew);
        assertThat(counts(three)).containsOnlyKeys("S1", "S2", "S3");
        crew.fleet = Fleets.joinBelow(crew.fleet, 4);
        Map<Integer, String> four = places(crew);
        assertThat(counts(four).get("S4")).isBetween(4700, 5300);
        four.forEach((key, member) -> assertThat(member).isIn(three.get(key), "S4"));
    }

    @ParameterizedTest(name = "{0} {1}: {2} and {3} alike: {4}")
    @CsvSource(
            delimiter = '|',
            value = {
                "HEADER | X-User  | 1.1.1.1 /a x-user: u1      | 2.2.2.2 /b X-USER: u1        | true",
                "HEADER | X-User  | 1.1.1.1 /a X-User: u1      | 1.1.1.1 /a X-User: u2        | false",
                "COOKIE | sid     | 1.1.1.1 /a Cookie: b=1; sid=7 | 2.2.2.2 /b Cookie: sid=7;c=2 | true",
                "COOKIE | sid     | 1.1.1.1 /a Cookie: sid=7   | 1.1.1.1 /a Cookie: sid=8     | false",
                "PATH   |         | 1.1.1.1 /a?q=1 A: b        | 2.2.2.2 /a?q=2 A: c          | true",
                "PATH   |         | 1.1.1.1 /a A: b            | 1.1.1.1 /b A: b              | false",
                "CLIENT |         | 1.1.1.1 /a A: b            | 1.1.1.1 /b A: c              | true",
                "CLIENT |         | 1.1.1.1 /a A: b            | 1.1.1.2 /a A: b              | false",
            })
    void what_is_hashed(PolicyRules.Key on, String name, String one, String other, boolean alike) {
        Key key = new Key(new PolicyRules.Hash(on, name));
        assertThat(key.of(request(one)) == key.of(request(other))).isEqualTo(alike);
    }

    private static Inquiry request(String line) {
        String[] parts = line.split(" ", 3);
        return Crew.from(parts[0], parts[1], parts[2]);
    }

    @ParameterizedTest
    @CsvSource({"HEADER, X-Nobody: 1", "COOKIE, 'Cookie: x-user2=1; y=X-User=2'"})
    void requests_without_a_key_take_turns(PolicyRules.Key on, String field) {
        Crew crew = new Crew(Crew.hash(on, "X-User"), 3);
        Map<String, Integer> shares = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            shares.merge(crew.choose(Crew.get(field)), 1, Integer::sum);
        }
        assertThat(shares).isEqualTo(Map.of("S1", 100, "S2", 100, "S3", 100));
    }
}
