package io.echogate.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The reference set-up, running: two machines, the monitor, and a {@link Witness} on the monitor's host. Its logs stay in
 * {@code target/lab} when all else is removed.
 */
final class Lab implements AutoCloseable {
    static final int PORT = 3000;

    private static final Path PROGRAM = Path.of("target/dist/bin/echogate").toAbsolutePath();
    private static final Duration START = Duration.ofSeconds(30);
    private static final String CONFIG = """
            listen: 0.0.0.0:3000
            page: true
            pollFreq: 1s
            members:
              - {name: S1, url: "http://1.2.3.100:3000"}
              - {name: S2, url: "http://1.2.3.200:3000"}
            """;

    private final Path logs;
    private final Switch network;
    private final Map<String, Machine> machines = new TreeMap<>();
    private HostProcess monitor;
    private Witness witness;

    private Lab(Path logs, Switch network) {
        this.logs = logs;
        this.network = network;
        Host first = network.host("m1", "1.2.3.100");
        Host middle = network.host("mon", "1.2.3.150");
        Host second = network.host("m2", "1.2.3.200");
        machines.put("S1", Machine.begin("S1", first, PROGRAM, logs));
        machines.put("S2", Machine.begin("S2", second, PROGRAM, logs));
        machines.values().forEach(Machine::awaitListening);
        Path config = logs.resolve("monitor.yaml");
        write(config, CONFIG);
        monitor = middle.start(
                logs.resolve("monitor.log"), List.of(PROGRAM.toString(), "monitor", "--config", config.toString()));
        monitor.awaitListening(PORT);
        witness = Witness.start(middle, logs.resolve("witness.log"));
        witness.awaitVerdict("S1", "UP NONE", START);
        witness.awaitVerdict("S2", "UP NONE", START);
    }

    /**
     * Builds and starts everything; both members are UP when it returns.
     *
     * @param name of the directory of its logs
     */
    static Lab open(String name) {
        if (!Files.isExecutable(PROGRAM)) {
            throw new IllegalStateException("NOT RUN: lab: " + PROGRAM + " is missing: build it with mvn package");
        }
        Path logs = Path.of("target/lab", name).toAbsolutePath();
        try {
            Files.createDirectories(logs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Switch network = Switch.plugIn();
        try {
            return new Lab(logs, network);
        } catch (RuntimeException | Error e) {
            network.close();
            throw e;
        }
    }

    Machine machine(String name) {
        Machine machine = machines.get(name);
        if (machine == null) {
            throw new IllegalArgumentException(name);
        }
        return machine;
    }

    Witness witness() {
        return witness;
    }

    HostProcess monitor() {
        return monitor;
    }

    Path logs() {
        return logs;
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        witness.close();
        network.close();
    }
}
