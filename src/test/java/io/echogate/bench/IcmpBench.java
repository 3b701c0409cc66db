package io.echogate.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Echoes per core, processor time per echo and false losses over loopback addresses, beside fping in the same run:
 * rounds in turn, medians. Ours includes everything that the monitor does up to the judge, on a JVM that has run warm;
 * fping's starting up, some milliseconds, is in its time.
 */
final class IcmpBench {
    private static final int ROUNDS = 5;
    private static final int STEADY_RATE = 20_000;
    private static final int FULL_RATE = 100_000;
    private static final Duration SETTLE = Duration.ofMillis(1_200);
    private static final Duration MEASURE = Duration.ofSeconds(2);
    private static final Duration LATE = Duration.ofMillis(900);
    private static final PrintStream OUT = System.out;

    private record Row(int addresses, List<Sample> full, List<Sample> steady, List<Sample> fping) {}

    private IcmpBench() {}

    public static void main(String[] arguments) {
        OUT.println("warming up ...");
        for (int i = 0; i < 3; i++) {
            ours(addresses(1_000), FULL_RATE);
        }
        List<Row> rows = new ArrayList<>();
        for (int count : new int[] {1_000, 10_000}) {
            rows.add(row(addresses(count)));
        }
        OUT.printf(
                "%n| addresses | who | echoes/s per core | × fping | CPU per echo | at %,d/s: cores | false losses |%n",
                STEADY_RATE);
        OUT.println("|---|---|---|---|---|---|---|");
        rows.forEach(IcmpBench::print);
        OUT.printf(
                "%nMedians of %d rounds in turn, %s, %d processors, JDK %s.%n",
                ROUNDS,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().feature());
    }

    /** 127.1.0.1 and on, 250 to a third octet. */
    private static List<String> addresses(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "127.1." + i / 250 + "." + (1 + i % 250))
                .toList();
    }

    private static Row row(List<String> addresses) {
        Row row = new Row(addresses.size(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int round = 1; round <= ROUNDS; round++) {
            row.full.add(ours(addresses, FULL_RATE));
            row.fping.add(Fping.run(addresses));
            row.steady.add(ours(addresses, STEADY_RATE));
            OUT.printf(
                    Locale.ROOT,
                    "%,d addresses, round %d: ours %.2f µs at %,.0f/s, %.2f µs at %,.0f/s; fping %.2f µs at %,.0f/s%n",
                    addresses.size(),
                    round,
                    row.full.getLast().cpuMicrosPerEcho(),
                    row.full.getLast().perSecond(),
                    row.steady.getLast().cpuMicrosPerEcho(),
                    row.steady.getLast().perSecond(),
                    row.fping.getLast().cpuMicrosPerEcho(),
                    row.fping.getLast().perSecond());
        }
        return row;
    }

    /** The pacer's jitter makes the mean interval 5 % shorter than the nominal one. */
    private static Sample ours(List<String> addresses, int rate) {
        Duration every = Duration.ofNanos((long) (1e9 * addresses.size() / rate / 0.95));
        try (OurPings pings = OurPings.start(addresses, every)) {
            Sample s = pings.settle(SETTLE).measure(MEASURE);
            pings.settle(LATE);
            return new Sample(s.echoes(), s.cpuNanos(), s.wallNanos(), pings.lost());
        }
    }

    private static void print(Row row) {
        double fping = Sample.median(row.fping, Sample::perCoreSecond);
        double ours = Sample.median(row.full, Sample::perCoreSecond);
        OUT.printf(
                Locale.ROOT,
                "| %,d | Echogate | %,.0f | %.2f | %.2f µs | %.2f | %d |%n",
                row.addresses,
                ours,
                ours / fping,
                Sample.median(row.full, Sample::cpuMicrosPerEcho),
                Sample.median(row.steady, Sample::cores),
                Sample.lost(row.full) + Sample.lost(row.steady));
        OUT.printf(
                Locale.ROOT,
                "| %,d | fping | %,.0f | 1 | %.2f µs | – | %d |%n",
                row.addresses,
                fping,
                Sample.median(row.fping, Sample::cpuMicrosPerEcho),
                Sample.lost(row.fping));
    }
}
