package io.echogate.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The engine leaves nothing behind and touches nothing outside, whatever becomes of the JVM that started it. */
@Tag("docker")
final class EngineTest {
    private static final String OURS = "egd-" + ProcessHandle.current().pid();

    @Test
    void theMachineOutsideStaysAsItIs() {
        String before = outside();
        try (Engine engine = Engine.start(Path.of("target/engine.log"))) {
            engine.run("docker network create --subnet 1.2.3.0/24 a1_net");
            assertThat(Run.line("ip -n " + OURS + " route show default")).isEmpty();
            assertThat(Run.line("ip -n " + OURS + " route")).contains("1.2.3.0/24");
            assertThat(outside()).isEqualTo(before);
        }
        assertThat(leftOf(OURS)).isEmpty();
        assertThat(outside()).isEqualTo(before);
    }

    private static String outside() {
        return Run.now(
                "sh",
                "-c",
                "cat /proc/sys/net/ipv4/ip_forward; iptables-save | grep -v '^#'; ip -o link | wc -l;"
                        + " ip route; cut -d' ' -f2 /proc/mounts | grep -v '^/run/netns'; true");
    }

    @Test
    void aKilledRunIsSweptAwayByItsGuardThoughAContainerIsPaused() throws IOException {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process run = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes,
                        EndlessRun.class.getName())
                .redirectError(Path.of("target/engine-killed-run.log").toFile())
                .start();
        try (BufferedReader output = run.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).isEqualTo("paused");
        }
        String name = "egd-" + run.pid();
        assertThat(leftOf(name)).contains("/run/netns/" + name, "/var/tmp/" + name, "freezer");

        run.destroyForcibly();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(leftOf(name)).isEmpty());
    }

    @Test
    void whatADeadGuardLeftBehindIsSweptAwayByTheNextEngine() throws IOException, InterruptedException {
        Process dead = new ProcessBuilder("true").start();
        assertThat(dead.waitFor()).isZero();
        String name = "egd-" + dead.pid();
        Run.line("ip netns add " + name);
        Files.createDirectories(Path.of("/var/tmp", name, "data"));

        Engine.start(Path.of("target/engine.log")).close();
        assertThat(leftOf(name)).isEmpty();
    }

    /** Namespaces, directories, control groups and processes that bear the name. */
    static String leftOf(String name) {
        return Run.now(
                "sh",
                "-c",
                "ls -d /run/netns/$1 /var/tmp/$1 2>/dev/null; find /sys/fs/cgroup -name $1;"
                        + " grep -l $1 /proc/[0-9]*/cgroup 2>/dev/null; true",
                "left",
                name);
    }

    /** A run that goes on until it is killed. */
    static final class EndlessRun {
        static void main() throws IOException {
            Engine engine = Engine.start(Path.of("target/engine-killed.log"));
            engine.run("docker/offline-base --archive " + DockerTest.BASE);
            engine.run("docker run -d --network none --name sleeper eclipse-temurin:25-jre sleep 1000");
            engine.run("docker pause sleeper");
            System.out.println("paused");
            System.out.flush();
            System.exit(System.in.read());
        }
    }
}
