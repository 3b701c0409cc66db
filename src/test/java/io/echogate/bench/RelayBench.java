package io.echogate.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * {@code ./bench/relay}: Echogate beside HAProxy, nginx and Caddy, and beside a relay that understands nothing. All run at
 * once; those that are not asked cost their checks. In each round every proxy has its turn, and the next round begins
 * with another, so that what disturbs the machine disturbs all.
 */
final class RelayBench {
    /** Seconds of load before the first round: the JVM compiles what it sees often. */
    private static final double FIRST_WARM_UP = 12;

    private static final double LATER_WARM_UP = 4;
    private static final double OTHERS_WARM_UP = 0.5;

    private final RelayOptions options;
    private final Map<RelayPeer, Bed.Proxy> proxies = new EnumMap<>(RelayPeer.class);
    private final Bed bed;
    private boolean warm;

    private RelayBench(RelayOptions options, Bed bed) {
        this.options = options;
        this.bed = bed;
    }

    static void main(String[] args) throws IOException {
        RelayOptions options = RelayOptions.of(args);
        try (Bed bed = new Bed(options.cores())) {
            if (!options.cases().isEmpty()) {
                new RelayBench(options, bed).run();
            }
            for (Footprint what : options.footprints()) {
                print(what.table(bed, options.peers(), options.rounds()));
            }
        }
    }

    private void run() throws IOException {
        try {
            for (RelayPeer peer : RelayPeer.values()) {
                if (options.cases().stream().anyMatch(c -> options.takes(c, peer))) {
                    proxies.put(peer, bed.start(peer));
                }
            }
            for (RelayCase what : options.cases()) {
                print(measure(what).text());
            }
            heaps();
        } finally {
            proxies.values().forEach(Bed.Proxy::close);
        }
    }

    private RelayTable measure(RelayCase what) {
        List<Bed.Proxy> turn = new ArrayList<>(proxies.values().stream()
                .filter(p -> options.takes(what, p.peer()))
                .toList());
        for (Bed.Proxy p : turn) {
            RelayRound.measure(bed, p, what.load(), warmUp(p.peer()));
        }
        warm = true;
        Map<RelayPeer, List<RelayRound>> rounds = new EnumMap<>(RelayPeer.class);
        for (int round = 0; round < options.rounds(); round++) {
            for (Bed.Proxy p : turn) {
                rounds.computeIfAbsent(p.peer(), k -> new ArrayList<>())
                        .add(RelayRound.measure(bed, p, what.load(), options.seconds()));
            }
            Collections.rotate(turn, 1);
        }
        Map<RelayPeer, Double> calls = new EnumMap<>(RelayPeer.class);
        for (Bed.Proxy p : turn) {
            SystemCalls.perRequest(bed, p, what.load()).ifPresent(n -> calls.put(p.peer(), n));
        }
        return new RelayTable(what, rounds, calls);
    }

    private double warmUp(RelayPeer peer) {
        if (!peer.onJvm()) {
            return OTHERS_WARM_UP;
        }
        return warm ? LATER_WARM_UP : FIRST_WARM_UP;
    }

    /** What lives on the JVM's heap after a full collection. */
    private void heaps() {
        for (Bed.Proxy p : proxies.values()) {
            OptionalDouble live = p.peer().onJvm() ? p.child().liveHeapMebibytes() : OptionalDouble.empty();
            live.ifPresent(mebibytes -> print(String.format(
                    Locale.ROOT,
                    "%s: %.1f MiB live on the heap after all of this",
                    p.peer().key(),
                    mebibytes)));
        }
    }

    static void print(String line) {
        System.out.println(line);
    }
}
