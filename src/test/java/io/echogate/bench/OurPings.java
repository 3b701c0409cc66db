package io.echogate.bench;

import io.echogate.clock.Chance;
import io.echogate.clock.Clock;
import io.echogate.config.AccessLogRules;
import io.echogate.config.Config;
import io.echogate.config.HistoryRules;
import io.echogate.config.MemberConfig;
import io.echogate.config.StatusRules;
import io.echogate.meter.Meters;
import io.echogate.model.Command;
import io.echogate.net.EventLoops;
import io.echogate.probe.Prober;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The product's own asking, whole: prober, pacer, sockets, event loop. The addresses are witnesses, since these are asked
 * by ICMP alone; one member answers {@code /ping} beside them, so that nobody is in doubt.
 */
final class OurPings implements AutoCloseable {
    private final EventLoops loops = EventLoops.start("bench", 1);
    private final Prober prober;
    private final Meters meters = new Meters();
    private volatile long answered;
    private volatile long silent;

    private OurPings(Config config) {
        prober = Prober.start(
                config, loops, Clock.system(), meters, Chance.secure(), several -> several.forEach(this::heard));
    }

    /** @param port of 127.0.0.1, where a process of its own answers {@code /ping} */
    static OurPings start(List<String> addresses, Duration every, int port) {
        return new OurPings(config(addresses, every, port));
    }

    private static Config config(List<String> addresses, Duration every, int port) {
        Config usual = Config.of(List.of(MemberConfig.of("S1", "127.0.0.1", port)));
        return new Config(
                usual.listen(),
                usual.admin(),
                usual.page(),
                every,
                usual.noticeWithin(),
                usual.policy(),
                usual.ping(),
                usual.icmp(),
                addresses,
                usual.carry(),
                usual.limits(),
                AccessLogRules.DEFAULT,
                HistoryRules.OFF,
                StatusRules.OFF,
                null,
                usual.members(),
                List.of());
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writing thread: the probe loop
    private void heard(Command command) {
        if (command instanceof Command.Witness(boolean yes, long _, String _)) {
            if (yes) {
                answered++;
            } else {
                silent++;
            }
        }
    }

    /** Lets it run for a while without measuring. */
    OurPings settle(Duration time) {
        pass(time);
        return this;
    }

    Sample measure(Duration time) {
        long echoes = answered;
        long cpu = Cpu.ownNanos();
        long start = System.nanoTime();
        pass(time);
        long wall = System.nanoTime() - start;
        return new Sample(answered - echoes, Cpu.ownNanos() - cpu, wall, 0);
    }

    /** Silent addresses since the start, and answers that found the receive buffer full. */
    long lost() {
        long overflowed = meters.read().stream()
                .filter(r -> r.metric().name().equals("echogate_icmp_overflow"))
                .mapToLong(r -> r.value())
                .sum();
        return silent + overflowed;
    }

    private static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public void close() {
        prober.close();
        loops.close();
    }
}
