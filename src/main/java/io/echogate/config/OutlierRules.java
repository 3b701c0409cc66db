package io.echogate.config;

import java.time.Duration;

/**
 * When a member that answers pings is taken out because of what it does to clients' requests, YAML section {@code
 * outlier}.
 *
 * @param enabled default true
 * @param volume broken answers, or twice as many errors, within some ten seconds and from more than one client
 *     connection; default 3
 * @param brokenPercent of the answers seen; default 10
 * @param errorPercent of the answers seen; default 50
 * @param holdDown out for this long, doubled each time up to thirty-two-fold; default 10 s
 * @param trial requests answered well on trial before it is trusted again; default 10
 */
public record OutlierRules(
        boolean enabled, int volume, int brokenPercent, int errorPercent, Duration holdDown, int trial) {
    public static final OutlierRules DEFAULT = new OutlierRules(true, 3, 10, 50, Duration.ofSeconds(10), 10);
}
