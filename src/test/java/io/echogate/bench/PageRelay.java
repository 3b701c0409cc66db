package io.echogate.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Processor time per proxied request with nobody looking and with viewers, in rounds in turn on the bed of {@code ./bench/relay}. */
final class PageRelay {
    private static final int USUAL = 20;
    private static final double WARM_UP = 12;
    private static final double SECONDS = 3;
    private static final Duration SETTLING = Duration.ofMillis(500);

    /** Microseconds per request: of the relay's event loops alone, and of the whole process. */
    private record Cost(double loops, double process) {}

    private PageRelay() {}

    static void measure(int rounds) throws IOException {
        List<Cost> alone = new ArrayList<>();
        List<Cost> watched = new ArrayList<>();
        try (Bed bed = new Bed(1);
                Bed.Proxy proxy = bed.start(RelayPeer.ECHOGATE)) {
            int admin = Integer.parseInt(proxy.child().said("monitor_listening .* admin=.*:(\\d+)"));
            RelayRound.measure(bed, proxy, RelayCase.SMALL_64.load(), WARM_UP);
            for (int round = 0; round < rounds; round++) {
                if (round % 2 == 0) {
                    alone.add(cost(bed, proxy));
                    watched.add(watchedCost(bed, proxy, admin));
                } else {
                    watched.add(watchedCost(bed, proxy, admin));
                    alone.add(cost(bed, proxy));
                }
            }
        }
        row("the relay's event loops", alone, watched, Cost::loops);
        row("the whole process", alone, watched, Cost::process);
    }

    private static Cost watchedCost(Bed bed, Bed.Proxy proxy, int admin) throws IOException {
        try (Viewers viewers = Viewers.open(admin, USUAL)) {
            viewers.awaitSnapshots(USUAL);
            return cost(bed, proxy);
        }
    }

    private static Cost cost(Bed bed, Bed.Proxy proxy) {
        HttpScale.pause(SETTLING);
        long loops = proxy.child().cpuNanos("relay-");
        RelayRound round = RelayRound.measure(bed, proxy, RelayCase.SMALL_64.load(), SECONDS);
        loops = proxy.child().cpuNanos("relay-") - loops;
        return new Cost(loops / 1e3 / round.cost().echoes(), round.cpuMicros());
    }

    private static void row(String what, List<Cost> alone, List<Cost> watched, ToDoubleFunction<Cost> of) {
        double without = Sample.median(alone, of);
        double with = Sample.median(watched, of);
        PageBench.row(
                "processor time per request, " + what + "; without and with " + USUAL + " viewers",
                "ratio ≤ 1.05",
                String.format(
                        Locale.ROOT,
                        "%.2f and %.2f µs, **ratio %.3f** (%d rounds in turn)",
                        without,
                        with,
                        with / without,
                        alone.size()));
    }
}
