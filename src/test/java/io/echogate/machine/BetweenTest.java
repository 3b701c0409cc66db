package io.echogate.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.clock.Chance;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Within the two, both reached, none favoured. */
final class BetweenTest {
    private final RandomGenerator chance = Chance.seeded(20_261_123);

    private Map<String, Integer> draw(String a, String b, int times) {
        Map<String, Integer> seen = new TreeMap<>();
        for (int i = 0; i < times; i++) {
            String drawn =
                    Between.pick(new BigDecimal(a), new BigDecimal(b), chance).toPlainString();
            seen.merge(drawn, 1, Integer::sum);
        }
        return seen;
    }

    @ParameterizedTest
    @CsvSource({
        "3, 7, 3 4 5 6 7",
        "7, 3, 3 4 5 6 7",
        "-1, 1, -1 0 1",
        "5, 5, 5",
        "3.0, 5, 3 4 5",
        "1e1, 12, 10 11 12",
        "0, 0.00, 0",
        "0.1, 0.3, 0.1 0.2 0.3",
        "0.98, 1, 0.98 0.99 1.00",
        "-0.1, 0.1, -0.1 0.0 0.1",
        "0.5, 0.50, 0.50",
    })
    void everyNumberBetweenComesAndNoOther(String a, String b, String all) {
        assertThat(String.join(
                        " ",
                        draw(a, b, 400).keySet().stream()
                                .map(BigDecimal::new)
                                .sorted()
                                .map(BigDecimal::toPlainString)
                                .toList()))
                .isEqualTo(all);
    }

    /** Six values, so that a remainder of some power of two would show; five standard deviations are allowed. */
    @Test
    void noNumberIsFavoured() {
        int times = 60_000;
        double deviation = Math.sqrt(times * (1 / 6.0) * (5 / 6.0));
        assertThat(draw("1", "6", times))
                .hasSize(6)
                .allSatisfy((_, count) ->
                        assertThat((double) count).isBetween(times / 6.0 - 5 * deviation, times / 6.0 + 5 * deviation));
    }

    /** 2^64 + 2^63 possibilities: halves and thirds of a range wider than any primitive. */
    @Test
    void rangesWiderThanALongAreEven() {
        BigInteger width = BigInteger.TWO.pow(64).add(BigInteger.TWO.pow(63));
        int[] thirds = new int[3];
        for (int i = 0; i < 30_000; i++) {
            BigInteger drawn = Between.pick(BigDecimal.ZERO, new BigDecimal(width.subtract(BigInteger.ONE)), chance)
                    .toBigIntegerExact();
            thirds[drawn.multiply(BigInteger.valueOf(3)).divide(width).intValueExact()]++;
        }
        assertThat(thirds).satisfies(counts -> assertThat(counts).doesNotContain(0));
        for (int count : thirds) {
            assertThat(count).isBetween(9_590, 10_410);
        }
    }

    @Test
    void theWidestRangeStaysInside() {
        BigDecimal low = new BigDecimal("-" + "9".repeat(100) + "." + "9".repeat(100));
        for (int i = 0; i < 1000; i++) {
            assertThat(Between.pick(low, low.negate(), chance)).isBetween(low, low.negate());
        }
    }
}
