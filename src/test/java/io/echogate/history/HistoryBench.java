package io.echogate.history;

import com.google.errorprone.annotations.FormatMethod;
import io.echogate.clock.Chance;
import io.echogate.config.HistoryRules;
import io.echogate.meter.Buckets;
import io.echogate.model.Outcome;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Behind {@code bench/history}: days of figures through the real tables, and questions about them. */
final class HistoryBench {
    private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");
    private static final HistoryRules RULES = HistoryRules.DEFAULT;
    private static final int QUESTIONS = 20;

    /** Seconds in one transaction: a monitor commits each; that is measured apart. */
    private static final int SECONDS_AT_ONCE = 60;

    private final RandomGenerator chance = Chance.seeded(1);
    private final TreeMap<Integer, Bin> bins = new TreeMap<>();
    private final Path file;
    private final List<String> names;
    private final long seconds;

    private HistoryBench(Path directory, int members, int days) {
        this.file = directory.resolve("history-" + members + "-" + days + ".db");
        this.names = IntStream.range(0, members).mapToObj(i -> "M" + i).toList();
        this.seconds = Duration.ofDays(days).toSeconds();
    }

    public static void main(String[] args) throws Exception {
        HistoryBench bench = new HistoryBench(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        bench.removeOld();
        bench.live();
        bench.removeOld();
        bench.fill();
        bench.questions();
    }

    private void removeOld() throws IOException {
        try (Stream<Path> files = Files.list(file.resolveSibling(""))) {
            for (Path old :
                    files.filter(f -> f.toString().startsWith(file.toString())).toList()) {
                Files.delete(old);
            }
        }
    }

    @FormatMethod
    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    /** One second of everybody: a ping, an echo, some requests, now and then a failure. */
    private Moment second(long at) {
        bins.values().forEach(Bin::clear);
        for (int m = 0; m < names.size(); m++) {
            long usual = 300_000 + 20_000L * (m % 50);
            ping(Series.HOST.id(m), usual / 3);
            ping(Series.SERVICE.id(m), usual);
            Bin requests = bins.computeIfAbsent(Series.REQUESTS.id(m), x -> new Bin());
            int count = chance.nextInt(20);
            requests.count(2, count);
            for (int i = 0; i < count; i++) {
                requests.took(Buckets.of((long) (usual * Math.exp(chance.nextGaussian()))), 1);
            }
        }
        return Moment.of(at, bins);
    }

    private void ping(int series, long usual) {
        Bin bin = bins.computeIfAbsent(series, x -> new Bin());
        if (chance.nextInt(1_000) == 0) {
            bin.count(Series.code(Outcome.SILENT), 1);
        } else {
            bin.count(Series.code(Outcome.ANSWERED), 1);
            bin.took((long) (usual * Math.exp(chance.nextGaussian() / 3)));
        }
    }

    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    /** Ten minutes as a monitor does it, one transaction a second, without waiting in between. */
    private void live() throws SQLException, IOException {
        SqliteDatabase database = new SqliteDatabase(file);
        try (Connection connection = database.open()) {
            Tables tables = tables(database, connection);
            RollUp rollUp = new RollUp(connection, tables, RULES);
            List<Moment> moments = new ArrayList<>();
            long made = cpu();
            for (long s = 0; s < 600; s++) {
                moments.add(second(BEGAN.getEpochSecond() + s));
            }
            made = cpu() - made;
            long stored = cpu();
            for (Moment moment : moments) {
                tables.write(List.of(new Note.Second(moment)));
                tables.alive(BEGAN, Instant.ofEpochSecond(moment.second()));
                connection.commit();
                if (moment.second() % 60 == 59) {
                    rollUp.catchUp(Instant.ofEpochSecond(moment.second() + 1));
                }
            }
            stored = cpu() - stored;
            say("| what is remembered | processor time for each second of it |");
            say("|---|---|");
            say("| %d members, notes made | %.2f ms |", names.size(), made / 600e6);
            say("| stored, a commit each second, rolled up each minute | %.2f ms |", stored / 600e6);
        }
        database.close();
    }

    private Tables tables(SqliteDatabase database, Connection connection) throws SQLException {
        database.migrate();
        connection.setAutoCommit(false);
        return new Tables(connection, 1, names);
    }

    /** What is older than two hours is written as the blocks that rolling up makes of it, the rest goes all the way. */
    private void fill() throws SQLException, IOException {
        SqliteDatabase database = new SqliteDatabase(file);
        long end = BEGAN.getEpochSecond() + seconds;
        long recent = end - 7_200;
        try (Connection connection = database.open()) {
            Tables tables = tables(database, connection);
            for (HistoryRules.Tier tier : RULES.tiers()) {
                long step = tier.step().toSeconds();
                long from = Math.max(BEGAN.getEpochSecond(), end - tier.keep().toSeconds());
                if (step > 1) {
                    blocks(tables, step, from - from % (60 * step), recent);
                }
                tables.update("INSERT INTO mark (step, upto) VALUES (?, ?)", step, recent);
                connection.commit();
            }
            RollUp rollUp = new RollUp(connection, tables, RULES);
            for (long s = recent; s < end; s += SECONDS_AT_ONCE) {
                List<Note> notes = new ArrayList<>();
                for (int i = 0; i < SECONDS_AT_ONCE; i++) {
                    notes.add(new Note.Second(second(s + i)));
                }
                tables.write(notes);
                connection.commit();
                rollUp.catchUp(Instant.ofEpochSecond(s + SECONDS_AT_ONCE));
            }
            rollUp.prune(Instant.ofEpochSecond(end), RULES);
            connection.commit();
        }
        database.close();
        say("");
        say(
                "%d members, %d simulated days: the file has %.0f MiB.",
                names.size(), seconds / 86_400, Files.size(file) / 1048576.0);
        say("");
    }

    private void blocks(Tables tables, long step, long from, long to) throws SQLException {
        int[] drawn = chance.ints(8_192, 80, 140).toArray();
        int next = 0;
        Bin bin = new Bin();
        long draws = Math.min(step, 120);
        for (long start = from; start < to; start += 60 * step) {
            for (int m = 0; m < names.size(); m++) {
                int member = tables.member(names.get(m));
                for (Series series : Series.values()) {
                    Block.Writer writer = new Block.Writer();
                    for (int i = 0; i < Block.BINS && start + i * step < to; i++) {
                        for (long d = 0; d < draws; d++) {
                            bin.took(drawn[next++ % drawn.length] + m % 20, step / draws);
                        }
                        bin.count(series == Series.REQUESTS ? 2 : 0, step);
                        bin.count(1, next % 97 == 0 ? 1 : 0);
                        writer.add(i, bin);
                        bin.clear();
                    }
                    tables.update(
                            "INSERT INTO block (step, start, series, data) VALUES (?, ?, ?, ?)",
                            step,
                            start,
                            series.id(member),
                            writer.bytes());
                }
            }
        }
    }

    private void questions() throws SQLException, IOException {
        SqliteDatabase database = new SqliteDatabase(file);
        say("| question | items | median | worst of %d |", QUESTIONS);
        say("|---|---|---|---|");
        long day = 86_400;
        for (long days : List.of(1L, 7L, seconds / day)) {
            for (int members : List.of(1, names.size())) {
                for (long step : members == 1 ? List.of(0L, 60L) : List.of(0L, 3_600L)) {
                    ask(database, days, members, step);
                }
            }
        }
        database.close();
    }

    private void ask(SqliteDatabase database, long days, int members, long step) throws SQLException {
        long end = BEGAN.getEpochSecond() + seconds;
        long[] took = new long[QUESTIONS];
        long items = 0;
        long every = 0;
        for (int i = 0; i < QUESTIONS; i++) {
            long began = System.nanoTime();
            try (Connection from = database.readers().getConnection()) {
                Map<Integer, String> wanted = new LinkedHashMap<>();
                Map<String, Integer> known = Tables.members(from);
                for (int m = 0; m < members; m++) {
                    String name = names.get(members == 1 ? i % names.size() : m);
                    wanted.put(known.get(name), name);
                }
                Charts charts = new Charts(from, RULES, end);
                Charts.Plan plan = charts.plan(wanted, Series.SERVICE, end - days * 86_400, end, step);
                JsonObject answer = charts.read(plan);
                items = (long) plan.size() * members;
                every = answer.getLong("stepMillis") / 1_000;
                answer.toBuffer();
            }
            took[i] = System.nanoTime() - began;
        }
        Arrays.sort(took);
        say(
                "| %d days of %d, every %d s | %d | %.1f ms | %.1f ms |",
                days, members, every, items, took[QUESTIONS / 2] / 1e6, took[QUESTIONS - 1] / 1e6);
    }
}
