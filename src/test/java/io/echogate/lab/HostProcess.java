package io.echogate.lab;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real process on a host, and the signals that a test sends it. The process id is the program's own. */
final class HostProcess {
    private final String namespace;
    private final Process process;
    private final Path log;

    private HostProcess(String namespace, Process process, Path log) {
        this.namespace = namespace;
        this.process = process;
        this.log = log;
    }

    static HostProcess start(String namespace, Path log, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(Run.inside(namespace, command))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            return new HostProcess(namespace, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", command), e);
        }
    }

    /** Waits until somebody listens on the port, read from the kernel's table of this process's host: no packet is sent. */
    HostProcess awaitListening(int port) {
        await().atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .failFast(this::requireAlive)
                .until(() -> listens(port));
        return this;
    }

    void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("ended before it listened:\n" + output());
        }
    }

    private boolean listens(int port) throws IOException {
        try {
            return isOnItsHost() && hasListener(port);
        } catch (NoSuchFileException e) {
            return false; // it has just ended: the next look says so
        }
    }

    private boolean isOnItsHost() throws IOException {
        Object host = Files.getAttribute(Path.of("/run/netns/" + namespace), "unix:ino");
        return host.equals(Files.getAttribute(Path.of("/proc/" + process.pid() + "/ns/net"), "unix:ino"));
    }

    private boolean hasListener(int port) throws IOException {
        String local = String.format(Locale.ROOT, "[0-9A-F]+:%04X", port);
        for (String table : List.of("tcp", "tcp6")) {
            Path file = Path.of("/proc/" + process.pid() + "/net/" + table);
            if (Files.exists(file)) {
                try (Stream<String> rows = Files.lines(file)) {
                    if (rows.map(row -> row.strip().split("\\s+"))
                            .anyMatch(row -> row[1].matches(local) && row[3].equals("0A"))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    /** Has it read its files again. */
    void reload() {
        signal("HUP");
    }

    /** Gives it a line to read. */
    void order(String line) {
        try {
            process.outputWriter(StandardCharsets.UTF_8)
                    .append(line)
                    .append('\n')
                    .flush();
        } catch (IOException e) {
            throw new UncheckedIOException(output(), e);
        }
    }

    /** Asks it to end in order and waits for its exit status. */
    int stop() {
        signal("TERM");
        return awaitEnd();
    }

    /** Ends it at once: it gets no chance to say goodbye, its kernel closes its sockets. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    private void signal(String name) {
        Run.now("sh", "-c", "kill -" + name + " " + process.pid());
    }

    int awaitEnd() {
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                throw new IllegalStateException("did not end within 15 s:\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    String output() {
        return Text.read(log);
    }
}
