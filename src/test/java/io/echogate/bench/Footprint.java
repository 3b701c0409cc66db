package io.echogate.bench;

import io.echogate.clock.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The cases of {@code ./bench/relay} that need a fresh process for every figure: how soon a proxy serves, what it
 * occupies, and what an idle client costs it.
 */
enum Footprint {
    START,
    IDLE_10000;

    private static final Clock CLOCK = Clock.system();
    private static final int CLIENTS = 10_000;
    private static final Duration SETTLING = Duration.ofSeconds(2);
    private static final double LOAD = 2;
    private static final double LOAD_OF_JVM = 8;
    private static final List<String> IDLE = List.of("connections=" + CLIENTS, "path=/small", "expect=58");
    private static final List<RelayPeer> PEERS =
            List.of(RelayPeer.ECHOGATE, RelayPeer.HAPROXY, RelayPeer.NGINX, RelayPeer.CADDY);

    /** As on the command line. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * One life of a proxy; memory in KiB.
     *
     * @param millis from its start to its first answer from a member
     * @param young resident memory then
     * @param loaded resident memory after a load of small requests
     * @param crowded resident memory with the idle clients; 0 if there were none
     * @param heapPerClient bytes of live heap for each; NaN where there is no heap to ask
     */
    private record Life(double millis, long young, long loaded, long crowded, double heapPerClient) {
        double bytesPerClient() {
            return (crowded - loaded) * 1024.0 / CLIENTS;
        }
    }

    /** Measures the lives in turn. */
    String table(Bed bed, Set<RelayPeer> asked, int rounds) throws IOException {
        Map<RelayPeer, List<Life>> lives = new EnumMap<>(RelayPeer.class);
        for (int round = 0; round < rounds; round++) {
            for (RelayPeer peer : PEERS) {
                if (asked.isEmpty() || asked.contains(peer)) {
                    lives.computeIfAbsent(peer, k -> new ArrayList<>()).add(live(bed, peer));
                }
            }
        }
        return this == START ? starts(lives) : idles(lives);
    }

    private Life live(Bed bed, RelayPeer peer) throws IOException {
        long began = CLOCK.nanos();
        try (Bed.Proxy proxy = bed.start(peer)) {
            double millis = (CLOCK.nanos() - began) / 1e6;
            long young = proxy.child().residentKibibytes();
            RelayRound loaded =
                    RelayRound.measure(bed, proxy, RelayCase.SMALL_64.load(), peer.onJvm() ? LOAD_OF_JVM : LOAD);
            Life life = new Life(millis, young, loaded.resident(), 0, Double.NaN);
            return this == START ? life : crowded(bed, proxy, life);
        }
    }

    private static Life crowded(Bed bed, Bed.Proxy proxy, Life life) {
        long crowded;
        OptionalDouble with;
        try (Child clients = bed.load(proxy, IDLE, 0)) {
            HttpScale.pause(SETTLING);
            clients.requireAlive();
            crowded = proxy.child().residentKibibytes();
            with = liveHeap(proxy);
        }
        HttpScale.pause(SETTLING);
        OptionalDouble without = liveHeap(proxy);
        double perClient = with.isPresent() && without.isPresent()
                ? (with.getAsDouble() - without.getAsDouble()) * (1 << 20) / CLIENTS
                : Double.NaN;
        return new Life(life.millis(), life.young(), life.loaded(), crowded, perClient);
    }

    private static OptionalDouble liveHeap(Bed.Proxy proxy) {
        return proxy.peer().onJvm() ? proxy.child().liveHeapMebibytes() : OptionalDouble.empty();
    }

    private String starts(Map<RelayPeer, List<Life>> lives) {
        StringBuilder text = new StringBuilder("""
                **from the start to the first proxied answer, and memory** (`start`)

                | proxy | first answer after | resident then | resident under 64 connections' load |
                |---|---|---|---|
                """);
        lives.forEach((peer, own) -> text.append(String.format(
                Locale.ROOT,
                "| %s | %.0f ms (%.0f–%.0f) | %.1f MiB | %.1f MiB |%n",
                peer.key(),
                Sample.median(own, Life::millis),
                own.stream().mapToDouble(Life::millis).min().orElse(0),
                own.stream().mapToDouble(Life::millis).max().orElse(0),
                Sample.median(own, Life::young) / 1024,
                Sample.median(own, Life::loaded) / 1024)));
        return text.toString();
    }

    private String idles(Map<RelayPeer, List<Life>> lives) {
        StringBuilder text = new StringBuilder("""
                **10,000 idle connections** (`idle-10000`)

                | proxy | resident before | resident with them | each | × HAProxy | of live heap, each |
                |---|---|---|---|---|---|
                """);
        List<Life> haproxy = lives.getOrDefault(RelayPeer.HAPROXY, List.of());
        lives.forEach((peer, own) -> text.append(String.format(
                Locale.ROOT,
                "| %s | %.1f MiB | %.1f MiB | %.0f B | %s | %s |%n",
                peer.key(),
                Sample.median(own, Life::loaded) / 1024,
                Sample.median(own, Life::crowded) / 1024,
                Sample.median(own, Life::bytesPerClient),
                haproxy.isEmpty() ? "–" : ratio(own, haproxy, Life::bytesPerClient),
                peer.onJvm() ? String.format(Locale.ROOT, "%.0f B", Sample.median(own, Life::heapPerClient)) : "–")));
        return text.toString();
    }

    private static String ratio(List<Life> own, List<Life> others, ToDoubleFunction<Life> of) {
        return String.format(Locale.ROOT, "%.2f", Sample.median(own, of) / Sample.median(others, of));
    }
}
