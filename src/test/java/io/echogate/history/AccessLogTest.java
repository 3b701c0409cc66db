package io.echogate.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.echogate.clock.Clock;
import io.echogate.config.AccessLogRules;
import io.echogate.config.AccessLogRules.Format;
import io.echogate.meter.Meters;
import io.echogate.meter.Metric;
import io.echogate.meter.Reading;
import io.echogate.model.Access;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines, rotation and loss, on real files; {@code /dev/full} is the full disk. */
final class AccessLogTest {
    private static final Instant AT = Instant.parse("2026-11-25T03:05:25.123456Z");

    @TempDir
    private Path directory;

    private final Meters meters = new Meters();

    private static Access access(String target, @Nullable String agent) {
        return new Access(
                Clock.system().nanos(),
                0xabcL,
                "192.0.2.7",
                "GET",
                target,
                1,
                "a.test",
                null,
                agent,
                200,
                "S1",
                2,
                80,
                4096,
                1_234_567);
    }

    private static String line(Format format, Access access) {
        return new String(new AccessText(format).line(access, AT), java.nio.charset.StandardCharsets.US_ASCII);
    }

    private AccessLog log(Path file, long maxSize, int keep) throws IOException {
        AccessLogRules rules = new AccessLogRules(file.toString(), Format.JSON, 100, maxSize, keep);
        return AccessLog.start(rules, Clock.system(), meters);
    }

    private long count(Metric metric) {
        return meters.read().stream()
                .filter(r -> r.metric().equals(metric))
                .mapToLong(Reading::value)
                .sum();
    }

    private static List<String> targets(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> new JsonObject(line).getString("target"))
                .toList();
    }

    @Test
    void a_line_of_json() {
        assertThat(line(Format.JSON, access("/x?y=1", "curl/8")))
                .isEqualTo(
                        "{\"at\":\"2026-11-25T03:05:25.123Z\",\"id\":\"0000000000000abc\",\"client\":\"192.0.2.7\",\"method\":\"GET\","
                                + "\"target\":\"/x?y=1\",\"version\":\"HTTP/1.1\",\"host\":\"a.test\",\"status\":200,"
                                + "\"member\":\"S1\",\"attempts\":2,\"receivedBytes\":80,\"sentBytes\":4096,"
                                + "\"millis\":1.235,\"referer\":null,\"userAgent\":\"curl/8\"}\n");
    }

    @Test
    void a_line_as_apache_writes_it() {
        assertThat(line(Format.COMBINED, access("/x?y=1", "curl/8")))
                .isEqualTo("192.0.2.7 - - [25/Nov/2026:03:05:25 +0000] \"GET /x?y=1 HTTP/1.1\" 200 4096 \"-\""
                        + " \"curl/8\"\n");
    }

    @Test
    void nothing_that_a_client_sends_leaves_its_field() {
        String evil = "/\"\r\nGET /admin HTTP/1.1\" 200\u001b[2J\\\u00e9\u007f\t";
        String json = line(Format.JSON, access(evil, evil));
        assertThat(json.chars().filter(c -> c < ' ' || c > '~')).containsExactly((int) '\n');
        assertThat(new JsonObject(json).getString("target")).isEqualTo(evil);
        assertThat(new JsonObject(json).getString("userAgent")).isEqualTo(evil);

        String combined = line(Format.COMBINED, access(evil, evil));
        assertThat(combined.chars().filter(c -> c < ' ' || c > '~')).containsExactly((int) '\n');
        assertThat(combined)
                .contains("/\\\"\\x0d\\x0aGET /admin HTTP/1.1\\\" 200\\x1b[2J\\\\\\xe9\\x7f\\x09 HTTP/1.1\" 200 4096");
    }

    @Test
    void what_was_no_request_has_no_method() {
        Access none = new Access(0, 0, "192.0.2.7", "", "", 1, null, null, null, 400, null, 0, 9, 120, 0);
        assertThat(line(Format.COMBINED, none)).contains("] \"-\" 400 120 \"-\" \"-\"");
        assertThat(new JsonObject(line(Format.JSON, none)).getString("version")).isNull();
    }

    @Test
    void everything_queued_is_in_the_file_after_closing() throws IOException {
        Path file = directory.resolve("access.log");
        try (AccessLog log = log(file, 1 << 30, 0)) {
            Consumer<Access> loop = log.queue();
            for (int i = 0; i < 5_000; i++) {
                loop.accept(access("/" + i, null));
            }
        }
        assertThat(targets(file)).hasSize(5_000).startsWith("/0", "/1").endsWith("/4999");
        assertThat(count(AccessLog.LINES)).isEqualTo(5_000);
    }

    @Test
    void a_full_file_moves_up_and_the_oldest_goes() throws IOException {
        Path file = directory.resolve("access.log");
        Files.writeString(file, "old\n");
        Files.writeString(directory.resolve("access.log.1"), "older\n");
        Files.writeString(directory.resolve("access.log.2"), "oldest\n");
        try (AccessLog log = log(file, 64, 2)) {
            log.queue().accept(access("/new", null));
        }
        assertThat(targets(file)).containsExactly("/new");
        assertThat(directory.resolve("access.log.1")).hasContent("old");
        assertThat(directory.resolve("access.log.2")).hasContent("older");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void a_file_that_was_moved_away_is_begun_anew_when_asked() throws IOException {
        Path file = directory.resolve("access.log");
        Path moved = directory.resolve("access.log-20261125");
        try (AccessLog log = log(file, 1 << 30, 0)) {
            Consumer<Access> loop = log.queue();
            loop.accept(access("/before", null));
            await().atMost(Duration.ofSeconds(10)).until(() -> count(AccessLog.LINES) == 1);
            Files.move(file, moved);
            log.reopen();
            await().atMost(Duration.ofSeconds(10)).until(() -> Files.exists(file));
            loop.accept(access("/after", null));
        }
        assertThat(targets(moved)).containsExactly("/before");
        assertThat(targets(file)).containsExactly("/after");
    }

    @Test
    void a_full_disk_costs_lines_and_nothing_else() throws IOException {
        try (AccessLog log = log(Path.of("/dev/full"), 1 << 30, 0)) {
            Consumer<Access> loop = log.queue();
            loop.accept(access("/a", null));
            await().atMost(Duration.ofSeconds(10)).until(() -> count(AccessLog.DROPPED) == 1);
            loop.accept(access("/b", null));
            await().atMost(Duration.ofSeconds(10)).until(() -> count(AccessLog.DROPPED) == 2);
        }
        assertThat(count(AccessLog.LINES)).isZero();
    }

    @Test
    void a_full_queue_drops_the_newest_and_counts_them() {
        AccessQueue queue = new AccessQueue(4, meters.newLoop().tally(AccessLog.DROPPED, "queue"));
        for (int i = 0; i < 7; i++) {
            queue.accept(access("/" + i, null));
        }
        assertThat(count(AccessLog.DROPPED)).isEqualTo(3);
        assertThat(Stream.generate(queue::poll).limit(5))
                .map(a -> a == null ? "none" : a.target())
                .containsExactly("/0", "/1", "/2", "/3", "none");
        queue.accept(access("/7", null));
        assertThat(Stream.of(queue.poll()))
                .map(a -> a == null ? "none" : a.target())
                .containsExactly("/7");
    }

    @Test
    void a_directory_that_is_not_there_is_said_at_the_start() {
        assertThatThrownBy(() -> log(directory.resolve("none/access.log"), 1 << 30, 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none/access.log")
                .hasMessageContaining("make its directory");
    }
}
