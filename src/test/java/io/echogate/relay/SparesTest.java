package io.echogate.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How many used things wait to be used again. */
final class SparesTest {
    private final Spares<Integer> spares = new Spares<>(2, 10);

    private void give(int count) {
        for (int i = 0; i < count; i++) {
            spares.give(i);
        }
    }

    @Test
    void theWarmestGoesFirst() {
        assertThat(spares.take()).isNull();
        give(2);
        assertThat(spares.take()).isEqualTo(1);
        assertThat(spares.take()).isEqualTo(0);
        assertThat(spares.take()).isNull();
    }

    @Test
    void whatIsTooMuchIsLetGoAtOnce() {
        give(12);
        assertThat(spares.size()).isEqualTo(10);
        assertThat(spares.take()).isEqualTo(9);
    }

    @Test
    void whatNobodyNeedsIsLetGoByHalves() {
        give(10);
        spares.look();
        assertThat(spares.size()).isEqualTo(10);
        spares.look();
        assertThat(spares.size()).isEqualTo(6);
        spares.look();
        spares.look();
        spares.look();
        spares.look();
        assertThat(spares.size()).isEqualTo(2);
        assertThat(spares.take()).isEqualTo(9);
    }

    @Test
    void whatIsNeededNowAndThenStays() {
        give(10);
        spares.look();
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 8; i++) {
                spares.take();
            }
            give(8);
            spares.look();
        }
        assertThat(spares.size()).isEqualTo(10);
    }
}
