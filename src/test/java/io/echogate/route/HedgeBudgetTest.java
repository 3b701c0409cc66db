package io.echogate.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HedgeBudgetTest {
    private static final long SECOND = 1_000_000_000;
    private final HedgeBudget budget = new HedgeBudget(5);

    private int most(long now) {
        int taken = 0;
        while (budget.hasRoom(now) && taken < 10_000) {
            budget.take(now);
            taken++;
        }
        return taken;
    }

    @Test
    void isAShareOfTheRequestsOfTheLastTenSeconds() {
        for (int s = 0; s < 10; s++) {
            for (int i = 0; i < 200; i++) {
                budget.request(s * SECOND);
            }
        }
        assertThat(most(9 * SECOND + 1)).isEqualTo(100);
        assertThat(budget.hasRoom(10 * SECOND))
                .as("one second of requests has gone, no second attempt has")
                .isFalse();
        assertThat(most(19 * SECOND)).as("all has gone but the floor").isEqualTo(3);
    }

    @Test
    void isNeverLessThanAFloorForWhoHasFewRequests() {
        budget.request(-5 * SECOND);
        assertThat(most(-5 * SECOND)).isEqualTo(3);
        assertThat(most(4 * SECOND)).isZero();
        assertThat(most(5 * SECOND)).isEqualTo(3);
    }

    @Test
    void nothingIsNothing() {
        assertThat(new HedgeBudget(0).hasRoom(7)).isFalse();
    }

    @Test
    void aLongPauseForgetsAll() {
        for (int i = 0; i < 1_000; i++) {
            budget.request(0);
        }
        assertThat(most(0)).isEqualTo(50);
        assertThat(most(1_000_000 * SECOND)).isEqualTo(3);
    }
}
