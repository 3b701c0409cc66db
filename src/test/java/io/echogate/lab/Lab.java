package io.echogate.lab;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The reference set-up, running: two machines, the monitor, a {@link Witness} on the monitor's host, and a third host
 * that is nobody yet. Its logs stay in {@code target/lab} when all else is removed.
 */
final class Lab implements AutoCloseable {
    /** What the monitor is told of its members, and what else there is. */
    enum Setup {
        /** Addresses alone, as in the reference set-up. */
        PLAIN("1.2.3.100", "1.2.3.200", ""),
        /** The switch witnesses whose cable it is; S1 is a {@link RogueMain rogue} on its best behaviour. */
        WITNESSED("1.2.3.100", "1.2.3.200", "witness: [" + Switch.ADDRESS + "]\n"),
        /** Another member, S3, on S1's machine. */
        TWINS("1.2.3.100", "1.2.3.200", "  - {name: S3, url: \"http://1.2.3.100:3002\"}\n"),
        /** Names, for which the switch has a {@link NameServer}. */
        NAMED("s1.lab", "s2.lab", "");

        private final String first;
        private final String second;
        private final String more;

        Setup(String first, String second, String more) {
            this.first = first;
            this.second = second;
            this.more = more;
        }

        String yaml() {
            return """
                    listen: 0.0.0.0:3000
                    page: true
                    pollFreq: 1s
                    ping: {holdDown: 0s} # many faults one after the other are no flapping
                    members:
                      - {name: S1, url: "http://%s:3000"}
                      - {name: S2, url: "http://%s:3000"}
                    %s""".formatted(first, second, more);
        }
    }

    static final int PORT = 3000;
    private static final int TWIN_PORT = 3002;
    static final String FIRST = "1.2.3.100";
    static final String SECOND = "1.2.3.200";

    private static final String STATE = "state";
    private static final Path PROGRAM = Path.of("target/dist/bin/echogate").toAbsolutePath();
    private static final Duration START = Duration.ofSeconds(30);

    private final Setup setup;
    private final Path logs;
    private final Switch network;
    private final Host middle;
    private final Machine s1;
    private final Machine s2;
    private final Machine stranger;
    private final @Nullable NameServer names;
    private HostProcess monitor;
    private final Witness witness;

    private Lab(Setup setup, Path logs, Switch network) {
        this.setup = setup;
        this.logs = logs;
        this.network = network;
        Host first = network.host("m1", FIRST);
        middle = network.host("mon", "1.2.3.150");
        Host second = network.host("m2", SECOND);
        s1 = setup == Setup.WITNESSED ? Machine.rogue("S1", first, logs) : Machine.real("S1", first, PROGRAM, logs);
        s2 = Machine.real("S2", second, PROGRAM, logs);
        stranger = Machine.real("S1", network.strayHost("m3"), PROGRAM, logs);
        names = setup == Setup.NAMED
                ? new NameServer(network.itself(), logs, Map.of("s1.lab", FIRST, "s2.lab", SECOND))
                : null;
        List.of(s1.begin(), s2.begin()).forEach(Machine::awaitAnswer);
        if (setup == Setup.TWINS) {
            startTwin();
        }
        monitor = startMonitor();
        witness = Witness.start(middle, logs.resolve("witness.log"));
        awaitBothUp();
    }

    private void startTwin() {
        String listen = FIRST + ":" + TWIN_PORT;
        s1.host()
                .start(
                        logs.resolve("twin.log"),
                        List.of(PROGRAM.toString(), "machine", "--name", "S3", "--listen", listen))
                .awaitListening(TWIN_PORT);
    }

    private HostProcess startMonitor() {
        Path config = logs.resolve("monitor.yaml");
        Text.write(config, setup.yaml() + "stateDir: " + logs.resolve(STATE) + "\n");
        Path log = logs.resolve("monitor.log");
        List<String> command = List.of(PROGRAM.toString(), "monitor", "--config", config.toString());
        HostProcess started =
                names == null ? middle.start(log, command) : middle.start(log, names.resolvConf(), command);
        return started.awaitListening(PORT);
    }

    /**
     * Builds and starts everything; both members are UP when it returns.
     *
     * @param name of the directory of its logs
     */
    static Lab open(String name, Setup setup) {
        if (!Files.isExecutable(PROGRAM)) {
            throw new IllegalStateException("NOT RUN: lab: " + PROGRAM + " is missing: build it with mvn package");
        }
        Path logs = Path.of("target/lab", name).toAbsolutePath();
        try {
            Files.createDirectories(logs);
            Stand.fresh(logs.resolve(STATE)); // nobody remembers another lab
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Switch network = Switch.plugIn();
        try {
            return new Lab(setup, logs, network);
        } catch (RuntimeException | Error e) {
            network.close();
            throw e;
        }
    }

    /** Ends the monitor at once and starts it anew; the witness goes on watching, and begins to count anew. */
    void restartMonitor() {
        monitor.kill();
        monitor = startMonitor();
        witness.rest();
    }

    void awaitBothUp() {
        witness.awaitVerdict("S1", "UP NONE", START);
        witness.awaitVerdict("S2", "UP NONE", START);
    }

    /** Lets that much time pass. */
    static void pass(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(2)).until(() -> true);
    }

    Machine s1() {
        return s1;
    }

    Machine s2() {
        return s2;
    }

    /** Holds a service like S1's, once it is started, and no address. */
    Machine stranger() {
        return stranger;
    }

    Switch network() {
        return network;
    }

    /** The monitor's host. */
    Host middle() {
        return middle;
    }

    NameServer names() {
        if (names == null) {
            throw new IllegalStateException("no names in " + setup);
        }
        return names;
    }

    Witness witness() {
        return witness;
    }

    HostProcess monitor() {
        return monitor;
    }

    @Override
    public void close() {
        witness.close();
        network.close();
    }
}
