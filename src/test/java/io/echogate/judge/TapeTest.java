package io.echogate.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.clock.Chance;
import io.echogate.model.Echo;
import io.echogate.model.Kind;
import io.echogate.model.Outcome;
import io.echogate.model.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TapeTest {
    private static Tape.Mark mark(long question, boolean failed) {
        Clue clue = failed ? Clue.SILENCE : Clue.NOTHING;
        return new Tape.Mark(question, question * 10, failed, !failed, Tape.NEVER, clue);
    }

    @Test
    void marksStandInTheOrderOfAsking() {
        Tape tape = Tape.EMPTY
                .with(mark(1, false), Life.RULES)
                .with(mark(3, true), Life.RULES)
                .with(mark(2, true), Life.RULES);

        assertThat(tape.marks()).extracting(Tape.Mark::question).containsExactly(1L, 2L, 3L);
        assertThat(tape.failures()).hasSize(2);
    }

    @Test
    void aQuestionThatWasAnsweredInTimeAfterAllIsCorrected() {
        Tape tape = Tape.EMPTY
                .with(mark(1, true), Life.RULES)
                .with(mark(2, true), Life.RULES)
                .with(mark(3, true), Life.RULES)
                .with(mark(2, false), Life.RULES);

        assertThat(tape.marks()).extracting(Tape.Mark::question).containsExactly(1L, 2L, 3L);
        assertThat(tape.failures()).extracting(Tape.Mark::question).containsExactly(3L);
    }

    /** The kernel stamped the answers in time; we only got to them after we had said "silent". */
    @Test
    void aMachineIsNotSilentForAnswersThatWeReadLate() {
        Host host = Host.UNASKED.hear(icmp(0, Outcome.ANSWERED), Life.RULES);
        for (int q = 1; q <= 3; q++) {
            host = host.hear(icmp(q, Outcome.SILENT), Life.RULES);
        }
        assertThat(host.corroboratesSilence()).isTrue();

        for (int q = 1; q <= 3; q++) {
            host = host.hear(icmp(q, Outcome.ANSWERED), Life.RULES);
        }
        assertThat(host.corroboratesSilence()).isFalse();
        assertThat(host.quiet()).isFalse();
        assertThat(host.state()).isEqualTo(State.UP);
    }

    private static Echo icmp(long question, Outcome outcome) {
        return Echo.of(Kind.ICMP, "S1", question, question * 100, question * 100 + 50, outcome, "");
    }

    /** However the closings overtake each other, every streak that decides is the one in the order of asking. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void its_streaks_are_those_in_the_order_of_asking(long seed) {
        RandomGenerator random = Chance.seeded(seed);
        double failing = 0.2 + 0.1 * seed;
        List<Tape.Mark> heard = new ArrayList<>();
        Tape tape = Tape.EMPTY;
        List<Long> numbers = new ArrayList<>();
        for (long n = 0; n < 2_000; n++) {
            numbers.add(Math.max(0, numbers.size() - random.nextInt(10)), n);
        }
        for (long number : numbers) {
            Tape.Mark mark = mark(number, random.nextDouble() < failing);
            tape = tape.with(mark, Life.RULES);
            heard.add(mark);
            heard.sort(Comparator.comparingLong(Tape.Mark::question));
            List<Tape.Mark> failures = new Tape(heard).failures();
            int kept = Math.min(failures.size(), Life.RULES.tape());
            assertThat(tape.failures()).isEqualTo(failures.subList(failures.size() - kept, failures.size()));
            assertThat(Math.min(tape.passes(), Life.RULES.passesThatCount()))
                    .isEqualTo(Math.min(new Tape(heard).passes(), Life.RULES.passesThatCount()));
            assertThat(tape.marks()).hasSizeLessThanOrEqualTo(Life.RULES.tape());
        }
    }
}
