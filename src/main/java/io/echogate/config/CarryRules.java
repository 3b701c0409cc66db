package io.echogate.config;

import java.time.Duration;

/**
 * How requests are carried; top-level YAML keys of the same names.
 *
 * @param connectTimeout to one member; default 500 ms
 * @param firstByteTimeout from the request being sent to the answer's first byte, per attempt; default 10 s
 * @param requestTimeout from the head being read to the answer's first byte, over all attempts; default 35 s, or longer where the others need it; at least
 *     (1 + {@code furtherAttempts}) × ({@code connectTimeout} + {@code firstByteTimeout}), or failover could not happen
 * @param idleTimeout without a byte in either direction: kept-alive connections, stalled bodies, tunnels; default 60 s
 * @param headTimeout from a request's first byte to the end of its head; default 10 s
 * @param drainTimeout at shutdown, for what still runs; default 8 s
 * @param furtherAttempts after the first, each on a member not yet tried; default 2
 * @param replayBuffer bytes of a request's body kept for sending it again; default 64 KiB
 * @param retryBudgetPercent further attempts against members still UP, per cent of requests; default 20
 * @param retryBudgetFloor further attempts allowed at once whatever the percentage; default 3
 * @param proofHeaders adds {@code Echogate-Member} and {@code Echogate-Attempts} to answers; default true
 * @param hedge second attempts beside slow first ones
 * @param outlier when what the relay sees takes a member out
 */
public record CarryRules(
        Duration connectTimeout,
        Duration firstByteTimeout,
        Duration requestTimeout,
        Duration idleTimeout,
        Duration headTimeout,
        Duration drainTimeout,
        int furtherAttempts,
        int replayBuffer,
        int retryBudgetPercent,
        int retryBudgetFloor,
        boolean proofHeaders,
        HedgeRules hedge,
        OutlierRules outlier) {
    public static final CarryRules DEFAULT = new CarryRules(
            Duration.ofMillis(500),
            Duration.ofSeconds(10),
            Duration.ofSeconds(35),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(8),
            2,
            64 * 1024,
            20,
            3,
            true,
            HedgeRules.DEFAULT,
            OutlierRules.DEFAULT);
}
