package io.echogate.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The command line of {@code ./bench/relay}.
 *
 * @param peers who takes part; empty for all that the case is for
 */
record RelayOptions(List<RelayCase> cases, int rounds, double seconds, int cores, Set<RelayPeer> peers) {
    private static final int ROUNDS = 7;
    private static final double SECONDS = 2;

    static RelayOptions of(String[] args) {
        List<RelayCase> cases = new ArrayList<>();
        int rounds = ROUNDS;
        double seconds = SECONDS;
        int cores = 1;
        Set<RelayPeer> peers = EnumSet.noneOf(RelayPeer.class);
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--rounds" -> rounds = Integer.parseInt(args[++i]);
                case "--seconds" -> seconds = Double.parseDouble(args[++i]);
                case "--cores" -> cores = Integer.parseInt(args[++i]);
                case "--peers" ->
                    Arrays.stream(args[++i].split(","))
                            .map(key -> find(key, RelayPeer.values(), RelayPeer::key))
                            .forEach(peers::add);
                default -> cases.add(find(args[i], RelayCase.values(), RelayCase::key));
            }
        }
        if (!peers.isEmpty()) {
            peers.add(RelayPeer.ECHOGATE);
        }
        return new RelayOptions(cases.isEmpty() ? List.of(RelayCase.values()) : cases, rounds, seconds, cores, peers);
    }

    boolean takes(RelayCase what, RelayPeer peer) {
        return peers.isEmpty() ? what.peers().contains(peer) : peers.contains(peer);
    }

    private static <T> T find(String key, T[] all, Function<T, String> name) {
        return Arrays.stream(all)
                .filter(t -> name.apply(t).equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("bench/relay: no such case or peer: " + key
                        + "; there are " + Arrays.stream(all).map(name).toList()));
    }
}
