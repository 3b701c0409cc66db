package io.echogate.config;

import java.time.Duration;

/**
 * How a machine is asked by ICMP echo; YAML section {@code icmp}. The interval is {@code pollFreq}.
 *
 * @param enabled default true; false asks by HTTP alone
 * @param timeout for one echo; default 800 ms
 * @param fall consecutive misses until the host counts as silent; default 3
 * @param rise consecutive answers until it counts as answering again; default 2
 */
public record IcmpRules(boolean enabled, Duration timeout, int fall, int rise) {
    public static final IcmpRules DEFAULT = new IcmpRules(true, Duration.ofMillis(800), 3, 2);
}
