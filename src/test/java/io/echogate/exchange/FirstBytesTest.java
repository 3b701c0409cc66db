package io.echogate.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.clock.Chance;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class FirstBytesTest {
    private static final long MILLI = 1_000_000;
    private final FirstBytes usual = new FirstBytes();

    private void record(int times, long millis) {
        for (int i = 0; i < times; i++) {
            usual.record(millis * MILLI);
        }
    }

    @Test
    void ofAStrangerOnlyTheFloorIsKnown() {
        record(15, 300);
        assertThat(usual.known()).isFalse();
        assertThat(usual.p95()).isZero();
        assertThat(usual.overdueAfter()).isEqualTo(FirstBytes.FLOOR);
        assertThat(usual.tellingAfter()).isEqualTo(FirstBytes.FLOOR);
    }

    @Test
    void aQuickMemberIsOverdueAfterTheFloor() {
        record(100, 3);
        assertThat(usual.overdueAfter()).isEqualTo(200 * MILLI);
        assertThat(usual.tellingAfter()).isEqualTo(20 * MILLI);
    }

    @Test
    void aSlowOneIsGivenTwiceWhatItUsuallyTakes() {
        record(100, 400);
        assertThat(usual.overdueAfter()).isBetween(800 * MILLI, 1_100 * MILLI);
        assertThat(usual.tellingAfter()).isEqualTo(usual.overdueAfter());
    }

    @Test
    void oneSlowAnswerInAHundredAndFiftyMovesNothing() {
        record(150, 3);
        long before = usual.p95();
        record(1, 9_000);
        record(149, 3);
        assertThat(usual.p95()).isEqualTo(before).isBetween(3 * MILLI, 4 * MILLI);
        assertThat(usual.overdueAfter()).isEqualTo(FirstBytes.FLOOR);
    }

    @Test
    void whatWasUsualLongAgoFades() {
        record(2_000, 500);
        record(8_000, 5);
        assertThat(usual.overdueAfter()).isEqualTo(FirstBytes.FLOOR);
        assertThat(usual.p95()).isBetween(5 * MILLI, 7 * MILLI);
    }

    @Test
    void quantilesAreAtMostAQuarterTooHighAndNeverTooLow() {
        RandomGenerator random = Chance.seeded(5);
        long[] all = new long[448];
        for (int i = 0; i < all.length; i++) {
            all[i] = (long) (MILLI * Math.exp(3 * random.nextDouble()));
            usual.record(all[i]);
        }
        Arrays.sort(all);
        long exact = all[(int) (all.length * 0.95)];
        assertThat((double) usual.p95() / exact).isBetween(0.99, 1.27);
    }
}
