package io.echogate.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echogate.history.HistoryStatus.State;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk is full: verdicts go on, all else waits in memory, and is stored when there is room again. */
@Tag("lab") // needs root
final class FullDiskTest {
    private int seconds;

    @Test
    void whileTheDiskIsFullAllWaitsAndIsStoredLater(@TempDir Path directory) throws Exception {
        try (SmallDisk disk = SmallDisk.mount(directory)) {
            Path file = disk.file("history.db");
            try (Remembering r = new Remembering(file)) {
                pass(r, 3);
                assertThat(r.stored()).isNull();
                disk.fill();
                whileFull(r, disk);
                disk.makeRoom();
                afterwards(r);
            }
            assertThat(SmallDisk.integrity(file)).isEqualTo("ok");
        }
    }

    private void pass(Remembering r, int count) {
        r.seconds(count);
        seconds += count;
    }

    /** Its own log has room for a while, and what is closed gives some back. */
    private void whileFull(Remembering r, SmallDisk disk) throws Exception {
        String why = null;
        for (int refused = 0; refused < 3; refused += why == null ? 0 : 1) {
            pass(r, 5);
            disk.fill();
            why = r.stored();
        }
        assertThat(why).isNotEmpty();
        System.out.println("on a full disk after " + seconds + " s: " + why);
        r.down("S1").up("S1").down("S2");
        assertThat(r.state("S2")).as("verdicts go on").isEqualTo(io.echogate.model.State.DOWN);
        assertThat(r.stored()).isNotEmpty();
        assertThat(r.history.status().state()).isEqualTo(State.WAITING);
        assertThat(r.history.status().reason()).isNotEmpty();
        assertThat(r.history.status().waiting()).isGreaterThan(5);
    }

    private void afterwards(Remembering r) throws Exception {
        await().atMost(Duration.ofSeconds(40)).until(() -> r.history.status().state() == State.STORING);
        pass(r, 2);
        assertThat(r.stored()).isNull();
        assertThat(r.history.status().dropped()).isZero();
        assertThat(r.history.status().setAside()).isNull();
        JsonObject events = r.history
                .archive()
                .events(r.all(), "S2", "member_state", 0, 500)
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        assertThat(events.getJsonArray("events"))
                .extracting(e -> ((JsonObject) e).getString("to"))
                .contains("DOWN");
        JsonArray counts = r.history
                .archive()
                .history(List.of("S1"), Series.SERVICE, r.all(), 3_600)
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .getJsonArray("members")
                .getJsonObject(0)
                .getJsonArray("count");
        long sum = counts.stream()
                .mapToLong(n -> n == null ? 0 : ((Number) n).longValue())
                .sum();
        assertThat(sum).as("answers and failures of S1").isGreaterThanOrEqualTo(seconds - 1);
    }
}
