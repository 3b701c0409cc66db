package io.echogate.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What silence is ordinary after which round trips, in milliseconds. */
final class RoundTripTest {
    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({
        "'',                        0",
        "2,                         3",
        // A cold start and a hiccup do not make a fast member slow.
        "500 300 100 60,            90",
        "2 2 2 2 2 2 400 2 2 2,     3",
        // A member that is always slow gets its time, and its spread gets more.
        "300 300 300 300,           450",
        "200 300 250 350 300 250 300 300, 450",
        "100 300 200 350 300 150 300 400, 500",
        // The newest answers count.
        "300 300 300 300 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2, 3",
    })
    void ordinary_silence(String roundTrips, long expected) {
        RoundTrip trip = new RoundTrip();
        LongStream.of(roundTrips.isBlank() ? new long[0] : parsed(roundTrips)).forEach(trip::heard);
        assertThat(trip.ordinaryNanos()).isEqualTo(expected);
    }

    private static long[] parsed(String text) {
        return Arrays.stream(text.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    }
}
