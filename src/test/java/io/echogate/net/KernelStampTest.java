package io.echogate.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.clock.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A stamp is worth its age, unless the wall clock was set. */
class KernelStampTest {
    private static final long SECOND = 1_000_000_000;
    private static final long START = 1_700_000_000;

    /** Two clocks moved apart at will. */
    private static final class TwoClocks implements Clock {
        private long mono = 5 * SECOND;
        private Instant wall = Instant.ofEpochSecond(START);

        @Override
        public long nanos() {
            return mono;
        }

        @Override
        public Instant now() {
            return wall;
        }

        void pass(long nanos) {
            mono += nanos;
            wall = wall.plusNanos(nanos);
        }

        void set(Duration by) {
            wall = wall.plus(by);
        }
    }

    private final TwoClocks clocks = new TwoClocks();
    private final KernelStamp stamp = new KernelStamp(clocks);

    @Test
    void aPauseOfOursIsNotARoundTrip() {
        clocks.pass(3 * SECOND);
        stamp.read();

        assertThat(stamp.nowNanos()).isEqualTo(8 * SECOND);
        assertThat(stamp.atNanos(START, 250_000_000)).isEqualTo(5 * SECOND + 250_000_000);
    }

    @Test
    void aStampFromTheFutureIsNow() {
        clocks.pass(SECOND);
        stamp.read();

        assertThat(stamp.atNanos(START + 1, 1)).isEqualTo(stamp.nowNanos());
    }

    @Test
    void anAbsurdAgeIsNow() {
        clocks.pass(SECOND);
        stamp.read();

        assertThat(stamp.atNanos(START - 61, 0)).isEqualTo(stamp.nowNanos());
        assertThat(stamp.atNanos(0, 0)).isEqualTo(stamp.nowNanos());
        assertThat(stamp.atNanos(START - 59, 0)).isEqualTo(stamp.nowNanos() - 60 * SECOND);
    }

    @Test
    void aClockThatWasSetIsNotTrustedUntilTheNextReading() {
        for (Duration by : new Duration[] {Duration.ofMillis(20), Duration.ofMillis(-20), Duration.ofHours(1)}) {
            clocks.pass(SECOND);
            clocks.set(by);
            stamp.read();
            Instant stamped = clocks.now().minusMillis(10);
            assertThat(stamp.atNanos(stamped.getEpochSecond(), stamped.getNano()))
                    .as("%s", by)
                    .isEqualTo(stamp.nowNanos());

            clocks.pass(SECOND);
            stamp.read();
            stamped = clocks.now().minusMillis(10);
            assertThat(stamp.atNanos(stamped.getEpochSecond(), stamped.getNano()))
                    .isEqualTo(stamp.nowNanos() - 10_000_000);
        }
    }

    @Test
    void slowDriftIsNoStep() {
        clocks.pass(3_600 * SECOND);
        clocks.set(Duration.ofMillis(1_800));
        stamp.read();
        Instant stamped = clocks.now().minusMillis(10);

        assertThat(stamp.atNanos(stamped.getEpochSecond(), stamped.getNano())).isEqualTo(stamp.nowNanos() - 10_000_000);
    }
}
