package io.echogate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

final class PrivateDirectoryTest {
    private static final long NO_PROCESS = 4_000_000_000L;

    @Test
    void is_ours_alone_and_goes_with_its_files() throws IOException {
        Path file;
        try (PrivateDirectory directory = PrivateDirectory.make()) {
            file = Files.writeString(directory.resolve("a"), "a");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                    .isEqualTo("rwx------");
        }
        assertThat(file.getParent()).doesNotExist();
    }

    @Test
    void what_a_killed_run_left_behind_is_removed_and_nothing_else() throws IOException {
        Path dead = Files.createTempDirectory("echogate-" + NO_PROCESS + "-");
        Path alive =
                Files.createTempDirectory("echogate-" + ProcessHandle.current().pid() + "-");
        Path foreign = Files.createTempDirectory("echogate-report-");
        Files.writeString(dead.resolve("page.sock"), "");
        try (PrivateDirectory directory = PrivateDirectory.make()) {
            assertThat(directory.resolve(".")).exists();
            assertThat(dead).doesNotExist();
            assertThat(alive).exists();
            assertThat(foreign).exists();
        } finally {
            Files.deleteIfExists(alive);
            Files.deleteIfExists(foreign);
        }
    }
}
