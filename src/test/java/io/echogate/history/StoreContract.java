package io.echogate.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.echogate.clock.Chance;
import io.echogate.config.HistoryRules;
import io.echogate.config.HistoryRules.Tier;
import io.echogate.config.StatusRules.Component;
import io.echogate.meter.Buckets;
import io.echogate.model.Cause;
import io.echogate.model.Event;
import io.echogate.model.Outcome;
import io.echogate.model.State;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every kind of database does: stores, rolls up, prunes, answers, remembers. */
abstract class StoreContract {
    private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");
    private static final long T0 = BEGAN.getEpochSecond();
    private static final long EPOCH = 7;
    private static final List<String> MEMBERS = List.of("S1", "S2");
    private static final HistoryRules RULES = HistoryRules.DEFAULT;

    private Database database;
    private Connection connection;
    private Tables tables;

    abstract Database begin() throws Exception;

    @BeforeEach
    void open() throws Exception {
        database = begin();
        connect(EPOCH);
    }

    private void connect(long epoch) throws SQLException, IOException {
        connection = database.open();
        database.migrate();
        connection.setAutoCommit(false);
        tables = new Tables(connection, epoch, MEMBERS);
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
        database.close();
    }

    /** One ping of each member each second for so long, S2's failing each tenth time; returns their round trips. */
    private Map<Long, Long> pings(long from, long seconds) throws SQLException {
        RandomGenerator chance = Chance.seeded(from);
        Map<Long, Long> trips = new TreeMap<>();
        for (long s = from; s < from + seconds; s++) {
            TreeMap<Integer, Bin> bins = new TreeMap<>();
            long trip = 1_000_000L + chance.nextInt(50_000_000);
            trips.put(s, trip);
            for (int m = 0; m < MEMBERS.size(); m++) {
                Bin bin = new Bin();
                if (m == 1 && s % 10 == 0) {
                    bin.count(Series.code(Outcome.REFUSED), 1);
                } else {
                    bin.count(Series.code(Outcome.ANSWERED), 1);
                    bin.took(trip);
                }
                bins.put(Series.SERVICE.id(m), bin);
            }
            tables.write(List.of(new Note.Second(Moment.of(s, bins))));
            tables.alive(BEGAN, Instant.ofEpochSecond(s));
        }
        connection.commit();
        return trips;
    }

    private void rollUp(long now) throws SQLException {
        RollUp rollUp = new RollUp(connection, tables, RULES);
        for (int i = 0; !rollUp.catchUp(Instant.ofEpochSecond(now)); i++) {
            assertThat(i).as("it comes to an end").isLessThan(1_000);
        }
    }

    private JsonObject chart(String member, long from, long to, long step, long now) throws SQLException {
        Map<Integer, String> wanted = new LinkedHashMap<>();
        wanted.put(tables.member(member), member);
        Charts charts = new Charts(connection, RULES, now);
        JsonObject all = charts.read(charts.plan(wanted, Series.SERVICE, from, to, step));
        assertThat(all.getLong("stepMillis")).isEqualTo(step * 1000);
        return all.getJsonArray("members").getJsonObject(0);
    }

    private static long sum(JsonArray numbers) {
        return numbers.stream()
                .mapToLong(n -> n == null ? 0 : ((Number) n).longValue())
                .sum();
    }

    @Test
    void everySecondIsInEveryTierOnceHoweverItIsAskedFor() throws SQLException {
        Map<Long, Long> trips = pings(T0, 7_500);
        long[] sorted =
                trips.values().stream().mapToLong(Long::longValue).sorted().toArray();
        for (boolean rolled : List.of(false, true)) {
            if (rolled) {
                rollUp(T0 + 7_500);
            }
            for (long step : List.of(1L, 10L, 60L, 3600L, 120L)) {
                JsonObject s1 = chart("S1", T0, T0 + 7_500, step, T0 + 3_600);
                assertThat(sum(s1.getJsonArray("count"))).as("step %s", step).isEqualTo(7_500);
                assertThat(sum(s1.getJsonArray("failed"))).isZero();
                JsonObject s2 = chart("S2", T0, T0 + 7_500, step, T0 + 3_600);
                assertThat(sum(s2.getJsonArray("count"))).isEqualTo(7_500);
                assertThat(sum(s2.getJsonArray("failed"))).isEqualTo(750);
                assertThat(sum(s2.getJsonObject("outcomes").getJsonArray("REFUSED")))
                        .isEqualTo(750);
            }
        }
        JsonObject hour = chart("S1", T0, T0 + 3_600, 3_600, T0 + 7_500);
        long[] first =
                Arrays.copyOf(trips.values().stream().mapToLong(Long::longValue).toArray(), 3_600);
        Arrays.sort(first);
        assertThat(hour.getJsonArray("p50Millis").getDouble(0))
                .isCloseTo(first[1_799] / 1e6, within(first[1_799] / 3e7));
        assertThat(hour.getJsonArray("p99Millis").getDouble(0))
                .isCloseTo(first[3_563] / 1e6, within(first[3_563] / 3e7));
        assertThat(hour.getJsonArray("maxMillis").getDouble(0)).isCloseTo(first[3_599] / 1e6, within(0.0021));
        assertThat(sorted).hasSize(7_500);
    }

    @Test
    void rollingUpLeavesNoSecondBehindAndIsDoneOnce() throws SQLException {
        pings(T0, 3_700);
        rollUp(T0 + 3_700);
        assertThat(tables.number("SELECT COUNT(*) FROM moment")).isEqualTo(40);
        assertThat(tables.number("SELECT COUNT(*) FROM block WHERE step = 1")).isEqualTo(2 * 61);
        assertThat(tables.number("SELECT COUNT(*) FROM block WHERE step = 10")).isEqualTo(2 * 7);
        assertThat(tables.number("SELECT COUNT(*) FROM block WHERE step = 60")).isEqualTo(2);
        assertThat(tables.number("SELECT COUNT(*) FROM block WHERE step = 3600"))
                .isEqualTo(2);
        long before = tables.number("SELECT SUM(LENGTH(data)) FROM block");
        rollUp(T0 + 3_700);
        assertThat(tables.number("SELECT SUM(LENGTH(data)) FROM block")).isEqualTo(before);
    }

    @Test
    void theMonitorsOwnFiguresAreInEveryTierAndMembersOnesAreNotAmongThem() throws SQLException {
        pings(T0, 60);
        for (long s = T0; s < T0 + 7_500; s++) {
            Bin bin = new Bin();
            bin.took(s % 100 == 0 ? 50_000_000 : 1_000_000);
            TreeMap<Integer, Bin> bins = new TreeMap<>(Map.of(Series.LAG.id(Series.MONITOR), bin));
            tables.write(List.of(new Note.Second(Moment.of(s, bins))));
        }
        connection.commit();
        rollUp(T0 + 7_500);
        for (long step : List.of(10L, 3_600L)) {
            Charts charts = new Charts(connection, RULES, T0 + 7_500);
            Map<Integer, String> monitor = Map.of(Series.MONITOR, "");
            JsonObject lag = charts.read(charts.plan(monitor, Series.LAG, T0, T0 + 7_500, step))
                    .getJsonObject("monitor");
            assertThat(sum(lag.getJsonArray("count"))).as("step %s", step).isEqualTo(7_500);
            assertThat(lag.getJsonArray("maxMillis").getDouble(0)).isCloseTo(50, within(0.0021));
            assertThat(lag.containsKey("failed")).isFalse();
        }
        assertThat(sum(chart("S1", T0, T0 + 60, 60, T0 + 60).getJsonArray("count")))
                .isEqualTo(60);
    }

    @Test
    void aGapInTimeIsAGapInTheChart() throws SQLException {
        pings(T0, 30);
        pings(T0 + 90_000, 30);
        rollUp(T0 + 90_100);
        JsonArray counts = chart("S1", T0, T0 + 93_600, 3_600, T0 + 90_100).getJsonArray("count");
        assertThat(counts.getValue(0)).isEqualTo(30L);
        assertThat(counts.getValue(12)).isNull();
        assertThat(counts.getValue(25)).isEqualTo(30L);
    }

    @Test
    void whatIsOlderThanItIsKeptGoesAndTheCoarserStays() throws SQLException {
        pings(T0, 120);
        rollUp(T0 + 120);
        long later = T0 + Duration.ofDays(40).toSeconds();
        rollUp(later);
        new RollUp(connection, tables, RULES).prune(Instant.ofEpochSecond(later), RULES);
        for (Tier tier : RULES.tiers()) {
            long rows = tables.number(
                    "SELECT COUNT(*) FROM block WHERE step = ?", tier.step().toSeconds());
            assertThat(rows).as("%s", tier).isEqualTo(tier.keep().toDays() > 40 ? 2 : 0);
        }
        assertThat(sum(chart("S1", T0, T0 + 3_600, 3_600, later).getJsonArray("count")))
                .isEqualTo(120);
    }

    private static Event event(long seq, long second, String member, State from, State to) {
        Instant at = Instant.ofEpochSecond(second);
        Cause cause = to == State.DOWN ? Cause.FROZEN : Cause.NONE;
        return new Event(seq, at, "member_state", member, from, to, cause, "why <b>", List.of("line 'one'"));
    }

    @Test
    void eventsAreFoundByRangeMemberAndPage() throws SQLException {
        for (int i = 1; i <= 25; i++) {
            Event event = event(i, T0 + i, i % 2 == 0 ? "S1" : "S2", State.UP, State.DOWN);
            tables.write(List.of(new Note.Happened(event), new Note.Happened(event)));
        }
        Archive.Range range = new Archive.Range(BEGAN, BEGAN.plusSeconds(21));
        JsonObject first = Past.events(connection, range, "", "", 0, 15);
        assertThat(seqs(first)).containsExactly(20L, 19L, 18L, 17L, 16L, 15L, 14L, 13L, 12L, 11L, 10L, 9L, 8L, 7L, 6L);
        assertThat(seqs(Past.events(connection, range, "", "", first.getLong("next"), 15)))
                .containsExactly(5L, 4L, 3L, 2L, 1L);
        assertThat(seqs(Past.events(connection, range, "S1", "member_state", 0, 3)))
                .containsExactly(20L, 18L, 16L);
        assertThat(seqs(Past.events(connection, range, "S1", "isolated", 0, 3))).isEmpty();
        JsonObject newest = first.getJsonArray("events").getJsonObject(0);
        assertThat(newest.getString("at")).isEqualTo("2026-01-01T00:00:20.000Z");
        assertThat(newest.getJsonArray("evidence").getString(0)).isEqualTo("line 'one'");
    }

    private static List<Long> seqs(JsonObject page) {
        return page.getJsonArray("events").stream()
                .map(e -> ((JsonObject) e).getLong("seq"))
                .toList();
    }

    private void stood(String member, long second, long seq, String state, String cause) throws SQLException {
        JsonObject data = member.isEmpty()
                ? new JsonObject()
                        .put("serves", state.equals("UP"))
                        .put("asked", true)
                        .put("isolated", state.equals("ISOLATED"))
                : new JsonObject()
                        .put("url", "http://" + member)
                        .put("state", state)
                        .put("cause", cause)
                        .put("why", "because")
                        .put("since", second * 1000)
                        .put("intent", cause.equals("PLANNED") ? "MAINTENANCE" : "READY")
                        .put("serving", state.equals("UP"))
                        .put("host", "UP");
        tables.write(List.of(new Note.Stood(member, Instant.ofEpochSecond(second), seq, data)));
    }

    @Test
    void theFleetIsFoundAsItWas() throws SQLException {
        tables.alive(BEGAN, BEGAN.plusSeconds(100));
        stood("S1", T0, 1, "UNKNOWN", "NONE");
        stood("S1", T0 + 1, 2, "UP", "NONE");
        stood("S1", T0 + 50, 9, "SUSPECT", "FROZEN");
        stood("S1", T0 + 50, 10, "DOWN", "FROZEN");
        stood("", T0 + 50, 10, "DOWN", "");
        Charts charts = new Charts(connection, RULES, T0 + 100);
        assertThat(state(Past.fleet(connection, Instant.ofEpochSecond(T0), charts)))
                .isEqualTo("UNKNOWN NONE");
        assertThat(state(Past.fleet(connection, Instant.ofEpochSecond(T0 + 49), charts)))
                .isEqualTo("UP NONE");
        assertThat(state(Past.fleet(connection, Instant.ofEpochSecond(T0 + 99), charts)))
                .isEqualTo("DOWN FROZEN");
        assertThat(Past.fleet(connection, Instant.ofEpochSecond(T0 + 200), charts)
                        .getBoolean("known"))
                .isFalse();
        assertThat(Past.fleet(connection, Instant.ofEpochSecond(T0 - 1), charts).getBoolean("known"))
                .isFalse();
    }

    private static String state(JsonObject fleet) {
        JsonObject member = fleet.getJsonArray("members").getJsonObject(0);
        return member.getString("state") + " " + member.getString("cause");
    }

    @Test
    void availabilityIsWeightedByTimeAndLeavesOutWhatNobodySaw() throws SQLException {
        tables.alive(BEGAN, BEGAN.plusSeconds(1_000));
        stood("", T0, 1, "UP", "");
        stood("S1", T0, 1, "UP", "NONE");
        stood("S1", T0 + 100, 2, "DOWN", "FROZEN");
        stood("S1", T0 + 110, 3, "UP", "NONE");
        stood("S1", T0 + 500, 4, "DOWN", "PLANNED");
        stood("S1", T0 + 600, 5, "UP", "NONE");
        stood("", T0 + 800, 6, "ISOLATED", "");
        stood("", T0 + 900, 7, "UP", "");
        Archive.Range range = new Archive.Range(BEGAN.minusSeconds(50), BEGAN.plusSeconds(2_000));
        JsonObject s1 =
                Availability.of(connection, range, 99).getJsonArray("members").getJsonObject(0);
        assertThat(s1.getLong("downMillis")).isEqualTo(10_000);
        assertThat(s1.getLong("plannedMillis")).isEqualTo(100_000);
        assertThat(s1.getLong("upMillis")).isEqualTo(790_000);
        assertThat(s1.getLong("unseenMillis")).isEqualTo(1_150_000);
        assertThat(s1.getDouble("availabilityPercent")).isCloseTo(98.75, within(0.0001));
        assertThat(s1.getLong("budgetMillis")).isEqualTo(8_000);
        assertThat(s1.getLong("budgetLeftMillis")).isEqualTo(-2_000);
    }

    @Test
    void eachDayIsCutAtTheReadersMidnightAndNothingIsLostOnTheWay() throws SQLException {
        long noon = T0 + 12 * 3_600;
        tables.alive(BEGAN, BEGAN.plusSeconds(2 * 86_400));
        stood("", T0, 1, "UP", "");
        stood("S1", T0, 1, "UP", "NONE");
        stood("S1", noon + 11 * 3_600, 2, "DOWN", "FROZEN");
        stood("S1", noon + 14 * 3_600, 3, "UP", "NONE");
        stood("S1", noon + 20 * 3_600, 4, "DOWN", "PLANNED");
        stood("S1", noon + 21 * 3_600, 5, "UP", "NONE");
        Instant now = BEGAN.plusSeconds(2 * 86_400 - 3_600);
        JsonObject utc = new Days(now, 3, Duration.ZERO).of(connection, List.of("S1"));
        assertThat(utc.getJsonArray("days")).containsExactly("2025-12-31", "2026-01-01", "2026-01-02");
        JsonObject s1 = utc.getJsonArray("members").getJsonObject(0);
        assertThat(hours(s1, "downMillis")).containsExactly(0L, 1L, 2L);
        assertThat(hours(s1, "plannedMillis")).containsExactly(0L, 0L, 1L);
        assertThat(hours(s1, "unseenMillis")).containsExactly(24L, 0L, 0L);
        assertThat(s1.getJsonArray("availabilityPercent").getValue(0)).isNull();
        assertThat(s1.getJsonArray("availabilityPercent").getDouble(1)).isCloseTo(95.8333, within(0.0001));
        assertThat(s1.getJsonArray("availabilityPercent").getDouble(2)).isCloseTo(90.909, within(0.0001));
        assertThat(utc.getJsonObject("pool").getJsonArray("availabilityPercent"))
                .containsExactly(null, 100.0, 100.0);
        JsonObject east = new Days(now, 2, Duration.ofHours(3)).of(connection, List.of("S1", "S2"));
        assertThat(east.getJsonArray("days")).containsExactly("2026-01-02", "2026-01-03");
        assertThat(hours(east.getJsonArray("members").getJsonObject(0), "downMillis"))
                .containsExactly(3L, 0L);
        assertThat(hours(east.getJsonArray("members").getJsonObject(1), "unseenMillis"))
                .containsExactly(24L, 2L);
    }

    @Test
    void thePublicIsToldHowThingsThatAreMadeOfMembersWorked() throws SQLException {
        tables.alive(BEGAN, BEGAN.plusSeconds(2 * 86_400));
        stood("", T0, 1, "UP", "");
        stood("S1", T0, 1, "UP", "NONE");
        stood("S2", T0, 1, "UP", "NONE");
        stood("S1", T0 + 1_000, 2, "DOWN", "FROZEN");
        stood("S2", T0 + 1_500, 3, "DOWN", "FROZEN");
        stood("S1", T0 + 1_600, 4, "UP", "NONE");
        stood("S2", T0 + 2_000, 5, "UP", "PLANNED");
        stood("S2", T0 + 3_000, 6, "UP", "NONE");
        stood("", T0 + 3_500, 7, "ISOLATED", "");
        stood("", T0 + 3_600, 8, "UP", "");
        long noon = T0 + 86_400 + 12 * 3_600;
        stood("S2", noon - 50, 9, "DOWN", "FROZEN");
        stood("", noon - 40, 10, "ISOLATED", "");
        stood("", noon - 30, 11, "UP", "");
        Instant now = Instant.ofEpochSecond(noon);
        Shown shown = Shown.of(
                connection,
                List.of(
                        new Component("any", List.of("S1", "S2"), false),
                        new Component("all", List.of("S1", "S2"), true),
                        new Component("nobody", List.of("S9"), false)),
                now);
        assertThat(shown.days()).hasSize(Shown.DAYS).endsWith("2026-01-01", "2026-01-02");
        Shown.Track any = shown.tracks().getFirst();
        assertThat(any.outages()).containsExactly(new Shown.Outage(false, at(T0 + 1_500), at(T0 + 1_600)));
        assertThat(any.days().get(88).downMillis()).isEqualTo(100_000);
        assertThat(any.days().get(89)).isEqualTo(new Shown.Day(100.0, 0, 0));
        assertThat(any.days().getFirst().percent()).isNull();
        assertThat(any.percents().getFirst()).isEqualTo(100.0);
        assertThat(any.percents().get(1)).isBetween(99.9, 99.93);
        Shown.Track all = shown.tracks().get(1);
        assertThat(all.outages())
                .containsExactly(
                        new Shown.Outage(false, at(T0 + 1_000), at(T0 + 2_000)),
                        new Shown.Outage(true, at(T0 + 2_000), at(T0 + 3_000)),
                        new Shown.Outage(false, at(noon - 50), null));
        assertThat(all.days().get(88))
                .isEqualTo(new Shown.Day(
                        Math.floor(1e6 * (86_400 - 2_100) / (86_400 - 1_100)) / 1e4, 1_000_000, 1_000_000));
        assertThat(all.days().get(89).downMillis()).isEqualTo(40_000);
        assertThat(shown.tracks().getLast().percents()).containsOnlyNulls();
        assertThat(shown.tracks().getLast().outages()).isEmpty();
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }

    @Test
    void aFailureBeforeAndAfterAShortGapIsOneAndALongGapEndsIt() throws SQLException, IOException {
        tables.alive(BEGAN, BEGAN.plusSeconds(100));
        stood("", T0, 1, "UP", "");
        stood("S1", T0, 1, "DOWN", "FROZEN");
        connection.commit();
        long[] began = {T0 + 160, T0 + 2_000};
        for (int i = 0; i < began.length; i++) {
            connection.close();
            connect(EPOCH + 1 + i);
            tables.alive(at(began[i]), at(began[i] + 40));
            stood("", began[i], 1, "UP", "");
            stood("S1", began[i] + 10, 1, "DOWN", "FROZEN");
            connection.commit();
        }
        Shown shown = Shown.of(connection, List.of(new Component("one", List.of("S1"), false)), at(T0 + 5_000));
        assertThat(shown.tracks().getFirst().outages())
                .containsExactly(
                        new Shown.Outage(false, at(T0), at(T0 + 200)),
                        new Shown.Outage(false, at(T0 + 2_010), at(T0 + 2_040)));
    }

    private static List<Long> hours(JsonObject columns, String name) {
        return columns.getJsonArray(name).stream()
                .map(millis -> ((Number) millis).longValue() / 3_600_000)
                .toList();
    }

    @Test
    void theNextRunRemembersTheLastVerdicts() throws SQLException, IOException {
        tables.alive(BEGAN, BEGAN.plusSeconds(33));
        stood("S1", T0 + 5, 2, "UP", "NONE");
        stood("S2", T0 + 6, 3, "UP", "NONE");
        stood("S2", T0 + 9, 4, "DOWN", "HOST_SILENT");
        connection.commit();
        connection.close();
        connect(EPOCH + 1);
        Memory memory = Memory.of(connection, EPOCH + 1);
        assertThat(memory.verdicts())
                .extracting(r -> r.member() + " " + r.state() + " " + r.cause() + " " + r.since() + " " + r.at())
                .containsExactlyInAnyOrder(
                        "S1 UP NONE 2026-01-01T00:00:05Z 2026-01-01T00:00:33Z",
                        "S2 DOWN HOST_SILENT 2026-01-01T00:00:09Z 2026-01-01T00:00:33Z");
        assertThat(Memory.of(connection, EPOCH).verdicts()).isEmpty();
    }

    @Test
    void aBlockOfManyKindsOfAnswersIsReadAsItWasWritten() {
        Block.Writer writer = new Block.Writer();
        Bin bin = new Bin();
        for (int step = 0; step < Block.BINS; step++) {
            for (int bucket = 0; bucket < Buckets.COUNT; bucket++) {
                bin.took(bucket, 1 + step + bucket);
            }
            writer.add(step, bin);
            bin.clear();
        }
        byte[] block = writer.bytes();
        long[] steps = new long[1];
        try (Block.Unpacker unpacker = new Block.Unpacker()) {
            for (int again = 0; again < 2; again++) {
                unpacker.read(block, (step, in) -> {
                    bin.merge(in);
                    steps[0] += bin.timed();
                    bin.clear();
                });
            }
        }
        long each = Buckets.COUNT * (Buckets.COUNT + 1L) / 2;
        assertThat(steps[0]).isEqualTo(2 * (Block.BINS * each + Buckets.COUNT * Block.BINS * (Block.BINS - 1L) / 2));
    }

    @Test
    void whatIsDamagedIsAGapAndHoldsNothingUp() throws SQLException {
        pings(T0, 60);
        tables.update("INSERT INTO moment (second, data) VALUES (?, ?)", T0 + 30, new byte[] {5, 100, 1});
        assertThat(sum(chart("S1", T0, T0 + 60, 60, T0 + 60).getJsonArray("count")))
                .isEqualTo(60);
        rollUp(T0 + 120);
        assertThat(tables.number("SELECT COUNT(*) FROM moment")).isZero();
        tables.update("UPDATE block SET data = ? WHERE series = ?", new byte[] {1, 2, 3}, Series.SERVICE.id(1));
        assertThat(sum(chart("S1", T0, T0 + 60, 1, T0 + 60).getJsonArray("count")))
                .isZero();
        assertThat(sum(chart("S2", T0, T0 + 60, 1, T0 + 60).getJsonArray("count")))
                .isEqualTo(60);
    }

    @Test
    void bucketsHoldEveryDurationToWithinThreePercent() {
        RandomGenerator chance = Chance.seeded(1);
        for (int i = 0; i < 100_000; i++) {
            long nanos = (1L << (13 + chance.nextInt(22))) + chance.nextInt(8_192);
            int bucket = Buckets.of(nanos);
            assertThat(Buckets.lower(bucket)).isLessThanOrEqualTo(nanos);
            assertThat(Buckets.upper(bucket)).isGreaterThanOrEqualTo(nanos);
            assertThat(Buckets.upper(bucket) - Buckets.lower(bucket)).isLessThanOrEqualTo(nanos / 16);
        }
    }
}
