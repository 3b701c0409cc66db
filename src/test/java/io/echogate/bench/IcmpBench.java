package io.echogate.bench;

import io.echogate.page.RealProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Echoes per core, processor time per echo and false losses over loopback addresses, beside fping in the same run:
 * rounds in turn, medians; and beside the floor, a bare loop in C. Ours includes everything that the monitor does up to the judge, on a JVM that has run warm;
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

    private static final int WARM_UPS = 6;

    private record Row(int addresses, List<Sample> full, List<Sample> steady, List<Sample> fping, List<Sample> floor) {}

    private final int port;

    private IcmpBench(int port) {
        this.port = port;
    }

    public static void main(String[] arguments) throws IOException {
        Path log = Files.createTempFile("echogate-bench", ".log");
        try (RealProcess machine = RealProcess.start(log, "machine", "--name", "S1", "--listen", "127.0.0.1:0")) {
            new IcmpBench(machine.awaitPort("machine_listening address=/127.0.0.1:")).measure();
        } finally {
            Files.delete(log);
        }
    }

    private void measure() {
        OUT.println("warming up ...");
        for (int i = 0; i < WARM_UPS; i++) {
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

    private Row row(List<String> addresses) {
        Row row = new Row(addresses.size(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int round = 1; round <= ROUNDS; round++) {
            row.full.add(ours(addresses, FULL_RATE));
            row.fping.add(Fping.run(addresses));
            row.steady.add(ours(addresses, STEADY_RATE));
            row.floor.add(Floor.run(addresses.size()));
            OUT.printf(
                    Locale.ROOT,
                    "%,d addresses, round %d: ours %.2f µs at %,.0f/s, %.2f µs at %,.0f/s; fping %.2f µs at %,.0f/s; floor %.2f µs%n",
                    addresses.size(),
                    round,
                    row.full.getLast().cpuMicrosPerEcho(),
                    row.full.getLast().perSecond(),
                    row.steady.getLast().cpuMicrosPerEcho(),
                    row.steady.getLast().perSecond(),
                    row.fping.getLast().cpuMicrosPerEcho(),
                    row.fping.getLast().perSecond(),
                    row.floor.getLast().cpuMicrosPerEcho());
        }
        return row;
    }

    /** The pacer's jitter makes the mean interval 5 % shorter than the nominal one. */
    private Sample ours(List<String> addresses, int rate) {
        Duration every = Duration.ofNanos((long) (1e9 * addresses.size() / rate / 0.95));
        try (OurPings pings = OurPings.start(addresses, every, port)) {
            Sample s = pings.settle(SETTLE).measure(MEASURE);
            pings.settle(LATE);
            return new Sample(s.echoes(), s.cpuNanos(), s.wallNanos(), pings.lost());
        }
    }

    private static void print(Row row) {
        double fping = Sample.median(row.fping, Sample::perCoreSecond);
        print(row.addresses, "Echogate", row.full, fping, cores(row.steady), Sample.lost(row.steady));
        print(row.addresses, "fping", row.fping, fping, "–", 0);
        print(row.addresses, "floor", row.floor, fping, "–", 0);
    }

    private static String cores(List<Sample> steady) {
        return String.format(Locale.ROOT, "%.2f", Sample.median(steady, Sample::cores));
    }

    private static void print(
            int addresses, String who, List<Sample> samples, double fping, String cores, long lostBeside) {
        double perCore = Sample.median(samples, Sample::perCoreSecond);
        OUT.printf(
                Locale.ROOT,
                "| %,d | %s | %,.0f | %.2f | %.2f µs | %s | %d |%n",
                addresses,
                who,
                perCore,
                perCore / fping,
                Sample.median(samples, Sample::cpuMicrosPerEcho),
                cores,
                Sample.lost(samples) + lostBeside);
    }
}
