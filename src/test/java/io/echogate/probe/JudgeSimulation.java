package io.echogate.probe;

import io.echogate.clock.Chance;
import io.echogate.config.Config;
import io.echogate.config.MemberConfig;
import io.echogate.judge.WorstCase;
import io.echogate.model.Cause;
import io.echogate.model.State;
import io.echogate.probe.Course.Condition;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Experiments in a {@link SimulatedWorld}: false convictions, time to detect, flaps. The same seed, the same result. */
final class JudgeSimulation {
    static final long SECOND = 1_000_000_000;
    static final long HOUR = 3_600 * SECOND;

    /** A path that is dead for so long is rightly called DOWN: two re-asks and the last time-out, less one re-ask. */
    static final long OUTAGE_NANOS = SECOND;

    static final Config DEFAULTS = Config.of(List.of(MemberConfig.of("S1", "127.0.0.1", 3000)));

    /** Hours that one seed is run for; the parts are run side by side. */
    private static final long PART_HOURS = 10_000;

    private JudgeSimulation() {}

    /**
     * What a member that is always well had to go through.
     *
     * @param hours lived
     * @param downs times declared DOWN
     * @param inOutage those of them after the path had been dead for {@link #OUTAGE_NANOS}
     * @param departures times out of the choice for mere doubt
     */
    record Innocent(double hours, long downs, long inOutage, long departures) {
        long falseDowns() {
            return downs - inOutage;
        }

        Innocent plus(Innocent o) {
            return new Innocent(hours + o.hours, downs + o.downs, inOutage + o.inOutage, departures + o.departures);
        }
    }

    /** Lives a well member's hours over that path. */
    static Innocent innocent(Config config, long hours, Function<RandomGenerator, Losses> path, long seed) {
        long parts = (hours + PART_HOURS - 1) / PART_HOURS;
        return IntStream.range(0, (int) parts)
                .parallel()
                .mapToObj(i -> part(config, Math.min(PART_HOURS, hours - i * PART_HOURS), path, seed * 1_000_003 + i))
                .reduce(new Innocent(0, 0, 0, 0), Innocent::plus);
    }

    private static Innocent part(Config config, long hours, Function<RandomGenerator, Losses> path, long seed) {
        RandomGenerator random = Chance.seeded(seed);
        SimulatedWorld world = new SimulatedWorld(config, path.apply(random), random).live(hours * HOUR);
        return new Innocent(world.lived() / (double) HOUR, world.downs(), world.downsInOutage(), world.departures());
    }

    /** A failure, what the judge is to call it, and within which computed time. */
    record Strike(String name, Condition condition, Cause cause, Function<WorstCase, WorstCase.Line> computed) {
        static final List<Strike> ALL = List.of(
                new Strike("process killed", Condition.KILLED, Cause.PORT_CLOSED, WorstCase::killed),
                new Strike("wrong answer", Condition.WRONG, Cause.WRONG_ANSWER, WorstCase::killed),
                new Strike("connection reset", Condition.RESETTING, Cause.BROKEN, WorstCase::killed),
                new Strike("process frozen", Condition.FROZEN, Cause.FROZEN, WorstCase::frozen),
                new Strike("slow, 1.1 s", Condition.SLOW, Cause.SLOW, WorstCase::frozen),
                new Strike("machine off", Condition.OFF, Cause.HOST_SILENT, WorstCase::off),
                new Strike("port black-holed", Condition.BLACK_HOLED, Cause.PORT_SILENT, WorstCase::uncorroborated));
    }

    /**
     * Times in nanoseconds after the strike, or after the healing, each sorted.
     *
     * @param left until new requests went elsewhere
     * @param down until DOWN
     * @param back from well again to UP
     * @param rightCause how often the cause was right before it was well again
     */
    record Noticed(List<Long> left, List<Long> down, List<Long> back, int rightCause) {
        static double median(List<Long> sorted) {
            return sorted.get(sorted.size() / 2) / (double) SECOND;
        }

        static double worst(List<Long> sorted) {
            return sorted.getLast() / (double) SECOND;
        }

        static double percentile(List<Long> sorted, double share) {
            return sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(share * sorted.size()) - 1))
                    / (double) SECOND;
        }
    }

    /** Strikes again and again, each time at another phase of the asking, and heals after a while. */
    static Noticed strike(Config wanted, Condition condition, Cause cause, int times, double loss, long seed) {
        Config config = TestConfigs.holdingNobodyDown(wanted); // many failures in a row are meant to be each its own
        RandomGenerator random = Chance.seeded(seed);
        SimulatedWorld world = new SimulatedWorld(config, new Losses.Independent(loss, random), random);
        long poll = config.pollFreq().toNanos();
        long settle = WorstCase.of(config).longest().total().toNanos()
                + config.ping().listenLate().toNanos()
                + 4 * SECOND;
        long[] left = new long[times];
        long[] down = new long[times];
        long[] back = new long[times];
        int right = 0;
        world.until(20 * poll + settle);
        for (int i = 0; i < times; i++) {
            long struck = world.now() + settle + 2 * poll + (long) (random.nextDouble() * 2 * poll);
            long healed = struck + 4 * settle + (long) (random.nextDouble() * 8 * settle);
            world.course(Course.struck(condition, struck, healed)).until(struck);
            left[i] = await(world, State.UP, false) - struck;
            down[i] = await(world, State.DOWN, true) - struck;
            world.until(healed);
            right += world.cause() == cause ? 1 : 0;
            back[i] = await(world, State.UP, true) - healed;
        }
        return new Noticed(sorted(left), sorted(down), sorted(back), right);
    }

    private static List<Long> sorted(long[] times) {
        return Arrays.stream(times).sorted().boxed().toList();
    }

    private static long await(SimulatedWorld world, State state, boolean reached) {
        long patience = world.now() + HOUR;
        while ((world.state() == state) != reached) {
            world.step();
            if (world.now() > patience) {
                throw new IllegalStateException(state + " in an hour: " + world.state());
            }
        }
        return world.now();
    }

    /** Times per hour that a member that is well and dead in turn is declared DOWN. */
    static double flapsPerHour(Condition condition, double wellSeconds, double illSeconds, int hours, long seed) {
        RandomGenerator random = Chance.seeded(seed);
        SimulatedWorld world = new SimulatedWorld(DEFAULTS, new Losses.Independent(0, random), random)
                .course(Course.flapping(condition, (long) (wellSeconds * SECOND), (long) (illSeconds * SECOND)));
        world.until(hours * HOUR);
        return world.downs() / (double) hours;
    }
}
