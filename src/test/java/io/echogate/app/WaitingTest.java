package io.echogate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.echogate.clock.ManualClock;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How deployment scripts wait, on a moved clock: what the monitor says, one look after the other. */
final class WaitingTest {
    private static final String SINCE = "2026-01-01T00:00:00.000Z";
    private final ManualClock clock = new ManualClock();
    private final Deque<JsonObject> looks = new ArrayDeque<>();
    private final List<String> said = new ArrayList<>();
    private final Waiting waiting =
            new Waiting(clock, nanos -> clock.advance(Duration.ofNanos(nanos)), this::look, said::add);

    private JsonObject look() throws MonitorClient.Unreachable {
        JsonObject next = looks.size() > 1 ? looks.poll() : looks.element();
        if (next.isEmpty()) {
            throw new MonitorClient.Unreachable(URI.create("http://127.0.0.1:1"), new IOException("refused"));
        }
        return next;
    }

    private void sees(String state, String cause, String intent, int running, @Nullable String since) {
        JsonObject order = since == null
                ? null
                : new JsonObject().put("by", "bob").put("why", "").put("since", since);
        JsonObject member = new JsonObject()
                .put("name", "S1")
                .put("state", state)
                .put("cause", cause)
                .put("intent", intent)
                .put("running", running)
                .put("order", order);
        looks.add(new JsonObject().put("members", new JsonArray().add(member)));
    }

    private static JsonObject given(String intent) {
        return new JsonObject().put("member", "S1").put("intent", intent).put("since", SINCE);
    }

    @Test
    void aDrainIsOverWhenNothingRunsThere() {
        sees("UP", "NONE", "DRAIN", 3, SINCE);
        sees("UP", "NONE", "DRAIN", 2, SINCE);
        sees("UP", "NONE", "DRAIN", 1, SINCE);
        sees("UP", "NONE", "DRAIN", 1, SINCE);
        sees("UP", "NONE", "DRAIN", 1, SINCE);
        sees("DOWN", "PORT_CLOSED", "DRAIN", 0, SINCE);
        waiting.until(given("DRAIN"), Duration.ofMinutes(1));
        assertThat(said).as("a line at most each second").containsExactly("S1: 3 still run", "S1: 1 still runs");
        assertThat(clock.nanos()).isEqualTo(Duration.ofMillis(5 * 250).toNanos());
    }

    @Test
    void readyIsOverWhenItIsUp() {
        sees("DOWN", "PORT_CLOSED", "READY", 0, null);
        looks.add(new JsonObject());
        sees("RECOVERING", "NONE", "READY", 0, null);
        sees("UP", "NONE", "READY", 5, null);
        waiting.until(given("READY"), Duration.ofMinutes(1));
        assertThat(said).containsExactly("S1: it is DOWN, PORT_CLOSED");
    }

    @Test
    void whatKeepsItIsSaidWhenTheTimeIsOver() {
        sees("UP", "NONE", "DRAIN", 2, SINCE);
        assertThatThrownBy(() -> waiting.until(given("DRAIN"), Duration.ofSeconds(2)))
                .isInstanceOf(Failure.class)
                .hasMessage("S1 after 2.0 s: 2 still run");
        looks.clear();
        sees("DOWN", "FROZEN", "READY", 0, null);
        assertThatThrownBy(() -> waiting.until(given("READY"), Duration.ZERO))
                .hasMessage("S1 after 0.0 s: it is DOWN, FROZEN");
    }

    @Test
    void aMonitorThatIsAwayIsAskedAgainUntilTheTimeIsOver() {
        looks.add(new JsonObject());
        assertThatThrownBy(() -> waiting.until(given("DRAIN"), Duration.ofSeconds(3)))
                .hasMessage("S1 after 3.0 s: the monitor does not answer");
        assertThat(clock.nanos()).isEqualTo(Duration.ofSeconds(3).toNanos());
    }

    @Test
    void anotherOrderEndsTheWait() {
        sees("UP", "NONE", "DRAIN", 2, "2026-01-01T00:00:09.000Z");
        assertThatThrownBy(() -> waiting.until(given("DRAIN"), Duration.ofMinutes(1)))
                .hasMessage("S1: the order holds no longer: drain by bob (2 still run)");
        looks.clear();
        sees("UP", "NONE", "READY", 2, null);
        assertThatThrownBy(() -> waiting.until(given("DRAIN"), Duration.ofMinutes(1)))
                .hasMessage("S1: the order holds no longer: it is wanted again");
    }

    @Test
    void whoIsGoneIsNotWaitedFor() {
        looks.add(new JsonObject().put("members", new JsonArray()));
        assertThatThrownBy(() -> waiting.until(given("DRAIN"), Duration.ofMinutes(1)))
                .hasMessageContaining("gone from the monitor's configuration");
    }
}
