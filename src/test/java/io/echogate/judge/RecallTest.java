package io.echogate.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.model.Cause;
import io.echogate.model.State;
import io.echogate.model.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is remembered, after what was heard before it came and before what is heard then; letters as of {@link Life}. */
final class RecallTest {
    private static final long EARLIER = -3_600_000_000_000L;

    @ParameterizedTest(name = "{0} then {1} then {2} → {3}")
    @CsvSource({
        // Nothing is known: the remembered verdict holds.
        "'',       UP NONE,              '',             UP NONE",
        "'',       DOWN FROZEN,          '',             DOWN FROZEN",
        // Remembered as UP, it is judged as anybody who is UP.
        "'',       UP NONE,              P,              UP NONE",
        "'',       UP NONE,              R,              SUSPECT PORT_CLOSED",
        "'',       UP NONE,              R R R,          DOWN PORT_CLOSED",
        "o,        UP NONE,              '',             SUSPECT HOST_SILENT",
        // Remembered as DOWN, it keeps its cause until fresh evidence would convict it, and comes back as usual.
        "'',       DOWN FROZEN,          R,              DOWN FROZEN",
        "'',       DOWN FROZEN,          R R,            DOWN FROZEN",
        "'',       DOWN FROZEN,          R R R,          DOWN PORT_CLOSED",
        "'',       DOWN FROZEN,          o,              DOWN FROZEN",
        "'',       DOWN HOST_SILENT,     + C + C,        DOWN HOST_SILENT",
        "'',       DOWN HOST_SILENT,     + C + C + C,    DOWN PORT_SILENT",
        "'',       DOWN FROZEN,          P,              RECOVERING FROZEN",
        "'',       DOWN FROZEN,          P P,            UP NONE",
        "'',       DOWN FROZEN,          R P R P P,      UP NONE",
        "'',       DOWN FROZEN,          P R,            DOWN PORT_CLOSED",
        // What was heard meanwhile wins.
        "P,        DOWN FROZEN,          '',             UP NONE",
        "R,        UP NONE,              '',             SUSPECT PORT_CLOSED",
        "R,        DOWN FROZEN,          '',             SUSPECT PORT_CLOSED",
        "P R R R,  UP NONE,              '',             DOWN PORT_CLOSED",
        "P R R R,  DOWN FROZEN,          '',             DOWN PORT_CLOSED",
    })
    void row(String heard, String remembered, String then, String verdict) {
        Life life = new Life().live(heard);
        recall(life, remembered);
        assertThat(life.conclude().live(then)).hasToString(verdict);
    }

    private static void recall(Life life, String remembered) {
        String[] words = remembered.split(" ");
        Verdict verdict = new Verdict(State.valueOf(words[0]), Cause.valueOf(words[1]), EARLIER, "remembered");
        life.dossier = Judge.recall(life.dossier, verdict);
    }

    @Test
    void the_same_state_has_lasted_since_it_began_and_any_other_has_not() {
        Life life = new Life().live("P");
        String why = life.dossier.verdict().why();
        recall(life, "UP NONE");
        assertThat(life.dossier.verdict()).isEqualTo(new Verdict(State.UP, Cause.NONE, EARLIER, why));
        Life other = new Life().live("P");
        Dossier before = other.dossier;
        recall(other, "DOWN FROZEN");
        assertThat(other.dossier).isSameAs(before);
        life.dossier = Judge.recall(life.dossier, new Verdict(State.UP, Cause.NONE, life.now, "later"));
        assertThat(life.dossier.verdict().sinceNanos()).isEqualTo(EARLIER);
    }

    @Test
    void who_is_remembered_as_up_counts_as_proven_and_who_is_not_does_not() {
        Life up = new Life();
        recall(up, "UP NONE");
        assertThat(up.dossier.proven()).isTrue();
        Life down = new Life();
        recall(down, "DOWN FROZEN");
        assertThat(down.dossier.proven()).isFalse();
    }
}
