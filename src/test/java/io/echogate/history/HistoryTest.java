package io.echogate.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.echogate.config.HistoryRules;
import io.echogate.history.HistoryStatus.State;
import io.echogate.model.Outcome;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of history when its database is full, locked, killed or damaged; and what is remembered when it is not. */
final class HistoryTest {
    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("history.db");
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static long events(Remembering r) throws Exception {
        return get(r.history.archive().events(r.all(), "", "", 0, 500))
                .getJsonArray("events")
                .size();
    }

    private static void storing(Remembering r) {
        await().atMost(Duration.ofSeconds(30)).until(() -> r.history.status().state() == State.STORING);
    }

    @Test
    void whatHappensBeforeAnythingIsStoredIsStoredLater() throws Exception {
        try (Remembering r = Remembering.noting(file())) {
            r.down("S1");
            assertThat(file()).doesNotExist();
            assertThat(r.history.status().state()).isEqualTo(State.OPENING);
            r.history.store().store();
            assertThat(r.stored()).isNull();
            JsonObject incidents = get(r.history.archive().incidents(r.all(), false, "", 10));
            assertThat(incidents.getJsonArray("incidents")).hasSize(1);
        }
    }

    @Test
    void whoAsksBeforeAnythingIsStoredIsToldThatThereIsNothing() throws Exception {
        try (Remembering r = Remembering.noting(file())) {
            CompletionStage<JsonObject> asked =
                    r.history.archive().history(List.of("S2"), Series.SERVICE, r.all(), 3_600);
            r.history.store();
            JsonObject s2 = get(asked).getJsonArray("members").getJsonObject(0);
            assertThat(s2.getString("member")).isEqualTo("S2");
            assertThat(sum(s2.getJsonArray("count"))).isZero();
        }
    }

    @Test
    void whereNothingWasToBeStoredNothingIsMade() {
        try (Remembering r = Remembering.noting(file())) {
            r.down("S1");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aFailureIsFoundAgainWithAllThatBelongsToIt() throws Exception {
        try (Remembering r = new Remembering(file())) {
            r.seconds(5).takings.answered(0, 200, 3_000_000);
            Instant well = r.clock.now();
            assertThat(r.down("S1").stored()).isNull(); // figures are read when they are digested, on another thread
            r.takings.met(0, true);
            Instant down = r.clock.now();
            r.seconds(1).up("S1").seconds(2);
            assertThat(r.stored()).isNull();
            JsonObject figures = get(r.history.archive().history(List.of("S1"), Series.SERVICE, r.all(), 3_600));
            JsonObject s1 = figures.getJsonArray("members").getJsonObject(0);
            assertThat(sum(s1.getJsonArray("failed"))).isEqualTo(3);
            JsonObject requests = get(r.history.archive().history(List.of("S1"), Series.REQUESTS, r.all(), 3_600));
            assertThat(sum(requests.getJsonArray("members").getJsonObject(0).getJsonArray("count")))
                    .isEqualTo(1);
            assertThat(state(get(r.history.archive().fleet(well)))).isEqualTo("UP");
            assertThat(state(get(r.history.archive().fleet(down)))).isEqualTo("DOWN");
            assertThat(state(get(r.history.archive().fleet(r.clock.now())))).isEqualTo("UP");
            JsonArray incidents =
                    get(r.history.archive().incidents(r.all(), false, "", 10)).getJsonArray("incidents");
            assertThat(incidents).hasSize(1);
            JsonObject incident = incidents.getJsonObject(0);
            assertThat(incident.getString("cause")).isEqualTo("PORT_CLOSED");
            assertThat(incident.getBoolean("open")).isFalse();
            assertThat(incident.getJsonObject("requests").getLong("met")).isEqualTo(1);
            assertThat(incident.getLong("detectionMillis")).isBetween(1L, 60L);
            r.seconds(5).down("S1");
            assertThat(r.stored()).isNull();
            r.takings.met(0, false);
            r.seconds(1).up("S1").seconds(2);
            assertThat(r.stored()).isNull();
            incident = get(r.history.archive().incidents(r.all(), false, "", 10))
                    .getJsonArray("incidents")
                    .getJsonObject(0);
            assertThat(incident.getLong("times")).as("it came again").isEqualTo(2);
            assertThat(incident.getJsonObject("requests").getLong("met")).isEqualTo(2);
            assertThat(incident.getJsonObject("requests").getLong("failed")).isEqualTo(1);
            JsonObject record = get(r.history.archive().record(r.all()));
            assertThat(record.getLong("incidents")).isEqualTo(1);
            assertThat(record.getJsonObject("detection").getLong("worstMillis"))
                    .isEqualTo(incident.getLong("detectionMillis"));
        }
    }

    private static long sum(JsonArray numbers) {
        return numbers.stream()
                .mapToLong(n -> n == null ? 0 : ((Number) n).longValue())
                .sum();
    }

    private static String state(JsonObject fleet) {
        return fleet.getJsonArray("members").getJsonObject(0).getString("state");
    }

    @Test
    void whatItsOwnLoopsWereLateIsRememberedOfTheMonitorAndOfNoMember() throws Exception {
        try (Remembering r = new Remembering(file())) {
            r.seconds(2);
            for (int i = 0; i < 99; i++) {
                r.delays.record(1_000_000);
            }
            r.delays.record(80_000_000);
            r.seconds(3);
            assertThat(r.stored()).isNull();
            JsonObject lag = get(r.history.archive().history(List.of(), Series.LAG, r.all(), 3_600))
                    .getJsonObject("monitor");
            assertThat(sum(lag.getJsonArray("count"))).isEqualTo(100);
            assertThat(lag.getJsonArray("p99Millis").getDouble(0)).isCloseTo(1, within(0.04));
            assertThat(lag.getJsonArray("maxMillis").getDouble(0))
                    .as("to within a bucket")
                    .isBetween(80.0, 85.0);
            for (Series series : List.of(Series.HOST, Series.REQUESTS)) {
                JsonArray members = get(r.history.archive().history(List.of(), series, r.all(), 3_600))
                        .getJsonArray("members");
                assertThat(members)
                        .hasSize(2)
                        .allSatisfy(m -> assertThat(sum(((JsonObject) m).getJsonArray("count")))
                                .isZero());
            }
        }
    }

    @Test
    void requestsAreToldByTheClassOfTheirStatus() throws Exception {
        try (Remembering r = new Remembering(file())) {
            r.seconds(2);
            for (int status : new int[] {200, 204, 301, 404, 503, 0}) {
                r.takings.answered(0, status, 3_000_000);
            }
            r.seconds(2);
            assertThat(r.stored()).isNull();
            JsonObject s1 = get(r.history.archive().history(List.of("S1"), Series.REQUESTS, r.all(), 3_600))
                    .getJsonArray("members")
                    .getJsonObject(0);
            JsonObject statuses = s1.getJsonObject("statuses");
            assertThat(statuses.fieldNames()).containsExactlyInAnyOrder("aborted", "2xx", "3xx", "4xx", "5xx");
            assertThat(sum(statuses.getJsonArray("2xx"))).isEqualTo(2);
            long all = statuses.stream()
                    .mapToLong(e -> sum((JsonArray) e.getValue()))
                    .sum();
            assertThat(all).as("each is in one class").isEqualTo(6).isEqualTo(sum(s1.getJsonArray("count")));
        }
    }

    @Test
    void theNextRunIsToldWhatTheLastOneKnew() throws Exception {
        try (Remembering r = new Remembering(file())) {
            r.seconds(2).down("S2").seconds(0);
            assertThat(r.stored()).isNull();
        }
        try (Remembering r = new Remembering(HistoryRules.DEFAULT, file(), 8, 64 << 20)) {
            var known = r.recalled.get(20, TimeUnit.SECONDS);
            assertThat(known.verdicts())
                    .extracting(v -> v.member() + " " + v.state())
                    .containsExactlyInAnyOrder("S1 UP", "S2 DOWN");
            assertThat(known.incidents())
                    .singleElement()
                    .matches(i -> i.members().contains("S2"));
        }
    }

    @Test
    void aRunThatEndsBeforeItKnowsAnythingForgetsNothing() throws Exception {
        try (Remembering r = new Remembering(file())) {
            r.seconds(2).down("S2").seconds(0);
            assertThat(r.stored()).isNull();
        }
        try (Remembering brief = new Remembering(HistoryRules.DEFAULT, file(), 8, 64 << 20)) {
            assertThat(brief.stored()).isNull();
        }
        try (Remembering r = new Remembering(HistoryRules.DEFAULT, file(), 9, 64 << 20)) {
            assertThat(r.recalled.get(20, TimeUnit.SECONDS).verdicts())
                    .extracting(v -> v.member() + " " + v.state())
                    .containsExactlyInAnyOrder("S1 UP", "S2 DOWN");
        }
    }

    @Test
    void whileTheDatabaseIsLockedAllWaitsAndIsStoredLater() throws Exception {
        try (Remembering r = new Remembering(file())) {
            r.seconds(2);
            assertThat(r.stored()).isNull();
            long before = events(r);
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file())) {
                other.createStatement().execute("BEGIN IMMEDIATE");
                r.down("S1").up("S1");
                assertThat(r.stored()).contains("locked");
                assertThat(r.history.status().state()).isEqualTo(State.WAITING);
                assertThat(r.history.status().waiting()).isPositive();
                other.createStatement().execute("ROLLBACK");
            }
            storing(r);
            assertThat(r.stored()).isNull();
            assertThat(events(r)).isGreaterThanOrEqualTo(before + 3);
            assertThat(r.history.status().dropped()).isZero();
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsSetAsideAndKept() throws Exception {
        byte[] garbage = "this is no database, and somebody may still want it".getBytes(StandardCharsets.UTF_8);
        Files.write(file(), garbage);
        try (Remembering r = new Remembering(file())) {
            r.seconds(2);
            storing(r);
            assertThat(r.stored()).isNull();
            String kept = r.history.status().setAside();
            assertThat(kept).isNotNull();
            assertThat(Path.of(kept)).hasBinaryContent(garbage);
            assertThat(events(r)).isPositive();
            assertThat(r.recalled).isCompleted();
        }
    }

    @Test
    void aDatabaseThatIsDamagedWhileItIsUsedIsSetAsideAndNothingNewIsLost() throws Exception {
        try (Remembering r = new Remembering(file())) {
            r.seconds(3);
            assertThat(r.stored()).isNull();
        }
        byte[] bytes = Files.readAllBytes(file());
        for (int i = 2 * 8192; i < bytes.length; i++) {
            bytes[i] = (byte) 0xA5;
        }
        Files.write(file(), bytes);
        try (Remembering r = new Remembering(HistoryRules.DEFAULT, file(), 8, 64 << 20)) {
            r.seconds(2).down("S1");
            storing(r);
            assertThat(r.stored()).isNull();
            assertThat(r.history.status().setAside()).isNotNull();
            assertThat(Path.of(String.valueOf(r.history.status().setAside()))).hasBinaryContent(bytes);
            assertThat(state(get(r.history.archive().fleet(r.clock.now())))).isEqualTo("DOWN");
        }
    }

    @Test
    void aSecondMonitorDoesNotWriteIntoTheFirstOnesHistory() throws Exception {
        try (Remembering first = new Remembering(file())) {
            first.seconds(1);
            assertThat(first.stored()).isNull();
            secondIsRefused();
        }
    }

    private void secondIsRefused() throws Exception {
        try (Remembering second = new Remembering(HistoryRules.DEFAULT, file(), 8, 64 << 20)) {
            second.seconds(1);
            assertThat(second.stored()).contains("in use by another monitor");
            assertThat(second.recalled.get(10, TimeUnit.SECONDS).verdicts()).isEmpty();
        }
    }

    @Test
    void whatWaitsIsBoundedAndWhatIsLostIsCounted() throws Exception {
        HistoryRules nowhere = new HistoryRules(
                true,
                "jdbc:sqlite:" + directory.resolve("no/such/directory/history.db"),
                null,
                null,
                HistoryRules.DEFAULT.tiers(),
                HistoryRules.DEFAULT.events(),
                99.9);
        try (Remembering r = new Remembering(nowhere, file(), 7, 20_000)) {
            r.seconds(1_000).down("S1");
            await().until(() -> r.history.status().dropped() > 500);
            assertThat(r.history.status().waiting()).isBetween(10, 500);
            assertThat(r.stored()).isNotNull();
            assertThat(r.state("S1")).isEqualTo(io.echogate.model.State.DOWN);
            assertThatThrownBy(() -> get(r.history.archive().record(r.all()))).hasMessageContaining("database");
        }
    }

    @Test
    void aKilledPostgresIsWaitedForAndWrittenToLater() throws Exception {
        try (Postgres server = new Postgres()) {
            HistoryRules rules = new HistoryRules(
                    true, server.url(), null, null, HistoryRules.DEFAULT.tiers(), HistoryRules.DEFAULT.events(), 99.9);
            try (Remembering r = new Remembering(rules, file(), 7, 64 << 20)) {
                r.seconds(2);
                assertThat(r.stored()).isNull();
                long before = events(r);
                server.kill();
                r.seconds(1).down("S1").up("S1").hear("S2", Outcome.REFUSED).up("S2");
                assertThat(r.stored()).isNotNull();
                assertThat(r.history.status().state()).isEqualTo(State.WAITING);
                server.begin();
                storing(r);
                assertThat(r.stored()).isNull();
                assertThat(events(r)).isGreaterThanOrEqualTo(before + 5);
                assertThat(r.history.status().dropped()).isZero();
            }
        }
    }
}
