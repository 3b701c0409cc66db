package io.echogate.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.clock.Chance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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

    /** The same as by sorting everything anew. */
    @Test
    void medians_of_the_newest_sixteen() {
        RandomGenerator random = Chance.seeded(3);
        RoundTrip trip = new RoundTrip();
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            long rtt = random.nextInt(1 + random.nextInt(1_000_000));
            trip.heard(rtt);
            all.add(rtt);
            List<Long> newest = all.subList(Math.max(0, all.size() - 16), all.size());
            long median = median(newest.stream());
            long deviation = median(newest.stream().map(r -> Math.abs(r - median)));
            if (i >= 7) {
                assertThat(trip.ordinaryNanos()).isEqualTo(median + Math.max(median / 2, 4 * deviation));
            }
        }
    }

    private static long median(Stream<Long> values) {
        List<Long> sorted = values.sorted().toList();
        return sorted.get((sorted.size() - 1) / 2);
    }

    private static long[] parsed(String text) {
        return Arrays.stream(text.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    }
}
