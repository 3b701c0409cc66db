package io.echogate.config;

import java.time.Duration;

/**
 * Hedging ("The Tail at Scale", Dean and Barroso 2013): a second attempt beside the first when that is slow, YAML section
 * {@code hedge}. For idempotent requests without a body only.
 *
 * @param enabled default false: members see some requests twice, if never harmfully
 * @param floor no second attempt before this, however quick the member usually is; default 20 ms
 * @param ceiling a second attempt after this, however slow the member usually is; default 1 s
 * @param budgetPercent second attempts, per cent of the requests of the last ten seconds; default 5
 */
public record HedgeRules(boolean enabled, Duration floor, Duration ceiling, int budgetPercent) {
    public static final HedgeRules DEFAULT = new HedgeRules(false, Duration.ofMillis(20), Duration.ofSeconds(1), 5);
}
