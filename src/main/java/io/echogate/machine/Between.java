package io.echogate.machine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.random.RandomGenerator;

/** A random number between two others, both included. */
final class Between {
    private Between() {}

    /**
     * Every number with as many decimal places as the longer of the two has is equally likely; a whole one when both
     * are whole by value ({@code 1e3} and {@code 3.0} are).
     */
    static BigDecimal pick(BigDecimal a, BigDecimal b, RandomGenerator chance) {
        int scale = Math.max(places(a), places(b));
        BigInteger from = a.min(b).setScale(scale).unscaledValue();
        BigInteger to = a.max(b).setScale(scale).unscaledValue();
        BigInteger step = below(to.subtract(from).add(BigInteger.ONE), chance);
        return new BigDecimal(from.add(step), scale);
    }

    /** Decimal places that matter: none of a whole number, all that are written of another. */
    private static int places(BigDecimal value) {
        boolean whole = value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
        return whole ? 0 : value.scale();
    }

    /**
     * Uniform from 0 to {@code bound} − 1 by rejection: whatever falls outside is thrown away and drawn again, so that
     * no number is favoured, as it would be by a remainder. Each draw succeeds with a chance of at least one half.
     */
    private static BigInteger below(BigInteger bound, RandomGenerator chance) {
        int bits = bound.subtract(BigInteger.ONE).bitLength();
        byte[] bytes = new byte[(bits + 7) / 8];
        while (true) {
            chance.nextBytes(bytes);
            BigInteger drawn = new BigInteger(1, bytes).shiftRight(bytes.length * 8 - bits);
            if (drawn.compareTo(bound) < 0) {
                return drawn;
            }
        }
    }
}
