package io.echogate.probe;

import static io.echogate.probe.JudgeSimulation.DEFAULTS;

import io.echogate.judge.WorstCase;
import io.echogate.probe.Course.Condition;
import io.echogate.probe.JudgeSimulation.Innocent;
import io.echogate.probe.JudgeSimulation.Noticed;
import io.echogate.probe.JudgeSimulation.Strike;
import java.util.List;
import java.util.Locale;

/**
 * {@code ./bench/judge [member-hours [loss]]}: the tables of docs/judging.md, or of the false DOWNs only the row at that
 * loss, in percent. The same hours, the same tables.
 */
final class JudgeTable {
    private static final int STRIKES = 10_000;
    private static final long SEED = 20_261_125;

    private JudgeTable() {}

    public static void main(String[] args) {
        long hours = args.length == 0 ? 1_000_000 : Long.parseLong(args[0]);
        if (args.length > 1) {
            innocent(hours, List.of(Integer.parseInt(args[1])));
            return;
        }
        detection(0);
        detection(0.01);
        flaps();
        innocent(hours, List.of(0, 1, 5, 10, 20, 30));
        bursts(Math.max(1, hours / 100));
    }

    private static void say(String line) {
        System.out.println(line.stripTrailing());
    }

    private static void detection(double loss) {
        say(String.format(
                Locale.ROOT,
                "%nTime to detect, seconds after the strike; %d strikes each; loss %.0f %%",
                STRIKES,
                100 * loss));
        say(String.format(
                Locale.ROOT,
                "%-16s  %6s %6s  %6s %6s %6s %8s  %6s %6s %8s  %s",
                "failure",
                "left",
                "worst",
                "DOWN",
                "99.9 %",
                "worst",
                "computed",
                "back",
                "worst",
                "computed",
                "cause"));
        for (Strike s : Strike.ALL) {
            WorstCase computed = WorstCase.of(DEFAULTS);
            Noticed n = JudgeSimulation.strike(DEFAULTS, s.condition(), s.cause(), STRIKES, loss, SEED);
            say(String.format(
                    Locale.ROOT,
                    "%-16s  %6.3f %6.3f  %6.3f %6.3f %6.3f %8.3f  %6.3f %6.3f %8.3f  %s %.2f %%",
                    s.name(),
                    Noticed.median(n.left()),
                    Noticed.worst(n.left()),
                    Noticed.median(n.down()),
                    Noticed.percentile(n.down(), 0.999),
                    Noticed.worst(n.down()),
                    seconds(s.computed().apply(computed)),
                    Noticed.median(n.back()),
                    Noticed.worst(n.back()),
                    seconds(computed.back()),
                    s.cause(),
                    100.0 * n.rightCause() / STRIKES));
        }
    }

    private static double seconds(WorstCase.Line line) {
        return line.total().toMillis() / 1e3;
    }

    private static void flaps() {
        say(String.format(
                Locale.ROOT,
                "%nFlaps: a member that is well and frozen in turn, 100 hours each; times declared DOWN per hour"));
        say(String.format(Locale.ROOT, "%-26s  %8s  %8s", "well / frozen", "spells", "DOWN"));
        double[][] spells = {{3, 3}, {1, 3}, {0.5, 3}, {3, 2.2}, {3, 1.5}, {3, 1}, {1, 0.5}, {30, 3}, {60, 60}};
        for (double[] s : spells) {
            double downs = JudgeSimulation.flapsPerHour(Condition.FROZEN, s[0], s[1], 100, SEED);
            say(String.format(
                    Locale.ROOT,
                    "%6.1f s / %4.1f s            %8.0f  %8.1f",
                    s[0],
                    s[1],
                    3_600 / (s[0] + s[1]),
                    downs));
        }
    }

    private static void innocent(long hours, List<Integer> percents) {
        say(String.format(Locale.ROOT, "%nFalse DOWNs of a member that is well; each packet lost by itself"));
        say(String.format(
                Locale.ROOT,
                "%-6s  %12s  %8s  %12s  %12s  %12s",
                "loss",
                "hours",
                "DOWNs",
                "per hour",
                "computed",
                "doubts/hour"));
        for (int percent : percents) {
            long some = percent <= 5 ? hours : Math.max(1, hours / (percent == 10 ? 20 : 500));
            double p = percent / 100.0;
            Innocent i = JudgeSimulation.innocent(DEFAULTS, some, r -> new Losses.Independent(p, r), SEED + percent);
            say(String.format(
                    Locale.ROOT,
                    "%4d %%  %12.0f  %8d  %12.2e  %12.2e  %12.1f",
                    percent,
                    i.hours(),
                    i.falseDowns(),
                    i.falseDowns() / i.hours(),
                    LossFormula.falseDownsPerHour(p),
                    i.departures() / i.hours()));
        }
    }

    private static void bursts(long hours) {
        say(
                String.format(
                        Locale.ROOT,
                        "%nThe same, in bursts: 1 %% of all packets lost, the path dead (or half dead) for an exponential while"));
        say(String.format(
                Locale.ROOT,
                "%-22s  %9s  %8s  %12s  %14s  %14s  %12s",
                "mean burst, loss in it",
                "hours",
                "DOWNs",
                "right, /hour",
                "outages>1.2s/h",
                "false, /hour",
                "doubts/hour"));
        double[][] kinds = {{0.02, 1}, {0.1, 1}, {0.3, 1}, {1, 1}, {0.1, 0.5}, {1, 0.5}, {5, 0.25}};
        for (double[] k : kinds) {
            Innocent i =
                    JudgeSimulation.innocent(DEFAULTS, hours, r -> new Losses.Bursty(0.01, k[0] * 1e9, k[1], r), SEED);
            say(String.format(
                    Locale.ROOT,
                    "%7.0f ms, %3.0f %%        %9.0f  %8d  %12.2e  %14s  %14.2e  %12.1f",
                    1_000 * k[0],
                    100 * k[1],
                    i.hours(),
                    i.downs(),
                    i.inOutage() / i.hours(),
                    k[1] == 1 ? String.format(Locale.ROOT, "%.2e", LossFormula.outagesPerHour(0.01, k[0], 1.2)) : "-",
                    i.falseDowns() / i.hours(),
                    i.departures() / i.hours()));
        }
    }
}
