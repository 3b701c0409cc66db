package io.echogate.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The command line of {@code ./bench/relay}.
 *
 * @param peers who takes part; empty for all that the case is for
 */
record RelayOptions(
        List<RelayCase> cases,
        List<Footprint> footprints,
        int rounds,
        double seconds,
        int cores,
        boolean log,
        Set<RelayPeer> peers) {
    private static final int ROUNDS = 7;
    private static final double SECONDS = 2;

    static RelayOptions of(String[] args) {
        List<String> keys = new ArrayList<>();
        int rounds = ROUNDS;
        double seconds = SECONDS;
        int cores = 1;
        boolean log = false;
        Set<RelayPeer> peers = EnumSet.noneOf(RelayPeer.class);
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--rounds" -> rounds = Integer.parseInt(args[++i]);
                case "--seconds" -> seconds = Double.parseDouble(args[++i]);
                case "--access-log" -> log = true;
                case "--cores" -> cores = Integer.parseInt(args[++i]);
                case "--peers" ->
                    Arrays.stream(args[++i].split(",")).map(RelayOptions::peer).forEach(peers::add);
                default -> keys.add(args[i]);
            }
        }
        keys.forEach(RelayOptions::requireCase);
        if (!peers.isEmpty()) {
            peers.add(RelayPeer.ECHOGATE);
        }
        return new RelayOptions(
                named(keys, RelayCase.values(), RelayCase::key),
                named(keys, Footprint.values(), Footprint::key),
                rounds,
                seconds,
                cores,
                log,
                peers);
    }

    /** All, when none is named. */
    private static <T> List<T> named(List<String> keys, T[] all, Function<T, String> name) {
        return Arrays.stream(all)
                .filter(t -> keys.isEmpty() || keys.contains(name.apply(t)))
                .toList();
    }

    boolean takes(RelayCase what, RelayPeer peer) {
        if (peer == RelayPeer.ECHOGATE_LOG) {
            return log;
        }
        return peers.isEmpty() ? what.peers().contains(peer) : peers.contains(peer);
    }

    private static void requireCase(String key) {
        List<String> all = Stream.concat(
                        Arrays.stream(RelayCase.values()).map(RelayCase::key),
                        Arrays.stream(Footprint.values()).map(Footprint::key))
                .toList();
        if (!all.contains(key)) {
            refuse(key, all);
        }
    }

    @SuppressWarnings("SystemExitOutsideMain") // a wrong command line ends with one line and status 2
    private static void refuse(String key, List<String> all) {
        System.err.println("bench/relay: unknown: " + key + "; there are " + String.join(" ", all));
        System.exit(2);
    }

    private static RelayPeer peer(String key) {
        List<RelayPeer> found = named(List.of(key), RelayPeer.values(), RelayPeer::key);
        if (found.isEmpty()) {
            refuse(key, Arrays.stream(RelayPeer.values()).map(RelayPeer::key).toList());
        }
        return found.getFirst();
    }
}
