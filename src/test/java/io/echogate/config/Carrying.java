package io.echogate.config;

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
}
