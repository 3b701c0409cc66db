package io.echogate.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered, where and for how long; YAML section {@code history}.
 *
 * @param enabled default true
 * @param url {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql:…}; null: an SQLite file in {@code stateDir}
 * @param user of the PostgreSQL server; null: as the URL says
 * @param passwordFile holds that user's password; null: as the URL says
 * @param tiers finest first
 * @param events how long events, incidents and verdicts are kept; default 730 days
 * @param objectivePercent share of time that a member, and somebody of the pool, is to serve; default 99.9
 */
public record HistoryRules(
        boolean enabled,
        @Nullable String url,
        @Nullable String user,
        @Nullable String passwordFile,
        List<Tier> tiers,
        Duration events,
        double objectivePercent) {
    private static final List<Tier> USUAL = List.of(
            new Tier(Duration.ofSeconds(1), Duration.ofHours(1)),
            new Tier(Duration.ofSeconds(10), Duration.ofDays(1)),
            new Tier(Duration.ofMinutes(1), Duration.ofDays(30)),
            new Tier(Duration.ofHours(1), Duration.ofDays(730)));

    public static final HistoryRules DEFAULT =
            new HistoryRules(true, null, null, null, USUAL, Duration.ofDays(730), 99.9);

    /** Nothing is remembered. */
    public static final HistoryRules OFF = new HistoryRules(false, null, null, null, USUAL, Duration.ofDays(730), 99.9);

    /** Steps that are stored together: a tier's step is a divisor of so many of the finer one's. */
    public static final int BLOCK = 60;

    /**
     * Figures of one fineness.
     *
     * @param step whole seconds
     * @param keep how long they are kept
     */
    public record Tier(Duration step, Duration keep) {}

    public HistoryRules {
        tiers = List.copyOf(tiers);
    }
}
