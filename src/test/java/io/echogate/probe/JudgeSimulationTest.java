package io.echogate.probe;

import static io.echogate.probe.JudgeSimulation.DEFAULTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.echogate.clock.Chance;
import io.echogate.config.Config;
import io.echogate.config.ConfigReader;
import io.echogate.config.Parsed;
import io.echogate.judge.WorstCase;
import io.echogate.model.Cause;
import io.echogate.probe.Course.Condition;
import io.echogate.probe.JudgeSimulation.Innocent;
import io.echogate.probe.JudgeSimulation.Noticed;
import io.echogate.probe.JudgeSimulation.Strike;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The promises of docs/judging.md, on a small scale; {@code ./bench/judge} shows them on a large one. */
final class JudgeSimulationTest {
    private static Innocent innocent(long hours, double loss) {
        return JudgeSimulation.innocent(DEFAULTS, hours, r -> new Losses.Independent(loss, r), 1);
    }

    private static double seconds(WorstCase.Line line) {
        return line.total().toNanos() / 1e9;
    }

    private static double exchange() {
        return Exchange.WHOLE / 1e9;
    }

    @Test
    void at_one_percent_loss_nobody_innocent_is_convicted() {
        Innocent without = innocent(2_000, 0);
        assertThat(without.falseDowns() + without.departures()).isZero();
        Innocent lossy = innocent(2_000, 0.01);
        assertThat(lossy.hours()).isCloseTo(2_000.0, within(1.0));
        assertThat(lossy.falseDowns()).isZero();
        assertThat(lossy.departures()).as("it did lose packets").isGreaterThan(200_000);
    }

    @Test
    void the_formula_and_the_simulation_agree_where_there_is_something_to_count() {
        Innocent lossy = innocent(20, 0.3);
        assertThat(lossy.falseDowns() / lossy.hours()).isCloseTo(LossFormula.falseDownsPerHour(0.3), within(8.0));
        assertThat(LossFormula.falseDownsPerHour(0.01)).isLessThan(1e-6);
    }

    @Test
    void passing_over_the_time_in_which_nothing_is_lost_changes_nothing() {
        RandomGenerator random = Chance.seeded(3);
        SimulatedWorld whole = new SimulatedWorld(DEFAULTS, new Losses.Independent(0.05, random), random);
        whole.until(100 * JudgeSimulation.HOUR);
        Innocent skipping = innocent(100, 0.05);
        double tolerance = 5 * Math.sqrt(2.0 * whole.departures());
        assertThat((double) skipping.departures()).isCloseTo((double) whole.departures(), within(tolerance));
    }

    @Test
    void a_burst_convicts_only_when_the_path_was_dead_for_as_long_as_a_dead_machine() {
        Function<RandomGenerator, Losses> bursts = r -> new Losses.Bursty(0.01, 0.3e9, 1, r);
        Innocent lossy = JudgeSimulation.innocent(DEFAULTS, 100, bursts, 5);
        assertThat(lossy.falseDowns()).isZero();
        double longer = 100 * LossFormula.outagesPerHour(0.01, 0.3, 1.0);
        double longest = 100 * LossFormula.outagesPerHour(0.01, 0.3, 2.2);
        assertThat((double) lossy.inOutage()).isBetween(0.5 * longest, longer);
    }

    static Stream<Strike> strikes() {
        return Strike.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("strikes")
    void every_failure_is_noticed_within_the_computed_time_with_its_cause(Strike s) {
        WorstCase computed = WorstCase.of(DEFAULTS);
        Noticed n = JudgeSimulation.strike(DEFAULTS, s.condition(), s.cause(), 3_000, 0, 7);
        double worst = Noticed.worst(n.down());
        assertThat(worst).isLessThanOrEqualTo(seconds(s.computed().apply(computed)));
        assertThat(worst)
                .as("the sum is no idle one")
                .isGreaterThan(seconds(s.computed().apply(computed)) - 0.05);
        assertThat(Noticed.worst(n.left())).isLessThanOrEqualTo(seconds(computed.left()));
        assertThat(Noticed.worst(n.back())).isLessThanOrEqualTo(seconds(computed.back()) + 2 * exchange());
        assertThat(n.rightCause()).isEqualTo(3_000);
    }

    @ParameterizedTest
    @MethodSource("strikes")
    void at_one_percent_loss_it_is_noticed_little_later(Strike s) {
        Noticed n = JudgeSimulation.strike(DEFAULTS, s.condition(), s.cause(), 1_000, 0.01, 7);
        double computed = seconds(s.computed().apply(WorstCase.of(DEFAULTS)));
        assertThat(Noticed.percentile(n.down(), 0.95)).isLessThanOrEqualTo(computed);
        assertThat(Noticed.worst(n.down())).isLessThanOrEqualTo(computed + 2);
    }

    /** It flapped between SLOW and FROZEN ten times a second, and was asked five times a second for as long as it was. */
    @Test
    void a_slow_service_is_called_slow_and_asked_rarely() {
        RandomGenerator random = Chance.seeded(1);
        SimulatedWorld world = new SimulatedWorld(DEFAULTS, new Losses.Independent(0, random), random);
        world.until(20 * JudgeSimulation.SECOND);
        long struck = world.now();
        world.course(Course.struck(Condition.SLOW, struck, struck + JudgeSimulation.HOUR));
        world.until(struck + 4 * JudgeSimulation.SECOND);
        long asked = world.asked();
        while (world.now() < struck + 60 * JudgeSimulation.SECOND) {
            world.step();
            assertThat(world.cause()).isEqualTo(Cause.SLOW);
        }
        assertThat(world.asked() - asked).isBetween(10L, 20L);
    }

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    /** Whatever the configuration: no failure is noticed later than it says. */
    @ParameterizedTest
    @MethodSource("seeds")
    void the_computed_worst_case_holds_for_any_configuration(long seed) {
        RandomGenerator random = Chance.seeded(seed);
        String yaml = yaml(random);
        Parsed parsed = ConfigReader.read("random.yaml", yaml);
        if (!(parsed instanceof Parsed.Good good)) {
            throw new AssertionError(yaml + parsed);
        }
        Config config = good.config();
        WorstCase computed = WorstCase.of(config);
        for (Strike s : Strike.ALL) {
            if (s.condition() == Condition.SLOW) {
                continue; // slower than some time-outs, quicker than others
            }
            Noticed n = JudgeSimulation.strike(config, s.condition(), s.cause(), 20, 0, seed);
            String what = s.name() + " with\n" + yaml;
            double down = seconds(s.computed().apply(computed));
            assertThat(Noticed.worst(n.down())).as(what).isLessThanOrEqualTo(down + exchange());
            assertThat(down).as(what).isLessThanOrEqualTo(seconds(computed.longest()));
            assertThat(Noticed.worst(n.left())).as(what).isLessThanOrEqualTo(seconds(computed.left()) + exchange());
            assertThat(Noticed.worst(n.back())).as(what).isLessThanOrEqualTo(seconds(computed.back()) + 2 * exchange());
        }
    }

    private static int between(RandomGenerator random, int least, int most) {
        return random.nextInt(least, Math.max(least, most) + 1);
    }

    /** Valid by construction: every relation that docs/config.md names is kept. */
    private static String yaml(RandomGenerator random) {
        int poll = between(random, 100, 5_000);
        int timeout = between(random, 20, Math.min(10_000, 10 * poll));
        int listenLate = between(random, timeout, timeout + 3_000);
        int doubtFreq = between(random, Math.max(50, listenLate / 100 + 1), poll);
        listenLate = Math.max(timeout, Math.min(listenLate, 100 * doubtFreq));
        int downFreq = between(random, 100, 3_000);
        return """
                pollFreq: %dms
                ping: {timeout: %dms, fall: %d, rise: %d, doubtAfter: %dms, doubtFreq: %dms,
                       downFreq: %dms, downFreqMax: %dms, listenLate: %dms}
                icmp: {enabled: %s, timeout: %dms, fall: %d, rise: %d}
                members: [{name: S1, url: "http://127.0.0.1:3999"}]
                """.formatted(
                        poll,
                        timeout,
                        between(random, 1, 5),
                        between(random, 1, 4),
                        between(random, 10, timeout),
                        doubtFreq,
                        downFreq,
                        downFreq + random.nextInt(6_000),
                        listenLate,
                        random.nextInt(4) > 0,
                        between(random, 20, Math.min(10_000, 10 * poll)),
                        between(random, 1, 5),
                        between(random, 1, 4));
    }

    @ParameterizedTest
    @ValueSource(ints = {11, 32})
    void long_streaks_convict_too(int fall) {
        Config config = ((Parsed.Good) ConfigReader.read("long.yaml", """
                ping: {fall: %d, timeout: 5s, listenLate: 10s}
                members: [{name: S1, url: "http://127.0.0.1:3999"}]
                """.formatted(fall))).config();
        WorstCase computed = WorstCase.of(config);
        for (Strike s : List.of(Strike.ALL.getFirst(), Strike.ALL.getLast())) {
            Noticed n = JudgeSimulation.strike(config, s.condition(), s.cause(), 20, 0, 1);
            assertThat(Noticed.worst(n.down()))
                    .isLessThanOrEqualTo(seconds(s.computed().apply(computed)));
        }
    }
}
