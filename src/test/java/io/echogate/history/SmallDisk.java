package io.echogate.history;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/** A file system of a few megabytes in memory, which can be filled to the last byte. Needs root. */
public final class SmallDisk implements AutoCloseable {
    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /**
     * Mounts one.
     *
     * @param directory an empty one, which it hides until it is closed
     */
    public static SmallDisk mount(Path directory) throws IOException {
        run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", directory.toString());
        return new SmallDisk(directory);
    }

    public Path file(String name) {
        return directory.resolve(name);
    }

    /** Not one more byte has room, until somebody else gives some back. */
    public void fill() throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out =
                Files.newOutputStream(file("filler"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (Files.getFileStore(directory).getUsableSpace() > 0) {
                out.write(block);
            }
        }
    }

    public void makeRoom() throws IOException {
        Files.delete(file("filler"));
    }

    /** What SQLite says of the database in that file: {@code ok}. */
    public static String integrity(Path database) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                ResultSet found = connection.createStatement().executeQuery("PRAGMA integrity_check")) {
            return found.next() ? found.getString(1) : "nothing";
        }
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("needs root: " + String.join(" ", command));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(String.join(" ", command), e);
        }
    }

    /** Lazily: gone at once, also while a file in it is still open. */
    @Override
    public void close() throws IOException {
        run("umount", "-l", directory.toString());
    }
}
