package io.echogate.config;

import java.time.Duration;

/** Rules of carrying for tests: the defaults but for what a test is about. */
public final class Carrying {
    private Carrying() {}

    public static CarryRules hedging(HedgeRules hedge) {
        CarryRules d = CarryRules.DEFAULT;
        return new CarryRules(
                d.connectTimeout(),
                d.firstByteTimeout(),
                d.requestTimeout(),
                d.idleTimeout(),
                d.headTimeout(),
                d.drainTimeout(),
                d.furtherAttempts(),
                d.replayBuffer(),
                d.retryBudgetPercent(),
                d.retryBudgetFloor(),
                d.proofHeaders(),
                hedge,
                d.outlier());
    }

    /** Without the fields that say who answered and under which number. */
    public static CarryRules withoutProof() {
        CarryRules d = CarryRules.DEFAULT;
        return new CarryRules(
                d.connectTimeout(),
                d.firstByteTimeout(),
                d.requestTimeout(),
                d.idleTimeout(),
                d.headTimeout(),
                d.drainTimeout(),
                d.furtherAttempts(),
                d.replayBuffer(),
                d.retryBudgetPercent(),
                d.retryBudgetFloor(),
                false,
                d.hedge(),
                d.outlier());
    }

    /** The same with another time for a whole request, however many attempts may fit. */
    public static CarryRules within(Duration requestTimeout, CarryRules d) {
        return new CarryRules(
                d.connectTimeout(),
                d.firstByteTimeout(),
                requestTimeout,
                d.idleTimeout(),
                d.headTimeout(),
                d.drainTimeout(),
                d.furtherAttempts(),
                d.replayBuffer(),
                d.retryBudgetPercent(),
                d.retryBudgetFloor(),
                d.proofHeaders(),
                d.hedge(),
                d.outlier());
    }
}
