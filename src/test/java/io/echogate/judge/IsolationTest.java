package io.echogate.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.model.Kind;
import io.echogate.model.Outcome;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** "It is us" as a table: two members' lives and a witness's, letters as at {@link Life#live}. */
final class IsolationTest {
    private static boolean isolated(Isolation before, Life... lives) {
        List<Dossier> dossiers = Stream.of(lives).map(l -> l.dossier).toList();
        return before.conclude(dossiers, Life.RULES).isolated();
    }

    @ParameterizedTest(name = "{0} | {1} → {2}")
    @CsvSource({
        "P +,       P +,           false",
        // Both fall silent within one interval.
        "P + C -,   P + C -,       true",
        "P + o -,   P + C -,       true",
        // One still answers something, whatever it is.
        "P + C -,   P + P,         false",
        "P + C -,   P + R -,       false",
        "P + C -,   P + A -,       false",
        "P + C -,   P + C +,       false",
        // The second falls silent 20 steps (4 s) after the first: two failures, not one of ours.
        "P + C - C - C - C - C - C - C - C - C - C -, UUUUUUUUUUUUUUUUUUUP + C -, false",
        // Members that have never lived fell with nobody.
        "C - C -,   C - C -,       false",
    })
    void without_a_witness(String first, String second, boolean expected) {
        Life a = new Life().live(first);
        Life b = new Life().live(second);
        assertThat(isolated(Isolation.NONE, a, b)).isEqualTo(expected);
    }

    @Test
    void never_by_a_lone_members_silence() {
        assertThat(isolated(Isolation.NONE, new Life().live("P + C - C - C -"))).isFalse();
    }

    @Test
    void a_lone_member_without_a_route_is_us() {
        Life life = new Life().live("P +");
        life.now += Life.STEP;
        life.echo(Kind.ICMP, 99, life.now, Outcome.NO_ROUTE, false);
        life.echo(Kind.HTTP, 99, life.now, Outcome.NO_ROUTE, false);
        assertThat(isolated(Isolation.NONE, life)).isTrue();
    }

    @Test
    void a_witness_decides_where_there_is_one() {
        Life a = new Life().live("P + C -");
        Life b = new Life().live("P + C -");
        Isolation well = Isolation.NONE.hear("gateway", true, a.now);
        assertThat(isolated(well, a, b)).isFalse();
        assertThat(isolated(well.hear("gateway", false, a.now), a, b)).isTrue();
        assertThat(isolated(well.hear("gateway", false, a.now), a)).isTrue();
        assertThat(isolated(Isolation.NONE.hear("gateway", false, a.now), a))
                .as("a witness that never answered is none")
                .isFalse();
    }

    @Test
    void one_witness_of_two_that_answers_suffices() {
        Life a = new Life().live("P + C -");
        Isolation two = Isolation.NONE.hear("one", true, a.now).hear("two", true, a.now);
        assertThat(isolated(two.hear("one", false, a.now), a)).isFalse();
        assertThat(isolated(two.hear("one", false, a.now).hear("two", false, a.now), a))
                .isTrue();
    }

    @Test
    void nobody_is_convicted_for_silence_before_the_witness_was_heard_since() {
        Life life = new Life().live("P +");
        Isolation witnessed = Isolation.NONE.hear("gateway", true, life.now);
        for (int i = 0; i < 4; i++) {
            life.live("C -");
            life.isolation = witnessed.conclude(List.of(life.dossier), Life.RULES);
        }
        assertThat(life.isolation.pending()).isTrue();
        assertThat(life.isolation.isolated()).isFalse();
        assertThat(life.live("-")).hasToString("SUSPECT HOST_SILENT");
        life.isolation = witnessed.hear("gateway", true, life.now).conclude(List.of(life.dossier), Life.RULES);
        assertThat(life.isolation.holds()).isFalse();
        assertThat(life.live("-")).hasToString("DOWN HOST_SILENT");
    }

    @Test
    void lasts_until_somebody_answers() {
        Life a = new Life().live("P + C -");
        Life b = new Life().live("P + C -");
        Isolation us = Isolation.NONE.conclude(List.of(a.dossier, b.dossier), Life.RULES);
        a.live("C - C - C - C - C - C - C - C -");
        assertThat(isolated(us, a, b)).isTrue();
        assertThat(isolated(us, a, b.live("+"))).isFalse();
    }
}
