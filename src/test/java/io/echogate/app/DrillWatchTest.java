package io.echogate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.echogate.clock.ManualClock;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a drill is watched, on a moved clock: what the monitor reports, one look after the other. */
final class DrillWatchTest {
    private static final JsonObject AWAY = new JsonObject();
    private final ManualClock clock = new ManualClock();
    private final Deque<Optional<JsonObject>> looks = new ArrayDeque<>();
    private final List<String> said = new ArrayList<>();
    private final DrillWatch watch =
            new DrillWatch(clock, nanos -> clock.advance(Duration.ofNanos(nanos)), this::look, said::add);

    private @Nullable JsonObject look() throws MonitorClient.Unreachable {
        JsonObject next = (looks.size() > 1 ? looks.remove() : looks.element()).orElse(null);
        if (next != null && next.isEmpty()) {
            throw new MonitorClient.Unreachable(URI.create("http://127.0.0.1:1"), new IOException("refused"));
        }
        return next;
    }

    private void sees(JsonObject report) {
        looks.add(Optional.of(report));
    }

    static JsonObject begun() {
        return new JsonObject("""
                {"member":"S1","mode":"freeze","by":"alice","why":"game\\u001b[31m day",
                 "since":"2026-01-01T00:00:00.000Z","until":"2026-01-01T00:00:30.000Z","ended":null,"end":"",
                 "runningAtStart":2,"leftAfterMillis":null,"downAfterMillis":null,"cause":"NONE",
                 "backAfterMillis":null,
                 "requests":{"met":0,"elsewhere":0,"failed":0,"wouldHaveFailed":0,
                             "p50Millis":0.0,"p99Millis":0.0,"worstMillis":0.0}}
                """);
    }

    static JsonObject left() {
        return begun().put("leftAfterMillis", 412.3);
    }

    static JsonObject down() {
        return left().put("downAfterMillis", 1612.0).put("cause", "FROZEN");
    }

    static JsonObject ended() {
        return down().put("ended", "2026-01-01T00:00:30.000Z")
                .put("end", "its time was over")
                .put("requests", new JsonObject("""
                                {"met":180,"elsewhere":178,"failed":2,"wouldHaveFailed":1,
                                 "p50Millis":400.0,"p99Millis":812.0,"worstMillis":1003.0}
                                """));
    }

    static JsonObject back() {
        return ended().put("backAfterMillis", 2000.0);
    }

    @Test
    void itSaysOnceWhatHappensAndReturnsWhenTheMemberIsBack() {
        sees(begun());
        sees(left());
        sees(AWAY);
        sees(left());
        sees(down());
        sees(down());
        sees(ended());
        sees(back());
        assertThat(watch.until(begun(), Duration.ofMinutes(1))).isEqualTo(back());
        assertThat(said)
                .containsExactly(
                        "S1: new requests go elsewhere after 412 ms",
                        "S1: named DOWN after 1.6 s: FROZEN, accepts connections and never answers");
        assertThat(clock.nanos()).isEqualTo(Duration.ofSeconds(2).toNanos());
        DrillWatch.requireOver(back());
    }

    @Test
    void whenTheTimeIsOverTheNewestReportIsAllThereIs() {
        sees(ended());
        assertThat(watch.until(begun(), Duration.ofSeconds(3))).isEqualTo(ended());
        assertThat(clock.nanos()).isEqualTo(Duration.ofSeconds(3).toNanos());
        assertThatThrownBy(() -> DrillWatch.requireOver(ended()))
                .isInstanceOf(Failure.class)
                .hasMessage("S1 is not up again: `./echogate status` says why");
        looks.clear();
        sees(AWAY);
        assertThat(watch.until(begun(), Duration.ofSeconds(3))).isEqualTo(begun());
        assertThatThrownBy(() -> DrillWatch.requireOver(begun())).hasMessageContaining("has not ended");
    }

    @Test
    void anotherDrillOrNoneAtAllEndsTheWatch() {
        looks.add(Optional.empty());
        assertThatThrownBy(() -> watch.until(begun(), Duration.ofMinutes(1)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("it was started again");
        looks.clear();
        sees(begun().put("since", "2026-01-01T00:00:09.000Z").put("mode", "off"));
        assertThatThrownBy(() -> watch.until(begun(), Duration.ofMinutes(1)))
                .hasMessageStartingWith("another drill has begun meanwhile: S1 is treated as switched off until");
    }

    @Test
    void theReportInWords() {
        assertThat(DrillWords.told(back()))
                .containsExactly(
                        "S1 was treated as frozen from 2026-01-01T00:00:00.000Z to 2026-01-01T00:00:30.000Z"
                                + " (its time was over)",
                        "  new requests went elsewhere after 412 ms",
                        "  named DOWN after 1.6 s: FROZEN, accepts connections and never answers",
                        "  180 requests met it: 178 answered elsewhere, 2 failed; p99 812 ms, worst 1.0 s",
                        "  1 request would have been lost, had it been real: nobody else could answer, so S1 was asked"
                                + " after all",
                        "  2 requests ran at S1 when it began and could finish there; a real failure meets them, too",
                        "  up again 2.0 s after the end");
        assertThat(DrillWords.told(begun()))
                .containsExactly(
                        "S1 is treated as frozen from 2026-01-01T00:00:00.000Z on",
                        "  new requests never went elsewhere",
                        "  never named DOWN",
                        "  0 requests met it: 0 answered elsewhere, 0 failed",
                        "  0 requests would have been lost, had it been real",
                        "  2 requests ran at S1 when it began and could finish there; a real failure meets them, too");
        assertThat(DrillWords.told(ended())).last().isEqualTo("  not up again yet");
        assertThat(DrillWords.begun(begun()))
                .as("no control characters of somebody else")
                .startsWith(
                        "S1 is treated as frozen until 2026-01-01T00:00:30.000Z, by alice: game [31m day; S1 itself")
                .endsWith("at once: ./echogate drill S1 end");
    }
}
