package io.echogate.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.meter.Buckets;
import io.echogate.meter.Metric;
import io.echogate.meter.Reading;
import io.echogate.model.Beat;
import io.echogate.model.Outcome;
import io.echogate.model.Strip;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts of the page that need no server. */
final class PureTest {
    private static final List<Beat> BEATS = Fleets.strip(Fleets.START, 6, Outcome.ANSWERED);

    @ParameterizedTest
    @CsvSource({
        "0, 4, 0, 4, ''", // nothing new
        "0, 4, 0, 5, 5", // one more
        "0, 4, 1, 5, 5", // one more, the oldest gone
        "0, 4, 3, 6, 56", // overlap of one
        "0, 0, 0, 2, 12", // the first ever
        "0, 3, 3, 6, whole", // nothing in common
        "2, 4, 0, 4, whole", // older ones came back: not an addition
        "0, 4, 0, 2, whole", // shorter
    })
    void additionsAreFoundByTheLongestOverlap(int from, int to, int nowFrom, int nowTo, String added) {
        List<Beat> found = StripJson.added(Strip.of(BEATS.subList(from, to)), Strip.of(BEATS.subList(nowFrom, nowTo)));
        assertThat(found == null ? "whole" : numbers(found)).isEqualTo(added);
    }

    private static String numbers(List<Beat> beats) {
        StringBuilder numbers = new StringBuilder();
        beats.forEach(b -> numbers.append(BEATS.indexOf(b) + 1));
        return numbers.toString();
    }

    @Test
    void timesOfAStripAreDifferencesAndUnansweredHasNoTrip() {
        List<Beat> beats = List.of(
                new Beat(Fleets.START, Outcome.ANSWERED, 1_234_567),
                new Beat(Fleets.START.plusMillis(950), Outcome.REFUSED, -1));
        assertThat(StripJson.columns(beats))
                .isEqualTo(new JsonObject("{\"t\":[1767225600000,950],\"o\":\"AR\",\"r\":[1234,-1]}"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, host:1, true",
                "http://host:1, host:1, true",
                "http://HOST:1, host:1, true",
                "http://host, host, true",
                "http://host, host:80, true",
                "https://host:443, host, true",
                "http://[::1], [::1]:80, true",
                "http://host:443, host, false",
                "http://host:2, host:1, false",
                "http://other:1, host:1, false",
                "host:1, host:1, false",
                "null, host:1, false",
                "http://host:1, -, false",
                "http://host:1.evil.example, host:1, false"
            })
    void onlyTheHostThatWasAskedMayOpenTheStream(@Nullable String origin, @Nullable String host, boolean same) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        if (origin != null) {
            headers.set("Origin", origin);
        }
        if (host != null) {
            headers.set("Host", host);
        }
        assertThat(Guard.sameOrigin(headers)).isEqualTo(same);
    }

    @Test
    void theRingForgetsTheOldestFirst() {
        Ring ring = new Ring(3, 40);
        ring.add(change(1, 2, "a"));
        ring.add(change(2, 4, "b"));
        ring.add(change(4, 5, "c"));
        assertThat(ring.after(1)).extracting(Ring.Change::seq).containsExactly(2L, 4L, 5L);
        assertThat(ring.after(4)).extracting(Ring.Change::seq).containsExactly(5L);
        assertThat(ring.after(3)).as("a number in a gap").isNull();
        assertThat(ring.after(5)).as("nothing follows").isNull();
        ring.add(change(5, 6, "d"));
        assertThat(ring.after(1)).as("too many entries").isNull();
        assertThat(ring.after(2)).hasSize(3);
        ring.add(change(6, 7, "a long one of 31 bytes"));
        assertThat(ring.after(4)).as("too many bytes").isNull();
        assertThat(ring.after(6)).hasSize(1);
    }

    private static Ring.Change change(long prev, long seq, String text) {
        return new Ring.Change(prev, seq, Frame.of(new JsonObject().put("t", text)));
    }

    @Test
    void ratesAreOverTheLastTwoSeconds() {
        Rates rates = new Rates();
        rates.sample(0, List.of(count("S1", "2xx", 100)), times(0, 0));
        assertThat(rates.json().getDouble("total")).isNull();
        rates.sample(1_000_000_000, List.of(count("S1", "2xx", 110)), times(98, 0));
        rates.sample(2_000_000_000, List.of(count("S1", "2xx", 130), count("S2", "5xx", 1)), times(98, 2));
        assertThat(rates.json())
                .isEqualTo(
                        new JsonObject(
                                "{\"total\":15.5,\"members\":{\"S1\":15.0,\"S2\":0.5},\"classes\":{\"2xx\":15.0,\"5xx\":0.5},\"p50Millis\":2.949,\"p99Millis\":788.529}"));
        rates.sample(3_000_000_000L, List.of(count("S1", "2xx", 130), count("S2", "5xx", 1)), times(98, 2));
        assertThat(rates.json().getDouble("total")).isEqualTo(10.5);
    }

    @Test
    void percentilesAreThoseOfTheLastTenSeconds() {
        Rates rates = new Rates();
        for (int second = 0; second <= 10; second++) {
            rates.sample(second * 1_000_000_000L, List.of(), times(5, Math.min(second, 1)));
        }
        assertThat(rates.json().getDouble("p50Millis")).isBetween(776.0, 824.0);
        rates.sample(11_000_000_000L, List.of(), times(5, 1));
        assertThat(rates.json().getValue("p50Millis"))
                .as("no request in ten seconds")
                .isNull();
        rates.forget();
        assertThat(rates.json().getValue("p99Millis")).isNull();
    }

    /** So many requests of 3 ms and of 800 ms. */
    private static long[] times(int quick, int slow) {
        long[] counts = new long[Buckets.COUNT];
        counts[Buckets.of(3_000_000)] = quick;
        counts[Buckets.of(800_000_000)] = slow;
        return counts;
    }

    private static Reading count(String member, String status, long value) {
        return new Reading(Metric.REQUESTS, List.of(member, status), value, List.of());
    }
}
