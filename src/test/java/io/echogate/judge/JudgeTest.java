package io.echogate.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.clock.Chance;
import io.echogate.model.Cause;
import io.echogate.model.Kind;
import io.echogate.model.Outcome;
import io.echogate.model.State;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The judge as a table of rows; the letters are explained at {@link Life#live}. */
final class JudgeTest {
    private static final Isolation US = new Isolation(true, false, Set.of(), Set.of(), 0);

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({
        // The first pass makes UP; before it nobody is routed to.
        "P,              UP NONE",
        "o,              UNKNOWN NONE",
        "R,              SUSPECT PORT_CLOSED",
        "R P,            UP NONE",
        "R R R,          DOWN PORT_CLOSED",
        // Consecutive, counted in the order of asking: interleaved failures never take a member down.
        "P R P R P R,    SUSPECT PORT_CLOSED",
        "P R P R P R P,  UP NONE",
        "P R R P R R,    SUSPECT PORT_CLOSED",
        // Hard evidence convicts at three.
        "P R,            SUSPECT PORT_CLOSED",
        "P R R R,        DOWN PORT_CLOSED",
        "P W W W,        DOWN WRONG_ANSWER",
        "P B B B,        DOWN BROKEN",
        "P T T T,        DOWN SLOW",
        "P N N N,        DOWN UNRESOLVED",
        "P R W B,        DOWN BROKEN",
        // Silence needs a second fact: acknowledged bytes …
        "P A A,          SUSPECT FROZEN",
        "P A A A,        DOWN FROZEN",
        // … or a host that normally answers and does not …
        "P + C - C - C,  SUSPECT HOST_SILENT",
        "P + C - C - C -,DOWN HOST_SILENT",
        "P + - - - C C C,DOWN HOST_SILENT",
        // … otherwise it takes six.
        "P + C C C C C,  SUSPECT PORT_SILENT",
        "P + C C C C C C,DOWN PORT_SILENT",
        "P + S S S,      SUSPECT PORT_SILENT",
        "P C C C C C,    SUSPECT HOST_SILENT",
        "P C C C C C C,  DOWN HOST_SILENT",
        // A host that never answered ICMP corroborates nothing: a firewall may eat pings.
        "P - - - C C C,  SUSPECT HOST_SILENT",
        // ICMP alone never takes a member out, and never keeps one in.
        "P + - - - - -,  UP NONE",
        "P + R + R + R,  DOWN PORT_CLOSED",
        // Frozen stays frozen when its backlog fills and connects begin to time out.
        "P + A A A C C C,DOWN FROZEN",
        "P + A A C,      SUSPECT FROZEN",
        // A machine that ends its process first and itself right after (docker stop) is off, whatever came first.
        "P + R R R - - -,DOWN HOST_SILENT",
        "P + A A A - - -,DOWN HOST_SILENT",
        "P - - - R R R - -,DOWN PORT_CLOSED",
        "P + - - - R R R - - -,DOWN PORT_CLOSED",
        // Back again: one pass is not trusted, a failure sends back, two passes do.
        "P R R R P,      RECOVERING PORT_CLOSED",
        "P R R R P R,    DOWN PORT_CLOSED",
        "P R R R P A,    DOWN FROZEN",
        "P R R R P P,    UP NONE",
        "P R R R P o P,  UP NONE",
        // What we could not ask says nothing.
        "P U U U U U U,  UP NONE",
        "P R U R U R,    DOWN PORT_CLOSED",
        // First doubt is silence past the usual round trip, and the answer to that very question clears it.
        "P O,            SUSPECT FROZEN",
        "P o,            SUSPECT HOST_SILENT",
        "P t,            SUSPECT SLOW",
        "P T T T t,      DOWN SLOW",
        "P + o,          SUSPECT PORT_SILENT",
        "P O P,          UP NONE",
    })
    void row(String row, String verdict) {
        assertThat(new Life().live(row)).hasToString(verdict);
    }

    @Test
    void an_old_time_out_that_closes_after_a_newer_pass_takes_nobody_down() {
        Life life = new Life().live("P");
        life.now += Life.STEP;
        for (long question = 10; question < 13; question++) {
            life.echo(Kind.HTTP, question, life.now, Outcome.OVERDUE, false);
        }
        life.echo(Kind.HTTP, 13, life.now, Outcome.ANSWERED, false);
        assertThat(life).hasToString("UP NONE");
        for (long question = 10; question < 13; question++) {
            life.echo(Kind.HTTP, question, life.now, Outcome.SILENT, true);
        }
        assertThat(life).hasToString("UP NONE");
    }

    @Test
    void any_answer_that_is_heard_ends_the_doubt_of_silence() {
        Life life = new Life();
        life.now += Life.STEP;
        life.echo(Kind.HTTP, 1, 0, Outcome.OVERDUE, true);
        life.echo(Kind.HTTP, 2, 0, Outcome.OVERDUE, true);
        life.echo(Kind.HTTP, 1, 0, Outcome.ANSWERED, false);
        assertThat(life).as("the first pass out of UNKNOWN makes UP").hasToString("UP NONE");
    }

    @Test
    void late_answers_tell_slow_from_frozen_and_are_no_pass() {
        Life life = new Life().live("P A A A");
        assertThat(life).hasToString("DOWN FROZEN");
        life.echo(Kind.HTTP, 4, 0, Outcome.LATE, true);
        assertThat(life).as("a thawed service's answers come late, too").hasToString("DOWN FROZEN");
        life.live("+");
        assertThat(life).as("and still it does not pass").hasToString("DOWN SLOW");
        life.live("A");
        assertThat(life)
                .as("one answer that is still waited for is no change of cause")
                .hasToString("DOWN SLOW");
        life.live("A A A");
        assertThat(life).as("no late answers any more").hasToString("DOWN FROZEN");
    }

    @Test
    void a_service_that_goes_on_after_a_freeze_was_frozen_and_not_slow() {
        Life life = new Life().live("P A A A");
        for (long question = 2; question < 5; question++) {
            life.echo(Kind.HTTP, question, 0, Outcome.LATE, true);
        }
        assertThat(life.live("P")).hasToString("RECOVERING FROZEN");
    }

    @Test
    void real_answers_to_real_requests_veto_a_probes_silence() {
        Life life = new Life().live("P");
        life.answeredNanos = life.now + 100 * Life.STEP;
        life.live("O A O A O A O A O A");
        assertThat(life).hasToString("UP NONE");
        life.live("R");
        assertThat(life).as("a refusal is no silence").hasToString("SUSPECT PORT_CLOSED");
    }

    @Test
    void an_answer_from_before_the_freeze_vetoes_nothing() {
        Life life = new Life().live("P");
        life.answeredNanos = life.now;
        assertThat(life.live("A A A")).hasToString("DOWN FROZEN");
    }

    @Test
    void what_the_relay_sees_raises_doubt_and_never_convicts() {
        Life life = new Life().live("P +");
        for (int i = 0; i < 20; i++) {
            life.now += Life.STEP;
            life.echo(Kind.TRAFFIC, i, life.now - 1, Outcome.REFUSED, false);
        }
        assertThat(life).hasToString("SUSPECT PORT_CLOSED");
        life.now += 1;
        life.echo(Kind.HTTP, 50, life.now - 10, Outcome.ANSWERED, false);
        assertThat(life.state()).as("asked before the evidence").isEqualTo(State.SUSPECT);
        life.live("P");
        assertThat(life).hasToString("UP NONE");
    }

    @Test
    void nobody_is_convicted_for_silence_while_it_is_us() {
        Life life = new Life().live("P +");
        life.isolation = US;
        assertThat(life.live("C - C - C - C - C - C -")).hasToString("SUSPECT ISOLATED");
        life.isolation = Isolation.NONE;
        assertThat(life.live("C -")).hasToString("DOWN HOST_SILENT");
    }

    @Test
    void while_it_is_us_a_refusal_still_convicts() {
        Life life = new Life().live("P +");
        life.isolation = US;
        assertThat(life.live("R R R")).hasToString("DOWN PORT_CLOSED");
    }

    @Test
    void every_bad_verdict_names_its_cause_and_every_good_one_none() {
        RandomGenerator random = Chance.seeded(42);
        String letters = "PPPPRSACWBTNUOo+-";
        for (int run = 0; run < 2_000; run++) {
            Life life = new Life();
            StringBuilder row = new StringBuilder();
            for (int i = 0; i < 40; i++) {
                row.append(letters.charAt(random.nextInt(letters.length())));
                life.live(row.substring(i));
                boolean good = life.state() == State.UP || life.state() == State.UNKNOWN;
                assertThat(life.cause() == Cause.NONE).as("%s is %s", row, life).isEqualTo(good);
                assertThat(life.dossier.verdict().why()).isNotBlank();
            }
        }
    }
}
