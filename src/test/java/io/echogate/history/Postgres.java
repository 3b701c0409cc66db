package io.echogate.history;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real PostgreSQL server of a test's own, in a directory of its own, on a loopback address of its own: so its port is
 * nobody else's. As root it runs as the user {@code postgres}, since it refuses to run as root.
 */
final class Postgres implements AutoCloseable {
    private static final int PORT = 5432;
    private static final String OWNER = "postgres";

    private final Path directory;
    private final String address;
    private final Path programs;

    Postgres() throws IOException {
        assumeThat(Path.of("/usr/lib/postgresql"))
                .as("a PostgreSQL server, such as Debian's package postgresql")
                .isDirectory();
        this.programs = programs();
        this.directory = Files.createTempDirectory(Path.of("/tmp"), "echogate-pg");
        long pid = ProcessHandle.current().pid();
        this.address = "127." + (100 + pid / 65_536 % 100) + "." + pid / 256 % 256 + "." + (1 + pid % 254);
        if (root()) {
            run("chown", OWNER, directory.toString());
        }
        run(asOwner("initdb", "-D", data(), "-A", "trust", "-U", OWNER, "--no-sync", "--no-instructions"));
        begin();
    }

    /** Debian keeps them out of the path. */
    private static Path programs() throws IOException {
        try (Stream<Path> found = Files.list(Path.of("/usr/lib/postgresql"))) {
            return found.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparing(Path::toString))
                    .orElseThrow();
        }
    }

    private static boolean root() {
        return System.getProperty("user.name").equals("root");
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private List<String> asOwner(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (root()) {
            command.addAll(List.of("setpriv", "--reuid=" + OWNER, "--regid=" + OWNER, "--clear-groups"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private void run(List<String> command) throws IOException {
        run(command.toArray(String[]::new));
    }

    private void run(String... command) throws IOException {
        Path log = directory.resolveSibling(directory.getFileName() + ".log");
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(String.join(" ", command) + ": " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.deleteIfExists(log);
        }
    }

    /** Starts the server, and returns once it answers. */
    void begin() throws IOException {
        run(asOwner(
                "pg_ctl",
                "start",
                "-w",
                "-D",
                data(),
                "-l",
                directory.resolve("data/server.log").toString(),
                "-o",
                "-p " + PORT + " -c listen_addresses=" + address + " -c unix_socket_directories='' -c fsync=off"));
    }

    /** Ends it at once, whoever is connected. */
    void kill() throws IOException {
        run(asOwner("pg_ctl", "stop", "-m", "immediate", "-w", "-D", data()));
    }

    String url() {
        return "jdbc:postgresql://" + address + ":" + PORT + "/postgres?user=" + OWNER;
    }

    /** Removes everything that was stored. */
    void empty() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url())) {
            connection.createStatement().execute("DROP SCHEMA public CASCADE");
            connection.createStatement().execute("CREATE SCHEMA public");
        }
    }

    @Override
    public void close() throws IOException {
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
