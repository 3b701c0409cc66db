package io.echogate.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The three images in a real Docker engine, made, run, hurt and mended by the lines that the documentation tells. */
@Tag("docker")
final class DockerTest {
    /** The base image's files, kept from run to run. */
    static final String BASE = "target/docker/base-" + Runtime.version() + ".tar";

    private static final Path LOGS = Path.of("target/docker").toAbsolutePath();
    private static final Path PROGRAM = Path.of("target/dist/bin/echogate").toAbsolutePath();
    private static final Duration START = Duration.ofSeconds(30);
    private static final DockerBoard BOARD = new DockerBoard();

    private static Engine engine;
    private static @Nullable Containers standing;

    @BeforeAll
    static void buildImages() throws IOException {
        if (!Files.isExecutable(PROGRAM)) {
            throw new IllegalStateException("NOT RUN: docker: " + PROGRAM + " is missing: build it with mvn package");
        }
        Files.createDirectories(LOGS);
        engine = Engine.start(LOGS.resolve("dockerd.log"));
        engine.run("docker/offline-base --archive " + BASE);
        assertThat(engine.run("docker/build")).contains("built machine1", "built machine2", "built monitor");
    }

    @AfterAll
    static void removeEverything() throws IOException {
        BOARD.print();
        engine.close();
        assertThat(EngineTest.leftOf(engine.namespace())).isEmpty();
    }

    private static Path logs(String name) throws IOException {
        return Files.createDirectories(LOGS.resolve(name));
    }

    private static Witness witness(String name) throws IOException {
        Host outside = new Host("engine", Containers.MONITOR, engine.namespace(), engine.namespace());
        Witness witness = Witness.start(outside, logs(name).resolve("witness.log"));
        witness.awaitVerdict("S1", "UP NONE", START);
        witness.awaitVerdict("S2", "UP NONE", START);
        return witness;
    }

    /** Takes the set-up that the test before left whole, or makes it. What a test takes it puts back, if all is well. */
    private static Containers take() throws IOException {
        Containers taken = standing == null ? Containers.run(engine, logs("reference")) : standing;
        standing = null;
        return taken;
    }

    private static void clear() throws IOException {
        if (standing != null) {
            take().close();
        }
    }

    /** The verdict names the cause in time, whatever the command; two clients at 50/s see no failure; it comes back. */
    @ParameterizedTest
    @EnumSource
    void oneOfTwoMachinesFails(Ordeal ordeal) throws IOException {
        Containers containers = take();
        try (Witness witness = witness(ordeal.name().toLowerCase(Locale.ROOT))) {
            DockerStory story = new DockerStory(ordeal, witness);
            try {
                story.tell(containers);
            } finally {
                BOARD.add(story.row());
            }
            story.judge();
            standing = containers;
        } finally {
            if (standing == null) {
                containers.close();
            }
        }
    }

    /** What the images promise of themselves: no root, no capability, an end in order. */
    @Test
    void containersAreUnprivilegedAndEndInOrder() throws IOException {
        try (Containers containers = take()) {
            assertThat(engine.run("docker exec monitor cat /proc/1/status"))
                    .containsPattern("Uid:\\s+10001\\s+10001")
                    .containsPattern("CapEff:\\s+0000000000000000");
            assertThat(engine.run("docker exec monitor cat /proc/1/maps"))
                    .as("the AOT cache that the image was trained with")
                    .contains("/opt/echogate/lib/echogate.aot");
            engine.run("docker stop monitor");
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(containers.said("monitor")).contains("monitor_ended"));
        }
    }

    @Test
    void composeBringsAllOfItUpAndTakesItDown() throws IOException {
        clear();
        engine.run("docker-compose up -d");
        try (Witness witness = witness("compose")) {
            Sighting.Got answer = witness.get("/?first=3&second=7");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.fields()).containsEntry("echogate-member", "S1");
            assertThat(answer.body()).contains("\"sum\":10");
        } finally {
            engine.run("docker-compose down");
        }
        assertThat(engine.run("docker ps --all --quiet")).isEmpty();
        assertThat(engine.run("docker network ls --format '{{.Name}}'")).doesNotContain("a1_net");
    }
}
