package io.echogate.clock;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Where chance comes from. Everything that jitters or needs a nonce takes a {@link RandomGenerator} made here. */
public final class Chance {
    private Chance() {}

    /** Unpredictable; thread-safe; for nonces and tokens. */
    public static RandomGenerator secure() {
        return new SecureRandom();
    }

    /** Fast and fairly distributed, seeded unpredictably; confined to one thread. */
    public static RandomGenerator fast() {
        return seeded(new SecureRandom().nextLong());
    }

    /** The same sequence for the same seed; confined to one thread. */
    public static RandomGenerator seeded(long seed) {
        return new SplittableRandom(seed);
    }
}
