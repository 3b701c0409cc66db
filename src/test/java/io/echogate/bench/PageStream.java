package io.echogate.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** From a change of the fleet, which carries the time at which it was published, to its arrival at every viewer. */
final class PageStream {
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration BETWEEN = Duration.ofMillis(400);
    private static final Duration FROZEN = Duration.ofSeconds(4);

    private PageStream() {}

    static void measure(PageFleet fleet, int count, int changes) throws IOException {
        try (Viewers viewers = Viewers.open(fleet.admin, count)) {
            viewers.awaitSnapshots(count);
            HttpScale.pause(WARM_UP);
            String who = count + " viewers, " + fleet.members + " members";
            round(fleet, viewers, changes, who);
            long without = fleet.monitor.residentKibibytes();
            try (NeverReaders never = NeverReaders.open(fleet.admin)) {
                HttpScale.pause(WARM_UP);
                round(fleet, viewers, changes, who + ", " + never.count() + " more that never read");
                long with = fleet.monitor.residentKibibytes();
                PageBench.row(
                        "resident memory of the monitor, without and with those who never read",
                        "",
                        String.format(Locale.ROOT, "%d and %d MiB", without / 1024, with / 1024));
            }
        }
    }

    private static void round(PageFleet fleet, Viewers viewers, int changes, String who) {
        fleet.awaitAllUp();
        Viewers.Figures before = viewers.figures();
        long cpu = fleet.monitor.cpuNanos();
        for (int i = 0; i < changes; i++) {
            fleet.order("M" + (20 + i / 2 % 50), i % 2 == 0 ? "drain" : "ready");
            HttpScale.pause(BETWEEN);
        }
        fleet.freezing.signal("STOP");
        HttpScale.pause(FROZEN);
        fleet.freezing.signal("CONT");
        HttpScale.pause(FROZEN);
        Viewers.Figures now = viewers.figures().since(before);
        cpu = fleet.monitor.cpuNanos() - cpu;
        PageBench.row(
                "change to viewer; " + who,
                "p99 ≤ 100 ms",
                String.format(
                        Locale.ROOT,
                        "p50 %d ms, **p99 %d ms**, max %d ms (%d changes, %d arrivals)",
                        now.states().percentile(50),
                        now.states().percentile(99),
                        now.states().max(),
                        now.states().count() / viewers.count(),
                        now.states().count()));
        PageBench.row(
                "figures to viewer; the same",
                "",
                String.format(
                        Locale.ROOT,
                        "p50 %d ms, p99 %d ms, max %d ms; %d KiB/s for each viewer; gaps %d, closed %d; monitor %.2f cores",
                        now.others().percentile(50),
                        now.others().percentile(99),
                        now.others().max(),
                        Math.round(now.bytes() / 1024.0 / viewers.count() / (now.nanos() / 1e9)),
                        now.gaps(),
                        now.closed(),
                        (double) cpu / now.nanos()));
    }
}
