package io.echogate.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The lab leaves nothing behind, whatever becomes of the JVM that built it. */
@Tag("lab")
final class SwitchLabTest {
    private static final String OURS = "eg-" + ProcessHandle.current().pid() + "-";

    @Test
    void closingEndsEveryProcessAndRemovesEveryHost() throws IOException {
        Process sleeper;
        try (Switch network = Switch.plugIn()) {
            Host host = network.host("m1", "1.2.3.100");
            sleeper = new ProcessBuilder(Run.inside(host.namespace(), List.of("sleep", "1000"))).start();
            assertThat(namespaces()).contains(OURS + "switch", OURS + "m1");
        }
        assertThat(namespaces()).doesNotContain(OURS);
        await().atMost(Duration.ofSeconds(2)).until(() -> !sleeper.isAlive());
    }

    @Test
    void noHostHasAWayOut() {
        try (Switch network = Switch.plugIn()) {
            Host host = network.host("m1", "1.2.3.100");
            for (String namespace : List.of(OURS + "switch", host.namespace())) {
                assertThat(Run.line("ip -n " + namespace + " route show default"))
                        .isEmpty();
            }
        }
    }

    @Test
    void aKilledRunIsSweptAwayByItsGuard() throws IOException {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process run = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes,
                        EndlessRun.class.getName())
                .start();
        try (BufferedReader output = run.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).isEqualTo("built");
        }
        String prefix = "eg-" + run.pid() + "-";
        assertThat(namespaces()).contains(prefix);

        run.destroyForcibly();
        await().atMost(Duration.ofSeconds(5)).until(() -> !namespaces().contains(prefix));
    }

    @Test
    void whatADeadGuardLeftBehindIsSweptAwayByTheNextRun() throws IOException, InterruptedException {
        Process dead = new ProcessBuilder("true").start();
        assertThat(dead.waitFor()).isZero();
        String leftover = "eg-" + dead.pid() + "-m1";
        Run.line("ip netns add " + leftover);

        Switch.plugIn().close();
        assertThat(namespaces()).doesNotContain(leftover);
    }

    private static String namespaces() throws IOException {
        try (var names = Files.list(Path.of("/run/netns"))) {
            return String.join(
                    " ", names.map(name -> name.getFileName().toString()).toList());
        }
    }

    /** A run that goes on until it is killed. */
    static final class EndlessRun {
        static void main() throws IOException {
            Switch.plugIn().host("m1", "1.2.3.100");
            System.out.println("built");
            System.out.flush();
            int end = System.in.read();
            System.exit(end);
        }
    }
}
