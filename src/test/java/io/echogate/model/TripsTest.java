package io.echogate.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TripsTest {
    private static final long NONE = Timing.UNREACHED;

    private static Strip strip(long... trips) {
        return Strip.of(LongStream.of(trips)
                .mapToObj(rtt -> new Beat(Instant.EPOCH, rtt == NONE ? Outcome.SILENT : Outcome.ANSWERED, rtt))
                .toList());
    }

    @Test
    void nothingIsKnownOfSilence() {
        assertThat(Trips.of(Strip.EMPTY)).isEqualTo(new Trips(NONE, NONE, NONE, NONE));
        assertThat(Trips.of(strip(NONE, NONE))).isEqualTo(new Trips(NONE, NONE, NONE, NONE));
    }

    @Test
    void oneAnswerHasNoJitter() {
        assertThat(Trips.of(strip(NONE, 700))).isEqualTo(new Trips(NONE, 700, 700, 700));
    }

    @Test
    void jitterIsTheMeanDifferenceOfConsecutiveAnswersInTheOrderOfAsking() {
        assertThat(Trips.of(strip(100, 300, NONE, 200, 200)).jitterNanos()).isEqualTo((200 + 100) / 3);
        assertThat(Trips.of(strip(5, 5, 5)).jitterNanos()).isZero();
    }

    @Test
    void percentilesAreByNearestRank() {
        long[] sixty = IntStream.rangeClosed(1, 60).mapToLong(i -> 61 - i).toArray();
        assertThat(Trips.of(strip(sixty)))
                .extracting(Trips::p50Nanos, Trips::p95Nanos, Trips::p99Nanos)
                .containsExactly(30L, 57L, 60L);
        assertThat(Trips.of(strip(1, 2, 3, 4)))
                .extracting(Trips::p50Nanos, Trips::p95Nanos, Trips::p99Nanos)
                .containsExactly(2L, 4L, 4L);
    }
}
