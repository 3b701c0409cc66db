package io.echogate.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.model.Ask;
import io.echogate.model.Icmp;
import io.echogate.model.Kind;
import io.echogate.model.Outcome;
import io.echogate.model.State;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is asked by ICMP alone, as a table of rows; the letters are explained at {@link Life#live}. */
final class WatchedTest {
    private static final Icmp NONE = new Icmp(Icmp.Mode.NONE, "sysctl");

    private static Life machine() {
        Life life = new Life();
        life.dossier = Dossier.unknown(0, Ask.ICMP);
        return life;
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({
        "'',               UNKNOWN NONE",
        "+,                UP NONE",
        "-,                SUSPECT HOST_SILENT",
        "- +,              UP NONE",
        "+ -,              SUSPECT HOST_SILENT",
        "+ i,              SUSPECT HOST_SILENT",
        "+ i +,            UP NONE",
        // Its silence has no second fact, and is none for itself.
        "+ - - - - -,      SUSPECT HOST_SILENT",
        "+ - - - - - -,    DOWN HOST_SILENT",
        "- - - - - -,      DOWN HOST_SILENT",
        "+ - + - + - +,    UP NONE",
        "+ - - - - - + -,  SUSPECT HOST_SILENT",
        // A name that does not resolve is no silence.
        "+ n n n,          DOWN UNRESOLVED",
        // Back again after as many answers as make a machine answer.
        "- - - - - - +,    RECOVERING HOST_SILENT",
        "- - - - - - + -,  DOWN HOST_SILENT",
        "- - - - - - + +,  UP NONE",
    })
    void row(String row, String verdict) {
        assertThat(machine().live(row).conclude()).hasToString(verdict);
    }

    @Test
    void its_own_fall_and_rise_are_those_of_icmp() {
        Life life = machine();
        life.rules = new Rules(3, 2, 1, 3, 1, true, 0, Life.RULES.outlier(), 20);
        assertThat(life.live("+ - -")).hasToString("DOWN HOST_SILENT");
        assertThat(life.live("+ +")).hasToString("RECOVERING HOST_SILENT");
        assertThat(life.live("+")).hasToString("UP NONE");
    }

    @Test
    void the_reason_tells_of_no_service() {
        Life life = machine().live("+ - - - - - -");
        assertThat(life.dossier.verdict().why()).isEqualTo("machine off or cut off (6 pings in a row failed)");
        assertThat(life.dossier.hostState()).isEqualTo(State.DOWN);
    }

    @Test
    void without_an_icmp_socket_it_stays_unknown_and_says_why() {
        Life life = machine();
        life.dossier = Judge.hear(life.dossier, NONE);
        assertThat(life.conclude()).hasToString("UNKNOWN NONE");
        assertThat(life.dossier.verdict().why())
                .isEqualTo("cannot be asked: ICMP is not to be had here; to open it: sysctl");
        Dossier member = Dossier.unknown(0);
        assertThat(Judge.hear(member, NONE)).isSameAs(member);
        Dossier heard = machine().dossier;
        assertThat(Judge.hear(heard, new Icmp(Icmp.Mode.RAW, ""))).isSameAs(heard);
    }

    @Test
    void its_silence_is_evidence_that_it_is_us_and_its_answer_that_it_is_not() {
        Life member = new Life().live("P +").live("C -");
        Life silent = machine().live("+ + + i");
        Life well = machine().live("+ + + +");
        assertThat(Isolation.NONE
                        .conclude(List.of(member.dossier, silent.dossier), Life.RULES)
                        .isolated())
                .isTrue();
        assertThat(Isolation.NONE
                        .conclude(List.of(member.dossier, silent.dossier, well.dossier), Life.RULES)
                        .isolated())
                .isFalse();
    }

    @Test
    void nobody_is_convicted_for_silence_while_it_is_us() {
        Life life = machine().live("+");
        life.isolation = new Isolation(true, false, Set.of(), Set.of(), 0);
        assertThat(life.live("- - - - - - -")).hasToString("SUSPECT ISOLATED");
    }

    @Test
    void an_answer_that_was_in_time_after_all_is_no_failure() {
        Life life = machine().live("+ - - - - -");
        life.echo(Kind.ICMP, 4, 0, Outcome.ANSWERED, false);
        assertThat(life.live("- -")).hasToString("SUSPECT HOST_SILENT");
    }
}
