package io.echogate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.clock.Chance;
import io.echogate.clock.ManualClock;
import io.echogate.config.Config;
import io.echogate.config.ConfigReader;
import io.echogate.config.Parsed;
import io.echogate.fleet.FleetWriter;
import io.echogate.history.Recorder;
import io.echogate.model.Cause;
import io.echogate.model.Command;
import io.echogate.model.Detail;
import io.echogate.model.Drill;
import io.echogate.model.Echo;
import io.echogate.model.Event;
import io.echogate.model.Icmp;
import io.echogate.model.Incident;
import io.echogate.model.Intent;
import io.echogate.model.Kind;
import io.echogate.model.Member;
import io.echogate.model.Order;
import io.echogate.model.Outcome;
import io.echogate.model.Recollection;
import io.echogate.model.State;
import io.echogate.model.Timing;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was recorded is judged the same again, and whatever is not as it was recorded is said in one line. */
final class ReplayTest {
    private static final String CONFIG = """
            pollFreq: 1s
            witness: [10.0.0.1]
            members:
              - {name: S1, url: "http://127.0.0.11:3999"}
              - {name: S2, url: "http://s2.example:3999"}
              - {name: S3, url: "http://[::1]:3999"}
            watch:
              - {name: gw, url: "icmp://10.0.0.2"}
              - {name: db, url: "tcp://db.example:5432"}
            """;
    private static final List<Kind> KINDS = List.of(Kind.ICMP, Kind.HTTP, Kind.TRAFFIC);
    private static final List<String> NAMES = List.of("S1", "S2", "S3", "gw", "db", "stranger");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private final Path dir;

    ReplayTest(@TempDir Path dir) {
        this.dir = dir;
    }

    /** A writer on a moved clock whose every drain is recorded. */
    private final class Recorded {
        private final ManualClock clock = new ManualClock().advance(Duration.ofHours(1_234));
        private final Queue<Runnable> work = new ArrayDeque<>();
        private final Path file = dir.resolve("rec.jsonl");
        private final RandomGenerator random;
        private final FleetWriter writer;
        private final Recorder recorder;
        private final List<Event> events = new ArrayList<>();
        private long question;

        private Recorded(long seed) throws IOException {
            random = Chance.seeded(seed);
            Config config = ((Parsed.Good) ConfigReader.read("fleet.yaml", CONFIG)).config();
            writer = new FleetWriter(config, clock, 42, work::add, index -> answered());
            RecordTo to = new RecordTo(file, Recorder.DEFAULT_LIMIT_BYTES, "fleet.yaml", CONFIG);
            recorder = to.begin(writer.get());
            writer.tap(recorder);
        }

        /** Now and then a client has just been answered: that vetoes a probe's silence. */
        private long answered() {
            return random.nextInt(4) == 0 ? clock.nanos() - random.nextLong(900_000_000) : Long.MIN_VALUE;
        }

        private Recorded live(int drains) {
            for (int i = 0; i < drains; i++) {
                clock.advance(Duration.ofNanos(random.nextLong(400_000_000)));
                boolean cutOff = i % 300 > 240;
                for (int n = random.nextInt(4); n >= 0; n--) {
                    writer.accept(command(cutOff));
                }
                long before = writer.get().seq();
                while (!work.isEmpty()) {
                    work.remove().run();
                }
                writer.get().events().stream().filter(e -> e.seq() > before).forEach(events::add);
            }
            return this;
        }

        private Command command(boolean cutOff) {
            return switch (cutOff ? random.nextInt(4) : random.nextInt(40)) {
                case 3 -> new Command.Witness(!cutOff && random.nextInt(10) > 0, clock.nanos(), "10.0.0.1");
                case 4 -> new Command.Missed(random.nextLong(3_000_000_000L));
                case 5 ->
                    new Command.IcmpIs(
                            random.nextBoolean()
                                    ? new Icmp(Icmp.Mode.NONE, "open \"it\" so")
                                    : new Icmp(Icmp.Mode.DATAGRAM, ""));
                case 6 -> new Command.Resolved("S2", new InetSocketAddress("10.0.0." + random.nextInt(9), 3000));
                case 7 -> new Command.Resolved("S3", new InetSocketAddress("fe80::1", 3000));
                case 8 -> new Command.Ordered(anyName(), order(), random.nextInt(4) == 0, refusal -> {});
                case 9 -> new Command.Lapse();
                case 10 -> new Command.Cut(anyName(), random.nextInt(3) + 1L);
                case 11 -> new Command.Drilled(drill(), random.nextInt(4) == 0, refusal -> {});
                case 12 -> new Command.DrillEnds(anyName(), "ended by \"bob\"", refusal -> {});
                case 13 -> new Command.Remarked(remark(), refusal -> {});
                case 14 -> new Command.Recalled(List.of(remembered()), List.of());
                default -> new Command.Heard(echo(cutOff));
            };
        }

        private String anyName() {
            return NAMES.get(random.nextInt(NAMES.size()));
        }

        private Detail.Remark remark() {
            List<Incident> known = writer.get().incidents();
            String id = known.isEmpty() || random.nextInt(4) == 0
                    ? "42-0"
                    : known.get(random.nextInt(known.size())).id();
            return new Detail.Remark(id, "al\"ice", random.nextBoolean() ? "" : "Ü \u0007", random.nextBoolean());
        }

        private Recollection remembered() {
            Instant at = clock.now().minusNanos(random.nextLong(9_000_000_000L));
            State state = random.nextBoolean() ? State.UP : State.DOWN;
            Cause cause = state == State.UP ? Cause.NONE : Cause.FROZEN;
            Member m = writer.get().at(random.nextInt(3));
            return new Recollection(
                    m.name(), m.url(), state, cause, at.minusNanos(random.nextLong(9_999)), "wh\"y", at);
        }

        private Drill drill() {
            Drill.Mode[] modes = Drill.Mode.values();
            Instant now = clock.now();
            return new Drill(anyName(), modes[random.nextInt(3)], "al\"ice", "", now, now.plusSeconds(3), 0);
        }

        private Order order() {
            Instant now = clock.now();
            if (random.nextInt(3) == 0) {
                return Order.ready("al\"ice", "", now);
            }
            Instant until = random.nextBoolean() ? now.plusNanos(random.nextLong(9_000_000_000L)) : null;
            Intent intent = random.nextBoolean() ? Intent.DRAIN : Intent.MAINTENANCE;
            return new Order(intent, "bob", "Ünlikely \u0007 reason", now, until, now.plusSeconds(5), Order.NEVER);
        }

        private Echo echo(boolean cutOff) {
            Outcome[] all = Outcome.values();
            Outcome outcome = cutOff
                    ? Outcome.SILENT
                    : random.nextInt(3) > 0 ? Outcome.ANSWERED : all[random.nextInt(all.length)];
            Kind kind = KINDS.get(random.nextInt(cutOff ? 2 : 3));
            long asked = clock.nanos() - random.nextLong(cutOff ? 90_000_000 : 900_000_000);
            Timing timing = new Timing(0, random.nextLong(9_999), Timing.UNREACHED, clock.nanos() - asked);
            long number = random.nextInt(8) == 0 ? question - 2 : question++;
            String member = NAMES.get(random.nextInt(cutOff ? 5 : NAMES.size()));
            boolean acknowledged = !cutOff && random.nextBoolean();
            String detail = "Ünlikely \"detail\" \u0007 \n of " + outcome;
            return new Echo(kind, member, number, asked, clock.nanos(), outcome, timing, 200, acknowledged, detail);
        }

        private Path end() {
            recorder.close();
            return file;
        }
    }

    private int replay(Path file) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), "replay", file.toString());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void all_sorts_of_evidence_are_judged_the_same_again(long seed) throws IOException {
        Recorded recorded = new Recorded(seed).live(3_000);
        assertThat(replay(recorded.end())).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("the recording ends here: the monitor ended")
                .contains("same: all " + recorded.events.size() + " events, with the verdicts of 3000 snapshots");
        Set<Object> seen = new HashSet<>();
        recorded.events.forEach(e -> seen.addAll(List.of(e.type(), e.to(), e.cause())));
        assertThat(seen)
                .as("the test would prove little without them")
                .contains("isolated", "isolation_over", "not_looking", "icmp_unavailable", "host_silent")
                .contains("intent_changed", "requests_cut")
                .contains(State.UP, State.SUSPECT, State.DOWN, State.RECOVERING)
                .contains(Cause.ISOLATED, Cause.FROZEN, Cause.HOST_SILENT, Cause.PORT_CLOSED, Cause.BROKEN);
    }

    @Test
    void what_was_changed_afterwards_shows_as_the_first_difference() throws IOException {
        Path file = new Recorded(4).live(300).end();
        List<String> lines = Files.readAllLines(file);
        int at = 0;
        while (!lines.get(at).contains("\"state\":\"SUSPECT\"")) {
            at++;
        }
        List<String> tampered = new ArrayList<>(lines);
        tampered.set(at, lines.get(at).replaceFirst("\"state\":\"SUSPECT\"", "\"state\":\"UP\""));
        assertThat(replay(Files.write(file, tampered))).isEqualTo(1);
        assertThat(err.toString().lines().toList())
                .hasSize(3)
                .first()
                .isEqualTo("echogate: " + file + ":" + (at + 1) + ": judged otherwise than recorded");
        assertThat(err.toString().lines().toList().get(1))
                .startsWith("expected {")
                .contains("\"state\":\"UP\"");
        assertThat(err.toString().lines().toList().get(2))
                .startsWith("got      {")
                .contains("\"state\":\"SUSPECT\"");
    }

    @Test
    void evidence_that_was_changed_shows_too() throws IOException {
        Path file = new Recorded(5).live(300).end();
        String text = Files.readString(file);
        int refused = text.indexOf("\"outcome\":\"REFUSED\"");
        Files.writeString(
                file, text.substring(0, refused) + text.substring(refused).replace("REFUSED", "RESET"));
        assertThat(replay(file)).isEqualTo(1);
        assertThat(err.toString()).contains("judged otherwise than recorded");
    }

    @Test
    void a_line_cut_short_by_a_kill_is_said_and_what_is_whole_is_replayed() throws IOException {
        Path file = new Recorded(6).live(300).end();
        byte[] all = Files.readAllBytes(file);
        byte[] end = "{\"end\":\"CLOSED\"}\n".getBytes(StandardCharsets.UTF_8);
        Files.write(file, Arrays.copyOf(all, all.length - end.length - 25));
        assertThat(replay(file)).isZero();
        assertThat(out.toString()).contains("its last line is cut short", "with the verdicts of 299 snapshots");
        out.getBuffer().setLength(0);
        Files.write(file, Arrays.copyOf(all, all.length - end.length));
        assertThat(replay(file)).isZero();
        assertThat(out.toString()).contains("it has no last line", "with the verdicts of 300 snapshots");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "an empty file        | ``                                            | :1: not a recording made by",
                "a configuration      | `members: 3\n`                                | :1: not a recording made by",
                "a future format      | `{\"recording\":2}\n`                         | :1: made by another version",
                "a torn head          | `{\"recording\":1,\"echo`                     | :1: the recording is cut short",
                "a head without parts | `{\"recording\":1}\n`                         | :1: damaged: echogate is not text",
                "a bad head           | `{\"recording\":\"x\"}\n`                     | :1: damaged: recording is not a",
            })
    void foreign_files_are_one_clear_line(String what, String text, String message) throws IOException {
        Path file = Files.writeString(dir.resolve("x"), text);
        assertThat(replay(file)).as(what).isEqualTo(1);
        assertThat(err.toString().lines().toList())
                .singleElement()
                .asString()
                .startsWith("echogate: " + file + message);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no json at all                        | damaged: not a JSON object",
                "{}                                    | damaged: in is not a list",
                "{\"in\":{}}                           | damaged: in is not a list",
                "{\"in\":[7]}                          | damaged: not a line of a recording",
                "{\"in\":[{\"echo\":\"SMELL\"}]}       | damaged: timing is not a list",
                "{\"in\":[{\"icmp\":\"WARM\"}]}        | damaged: icmp has an unknown word",
                "{\"in\":[],\"nanos\":1,\"at\":\"x\"}  | damaged: Text 'x' could not be parsed",
                "{\"in\":[],\"nanos\":1.5}             | damaged: nanos is not a whole number",
                "{\"end\":\"WHY\"}                     | damaged: end has an unknown word",
                "{\"end\":\"FULL\"}                    | damaged: the recording goes on after its end",
            })
    void damage_is_one_line_with_its_place(String damaged, String message) throws IOException {
        Path file = new Recorded(7).live(50).end();
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(19, damaged);
        assertThat(replay(Files.write(file, lines))).isEqualTo(1);
        assertThat(err.toString().lines().toList())
                .singleElement()
                .asString()
                .startsWith("echogate: " + file + ":2")
                .contains(message);
    }

    @Test
    void files_that_are_not_there_and_wrong_usage() {
        assertThat(replay(dir.resolve("absent"))).isEqualTo(1);
        assertThat(replay(dir)).isEqualTo(1);
        assertThat(err.toString()).contains("absent does not exist", "is a directory");
        assertThat(Main.run(new PrintWriter(out), new PrintWriter(err, true), "replay"))
                .isEqualTo(2);
        assertThat(Main.run(
                        new PrintWriter(out),
                        new PrintWriter(err, true),
                        "monitor",
                        "--config",
                        "a",
                        "--record",
                        "b",
                        "--record-limit",
                        "5MB"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("'5MB' is no size from 4MiB to 64GiB");
    }
}
