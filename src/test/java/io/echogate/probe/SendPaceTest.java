package io.echogate.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SendPaceTest {
    private static final long MILLI = 1_000_000;

    @Test
    void whatLeavesWhileNobodyReadsAlwaysFitsIntoTheBuffer() {
        for (int held : new int[] {1, 20, 332, 5_000, 13_107, 1_000_000}) {
            SendPace pace = new SendPace(held, 0);
            int sent = 0;
            for (int milli = 0; milli < SendPace.HELD_UP_MILLIS / 2; milli++) {
                sent += pace.take(1_000_000, milli * MILLI);
            }
            assertThat(sent).as("%d held", held).isLessThanOrEqualTo(Math.max(held, SendPace.HELD_UP_MILLIS));
        }
    }

    @Test
    void nothingIsHeldBackThatTheBufferCouldTake() {
        SendPace pace = new SendPace(13_107, 0);

        assertThat(pace.take(10, 0)).isEqualTo(10);
        assertThat(pace.take(10_000, 0)).isEqualTo(SendPace.MOST_AT_ONCE - 10);
        assertThat(pace.take(1, 0)).isZero();
        assertThat(pace.take(10_000, MILLI)).isEqualTo(SendPace.MOST_PER_MILLI);
        assertThat(pace.take(10_000, 1_000 * MILLI)).as("no credit piles up").isEqualTo(SendPace.MOST_AT_ONCE);
    }

    @Test
    void aTinyBufferStillLetsSomethingOut() {
        SendPace pace = new SendPace(0, 0);

        assertThat(pace.take(5, 0)).isEqualTo(1);
        assertThat(pace.take(5, MILLI)).isEqualTo(1);
    }
}
