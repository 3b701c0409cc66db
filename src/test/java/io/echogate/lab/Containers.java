package io.echogate.lab;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * The reference set-up in an {@link Engine}: the network and the three containers, made by the very lines that the
 * documentation tells. The containers' logs stay in {@code target/docker}.
 */
final class Containers implements AutoCloseable {
    static final String MONITOR = "1.2.3.150";

    private static final Duration START = Duration.ofSeconds(30);
    private static final Map<String, String> ADDRESSES =
            Map.of("machine1", "1.2.3.100", "machine2", "1.2.3.200", "monitor", MONITOR);

    private final Engine engine;
    private final Path logs;
    private final Map<String, Path> newestLog = new TreeMap<>();
    private int started;

    private Containers(Engine engine, Path logs) {
        this.engine = engine;
        this.logs = logs;
    }

    /** All three running and listening; the monitor may not have asked anybody yet. */
    static Containers run(Engine engine, Path logs) {
        Containers containers = new Containers(engine, logs);
        engine.run("docker network create --subnet 1.2.3.0/24 a1_net");
        containers.start("machine1");
        containers.start("machine2");
        containers.start("monitor");
        ADDRESSES.keySet().forEach(name -> containers.awaitListening(name, 1));
        return containers;
    }

    static String runLine(String name) {
        return "docker container run --rm -d --net a1_net --ip " + ADDRESSES.get(name) + " --name " + name + " " + name;
    }

    private void start(String name) {
        engine.run(runLine(name));
        keepLog(name);
    }

    private void keepLog(String name) {
        Path log = logs.resolve(name + "-" + ++started + ".log");
        newestLog.put(name, log);
        engine.keepLog(name, log);
    }

    /**
     * Runs the line and waits until the machine service that it started, if it started one, listens.
     *
     * @param starts how often the container's log then says so; 0: the line starts no service
     */
    void runAndAwait(String line, String name, int starts) {
        engine.run(line);
        if (starts > 0) {
            keepLog(name);
            awaitListening(name, starts);
        }
    }

    private void awaitListening(String name, int times) {
        await(name + " listens")
                .atMost(START)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> said(name).split("(machine|monitor)_listening", -1).length > times);
    }

    /** What the newest container of that name has logged. */
    String said(String name) {
        Path log = newestLog.get(name);
        try {
            return log == null ? "" : Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How long at most machine1 was there without its service while the engine was stopping it: from the signal until it
     * left the network, by the engine's own events. Zero when it was not stopped since then.
     */
    Duration refusedAtMost(Instant since, Instant until) {
        long signalled = 0;
        long left = 0;
        String format = " --format '{{.TimeNano}} {{.Type}} {{.Action}}'";
        for (String event : engine.run("docker events --since " + since + " --until " + until + format)
                .split("\n")) {
            long at = event.isEmpty() ? 0 : Long.parseLong(event.substring(0, event.indexOf(' ')));
            signalled = signalled == 0 && event.endsWith(" container kill") ? at : signalled;
            left = event.endsWith(" network disconnect") ? at : left;
        }
        return signalled == 0 ? Duration.ZERO : Duration.ofNanos(left - signalled);
    }

    @Override
    public void close() {
        engine.run("docker rm --force $(docker ps --all --quiet) && docker network rm a1_net");
    }
}
