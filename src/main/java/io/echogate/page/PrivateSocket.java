package io.echogate.page;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** The file of the Unix socket through which the relay reaches the page: ours alone, and gone when we are. */
final class PrivateSocket {
    /** {@code sun_path} holds 108 bytes on Linux, the closing zero included. */
    private static final int MAX_BYTES = 107;

    private final Path path;

    private PrivateSocket(Path path) {
        this.path = path;
    }

    /** Makes the directory (mode 0700) if there is none and removes a socket that a dead process left behind. */
    static PrivateSocket prepare(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        if (absolute.toString().getBytes(Charset.defaultCharset()).length > MAX_BYTES) {
            throw new IOException("path of the page's socket is longer than " + MAX_BYTES + " bytes: " + absolute);
        }
        Path directory = absolute.getParent();
        if (directory != null && !Files.exists(directory)) {
            Files.createDirectories(directory, asFileAttribute(fromString("rwx------")));
        }
        if (Files.exists(absolute)
                && !Files.readAttributes(absolute, BasicFileAttributes.class).isOther()) {
            throw new FileAlreadyExistsException(absolute.toString(), null, "is not a socket");
        }
        Files.deleteIfExists(absolute);
        return new PrivateSocket(absolute);
    }

    String name() {
        return path.toString();
    }

    /** After binding: nobody but us may connect. */
    void restrict() throws IOException {
        Files.setPosixFilePermissions(path, fromString("rw-------"));
    }

    void remove() throws IOException {
        Files.deleteIfExists(path);
    }
}
