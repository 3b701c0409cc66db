package io.echogate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeysTest {
    @TempDir
    private Path directory;

    @Test
    void theTokenIsMadeOnceForItsOwnerAlone() throws Exception {
        Path state = directory.resolve("a/b");
        String token = Keys.token(state);
        assertThat(token).hasSize(43);
        assertThat(Keys.token(state)).isEqualTo(token);
        Path file = state.resolve(Keys.FILE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
                .isEqualTo("rwx------");
        assertThat(state.toFile().list()).containsExactly(Keys.FILE);
        assertThat(Keys.exposed(file)).isFalse();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(Keys.exposed(file)).isTrue();
    }

    @Test
    void aFileThatHoldsNoTokenIsRefused() throws Exception {
        Path file = directory.resolve(Keys.FILE);
        Files.writeString(file, "short\n");
        assertThatThrownBy(() -> Keys.token(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no token");
        Files.writeString(file, "x".repeat(5_000));
        assertThatThrownBy(() -> Keys.token(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer");
        Files.writeString(file, "a-token-of-our-own-choice\n");
        assertThat(Keys.token(directory)).isEqualTo("a-token-of-our-own-choice");
    }

    @Test
    void aDirectoryThatCannotBeMadeIsSaid() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> Keys.token(file.resolve("state"))).isInstanceOf(IOException.class);
    }
}
