package io.echogate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exit codes and one-line errors: 0 done, 1 the operation failed, 2 wrong usage. */
final class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    @ParameterizedTest(name = "{0} → 2, {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--                                  | a command is missing",
                "frobnicate                          | Unmatched argument",
                "machine                             | Missing required options",
                "machine --name S1 --listen nowhere  | expected HOST:PORT",
                "machine --name S1 --listen a:99999  | expected HOST:PORT",
                "machine --name S1 --listen ::1:3000 | expected HOST:PORT",
                "monitor                             | Missing required option",
                "check                               | Missing required parameter",
                "demo --port 0                       | expected 1 to 65534",
                "demo --port x                       | is not an int",
            })
    void wrong_usage(String line, String message) {
        String[] args = line.isBlank() ? new String[0] : line.trim().split("\\s+", -1);
        assertThat(run(args)).isEqualTo(2);
        assertThat(err.toString()).startsWith("echogate: ").contains(message, "Usage:");
    }

    @Test
    void help_and_version_are_no_errors() {
        assertThat(run("--help")).isZero();
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).contains("demo", "machine", "monitor", "check", "status", "Java 25");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void check_says_where_the_worst_cases_end_to_hold(@TempDir Path dir) throws IOException {
        StringBuilder yaml = new StringBuilder("members:\n");
        for (int i = 0; i < 1_001; i++) {
            yaml.append("  - {name: M")
                    .append(i)
                    .append(", url: \"http://10.0.")
                    .append(i / 250)
                    .append('.')
                    .append(1 + i % 250)
                    .append(":3000\"}\n");
        }
        assertThat(run("check", file(dir, yaml.toString()).toString())).isZero();
        assertThat(out.toString()).contains("with more than 1000 members in doubt at once");
    }

    /** What the launcher's AOT cache is made of: it must find its own way on any machine, and end. */
    @Test
    void training_runs_by_itself() {
        assertThat(run("train")).as(err::toString).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void doctor_names_what_it_looked_at_and_a_remedy_for_each_bad_finding() {
        assertThat(run("doctor")).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines)
                .filteredOn(line -> line.matches("(icmp|transport|files|clock|jdk) +(ok|REMEDY) .*"))
                .hasSize(5);
        assertThat(lines.stream().filter(line -> line.contains("REMEDY")).count())
                .isEqualTo(lines.stream().filter(line -> line.contains("→ ")).count());
        assertThat(lines.getLast()).containsPattern("to remedy");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void check_of_a_good_file_prints_the_worst_cases(@TempDir Path dir) throws IOException {
        assertThat(run("check", file(dir, """
                pollFreq: 1s
                members:
                  - {name: S1, url: "http://127.0.0.11:3999"}
                """).toString())).isZero();
        assertThat(out.toString())
                .contains("1.0 + 0.2 + 0.2 = 1.4 s", "1.0 + 0.2 + 0.2 + 0.8 = 2.2 s", "1.0 + 0.2 = 1.2 s");
    }

    @Test
    void check_counts_who_is_watched_and_prints_where_times_differ(@TempDir Path dir) throws IOException {
        String members = "icmp: {fall: 2}\nmembers: [{name: S1, url: 'http://127.0.0.11:3999'}]\n";
        String tcp = members + "watch: [{name: db, url: 'tcp://10.0.0.5:5432'}";
        assertThat(run("check", file(dir, tcp + "]\n").toString())).isZero();
        assertThat(out.toString()).contains("watched: 1, asked as often").doesNotContain("ICMP alone");
        out.getBuffer().setLength(0);
        assertThat(run(
                        "check",
                        file(dir, tcp + ", {name: gw, url: 'icmp://10.0.0.1'}]\n")
                                .toString()))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "watched: 2, asked as often",
                        "watched by ICMP alone, machine off → DOWN: 1.0 + 0.2 + 0.2 + 0.2 + 0.8 = 2.4 s",
                        "watched by ICMP alone, well again → UP: 1.0 + 0.2 = 1.2 s");
    }

    @Test
    void a_promise_holds_for_who_is_watched_too(@TempDir Path dir) throws IOException {
        String promise = "noticeWithin: 4s\nmembers: [{name: S1, url: 'http://127.0.0.11:3999'}]\n";
        assertThat(run("check", file(dir, promise).toString())).isZero();
        assertThat(run(
                        "check",
                        file(dir, "icmp: {fall: 9}\nwatch: [{name: gw, url: 'icmp://h'}]\n" + promise)
                                .toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("noticeWithin", "watched by ICMP alone, machine off → DOWN takes 1.0");
    }

    @Test
    void check_says_who_gets_requests(@TempDir Path dir) throws IOException {
        String members = """
                members:
                  - {name: S1, url: 'http://1.2.3.100', weight: 3}
                  - {name: S2, url: 'http://1.2.3.200'}
                  - {name: S3, url: 'http://1.2.3.210', backup: true}
                """;
        assertThat(run(
                        "check",
                        file(dir, "policy: sticky\njoinBelow: 2\n" + members).toString()))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "requests are shared (sticky) by S1 ×3, S2\n",
                        "  then S3\n",
                        "  each joins while fewer than 2 of those before it are up\n",
                        "  sticky.secretFile is not set: stickiness ends with a restart\n");
    }

    @Test
    void check_refuses_a_secret_that_is_missing_or_short(@TempDir Path dir) throws IOException {
        Path secret = dir.resolve("sticky.key");
        String yaml = "policy: sticky\nsticky: {secretFile: " + secret + "}\nmembers: [{name: S1, url: http://h}]\n";
        assertThat(run("check", file(dir, yaml).toString())).isEqualTo(1);
        assertThat(err.toString())
                .contains(":2:22: sticky.secretFile: cannot be used: ", "sticky.key does not exist; expected");
        Files.writeString(secret, "only 15 bytes..\n");
        assertThat(run("check", file(dir, yaml).toString())).isEqualTo(1);
        assertThat(err.toString()).contains("sticky.key holds 15 bytes; expected a readable file of 16 to 4096 bytes");
        Files.writeString(secret, "0123456789abcdef\n");
        assertThat(run("check", file(dir, yaml).toString())).isZero();
    }

    @Test
    void check_of_a_bad_file_prints_every_fault_and_fails(@TempDir Path dir) throws IOException {
        Path file = file(dir, """
                pollFrequency: 1s
                page: maybe
                members:
                  - {name: S1, url: "ftp://127.0.0.11:3999"}
                  - {name: S1, url: "http://127.0.0.12:3999"}
                """);
        assertThat(run("check", file.toString())).isEqualTo(1);
        assertThat(err.toString().lines())
                .hasSize(4)
                .allSatisfy(line -> assertThat(line).startsWith(file + ":"));
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void a_promise_that_cannot_be_kept_is_refused_with_the_sum(@TempDir Path dir) throws IOException {
        Path file = file(dir, """
                pollFreq: 2s
                noticeWithin: 3s
                members:
                  - {name: S1, url: "http://127.0.0.11:3999"}
                """);
        assertThat(run("check", file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains(":2:15: noticeWithin: ", "2.0 + 0.2 + 0.2 + 0.2 + 0.2 + 0.2 + 0.8 = 3.8 s");
    }

    @Test
    void monitor_refuses_what_check_refuses(@TempDir Path dir) throws IOException {
        assertThat(run("monitor", "--config", file(dir, "members: 3\n").toString()))
                .isEqualTo(1);
        assertThat(run("monitor", "--config", dir.resolve("absent.yaml").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("absent.yaml");
    }

    @Test
    void a_taken_port_is_one_line_naming_it(@TempDir Path dir) throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            int port = taken.getLocalPort();
            assertThat(run("machine", "--name", "S1", "--listen", "0.0.0.0:" + port))
                    .isEqualTo(1);
            Path file = file(dir, """
                    listen: 0.0.0.0:%d
                    admin: 127.0.0.1:0
                    members:
                      - {name: S1, url: "http://127.0.0.11:3999"}
                    """.formatted(port));
            assertThat(run("monitor", "--config", file.toString())).isEqualTo(1);
            assertThat(err.toString().lines())
                    .hasSize(2)
                    .allSatisfy(
                            line -> assertThat(line).startsWith("echogate: ").contains(":" + port));
        }
    }

    @Test
    void status_without_a_monitor_says_so() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThat(run("status", "--url", "http://127.0.0.1:" + port)).isEqualTo(1);
        assertThat(run("status", "--url", "no url at all")).isEqualTo(1);
        assertThat(err.toString()).contains("no monitor answers at", "not a URL");
    }

    @Test
    void status_is_an_aligned_table() {
        JsonObject side = new JsonObject().put("state", "UP").put("rttMillis", 0.4);
        JsonObject member = new JsonObject()
                .put("name", "a-rather-long-name")
                .put("state", "DOWN")
                .put("cause", "FROZEN")
                .put("since", "2026-01-01T00:00:00.000Z")
                .put("serving", false)
                .put("url", "http://127.0.0.11:3000")
                .put("host", side)
                .put("service", new JsonObject().put("state", "DOWN").putNull("rttMillis"));
        JsonObject fleet = new JsonObject()
                .put("isolated", true)
                .put("icmp", new JsonObject().put("mode", "NONE").put("remedy", "open it so"))
                .put("members", new JsonArray().add(member));
        assertThat(StatusCommand.table(fleet))
                .containsExactly(
                        "MEMBER              STATE  CAUSE   SINCE                     HOST       SERVICE  SERVES  URL",
                        "a-rather-long-name  DOWN   FROZEN  2026-01-01T00:00:00.000Z  UP 0.4 ms  DOWN     no      "
                                + "http://127.0.0.11:3000",
                        "ISOLATED: it is this monitor that is cut off; the last verdicts stand",
                        "no ICMP on the monitor's host; to open it: open it so");
    }

    @Test
    void status_shows_who_is_watched_in_a_table_of_its_own() {
        JsonObject side = new JsonObject().put("state", "UP").put("rttMillis", 0.4);
        JsonObject gw = new JsonObject()
                .put("name", "gw")
                .put("kind", "icmp")
                .put("state", "UP")
                .put("cause", "NONE")
                .put("since", "2026-01-01T00:00:00.000Z")
                .put("url", "icmp://10.0.0.1")
                .put("host", side)
                .putNull("service");
        JsonObject fleet = new JsonObject()
                .put("members", new JsonArray())
                .put(
                        "watched",
                        new JsonArray()
                                .add(gw)
                                .add(gw.copy().put("kind", "http").put("service", side)));
        assertThat(StatusCommand.table(fleet))
                .startsWith("MEMBER  STATE  CAUSE  SINCE  HOST  SERVICE  SERVES  URL", "")
                .endsWith(
                        "WATCHED  KIND  STATE  CAUSE  SINCE                     HOST       SERVICE    URL",
                        "gw       icmp  UP     NONE   2026-01-01T00:00:00.000Z  UP 0.4 ms  -          icmp://10.0.0.1",
                        "gw       http  UP     NONE   2026-01-01T00:00:00.000Z  UP 0.4 ms  UP 0.4 ms  icmp://10.0.0.1");
    }

    private static Path file(Path dir, String text) throws IOException {
        return Files.writeString(dir.resolve("fleet.yaml"), text);
    }
}
