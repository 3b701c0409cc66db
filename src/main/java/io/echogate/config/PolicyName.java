package io.echogate.config;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a member is chosen among those in rotation, as named in the configuration. */
public enum PolicyName {
    /** The first in order of preference. */
    FIRST("first", false, false),
    /** One after the other. */
    ROUND_ROBIN("round-robin", true, false),
    /** One after the other, each as often as its weight says. */
    WEIGHTED("weighted", true, true),
    /** Whoever has the fewest requests in flight for its weight. */
    LEAST_REQUESTS("least-requests", true, true),
    /** The better one of two drawn by chance, by first-byte time and requests in flight. */
    P2C("p2c", true, true),
    /** The same member for the same key, by rendezvous hashing. */
    HASH("hash", false, true),
    /** The same member for the same client, by a cookie; new clients as {@link #WEIGHTED}. */
    STICKY("sticky", true, true);

    private final String word;
    private final boolean slowStart;
    private final boolean weights;

    PolicyName(String word, boolean slowStart, boolean weights) {
        this.word = word;
        this.slowStart = slowStart;
        this.weights = weights;
    }

    /** As it is written. */
    public String word() {
        return word;
    }

    /** True when a member that has come back gets a growing share: where shares are ours to give. */
    public boolean startsSlowly() {
        return slowStart;
    }

    /** True when {@code members[].weight} has a meaning. */
    public boolean weighs() {
        return weights;
    }

    /** True when several members get requests at the same time. */
    public boolean shares() {
        return this != FIRST;
    }

    static String words() {
        return Stream.of(values()).map(PolicyName::word).collect(Collectors.joining(", "));
    }
}
