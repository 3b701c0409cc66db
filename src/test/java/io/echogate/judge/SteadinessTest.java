package io.echogate.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.model.State;
import org.junit.jupiter.api.Test;

/** Members that flap. One step is 200 ms; the hold-down is 1 s at first. */
final class SteadinessTest {
    private static final String DOWN_AND_BACK = "R R R P P";

    private static Life twice() {
        Life life = new Life().live("P " + DOWN_AND_BACK);
        assertThat(life).as("the first time it is trusted after two passes").hasToString("UP NONE");
        life.live(DOWN_AND_BACK);
        assertThat(life).as("and the second time").hasToString("UP NONE");
        return life;
    }

    /** Passes until it is UP, in steps. */
    private static int steps(Life life) {
        int steps = 0;
        while (life.dossier.verdict().state() != State.UP && steps < 1000) {
            life.live("P");
            steps++;
        }
        return steps;
    }

    @Test
    void one_that_is_down_again_soon_after_it_was_back_answers_for_a_while_first() {
        Life life = twice().live("P P P R R R P P");
        assertThat(life).hasToString("RECOVERING PORT_CLOSED");
        assertThat(life.dossier.verdict().why())
                .isEqualTo(
                        "answers again, 1 of 2 passes; held down for 1000 ms: down soon after it was back, 2 times in a row");
        assertThat(steps(life)).as("1 s since its first pass").isEqualTo(4);
    }

    @Test
    void the_hold_down_doubles_up_to_32_fold() {
        Life life = twice();
        int[] expected = {5, 10, 20, 40, 80, 160, 160};
        for (int hold : expected) {
            life.live("R R R P");
            assertThat(steps(life)).isEqualTo(hold);
        }
    }

    @Test
    void a_failure_while_it_is_held_down_begins_the_time_anew_but_does_not_double_it() {
        Life life = twice().live("R R R P P P R P");
        assertThat(steps(life)).isEqualTo(5);
    }

    @Test
    void one_that_has_stayed_up_for_half_a_minute_begins_anew() {
        Life life = twice().live("R R R P");
        steps(life);
        life.live("P".repeat(150)).live(DOWN_AND_BACK).live(DOWN_AND_BACK);
        assertThat(life).hasToString("UP NONE");
        life.live("R R R P");
        assertThat(steps(life)).isEqualTo(5);
    }

    @Test
    void nobody_is_held_down_while_nobody_else_is_up() {
        Life life = twice();
        life.others = false;
        assertThat(life.live(DOWN_AND_BACK)).hasToString("UP NONE");
    }

    @Test
    void one_that_is_held_down_is_up_as_soon_as_it_is_the_last() {
        Life life = twice().live("R R R P P P");
        assertThat(life).hasToString("RECOVERING PORT_CLOSED");
        life.others = false;
        assertThat(life.live("P")).hasToString("UP NONE");
    }

    @Test
    void doubts_that_pass_are_no_relapse() {
        Life life =
                new Life().live("P " + DOWN_AND_BACK).live("R P R P A P R R P").live(DOWN_AND_BACK);
        assertThat(life).hasToString("UP NONE");
        assertThat(life.dossier.steadiness().relapses()).isOne();
    }
}
