package io.echogate.lab;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Docker engine of its own: a daemon in a network, a process and a mount namespace made for it. The network namespace
 * has no default route, so no packet of a container leaves this machine; address translation and forwarding, which the
 * daemon sets up, exist in there only.
 *
 * <p>Namespace, home directory and control groups are called {@code egd-} and the process id of this JVM. As with the
 * {@link Switch}, a guard removes all of it when the engine is closed and when this JVM dies, however it dies: ending
 * the first process of a process namespace ends every container in it, and with the last process its mounts are gone. A
 * paused container is thawed first, since a frozen process does not even die; control groups can be removed only when
 * their last process has been. What a dead guard left behind, the next
 * engine sweeps away.
 */
final class Engine implements AutoCloseable {
    private static final String PREFIX = "egd-";
    private static final Path NAMES = Path.of("/run/netns");
    private static final Path HOMES = Path.of("/var/tmp");
    private static final int LIMIT_SECONDS = 90;
    private static final List<String> TOOLS =
            List.of("dockerd", "docker", "docker-compose", "iptables", "ip", "nsenter", "unshare", "setsid");

    private static final String SWEEP = """
            cat >/dev/null
            find /sys/fs/cgroup -path "*/$1/*" -name freezer.state | while read -r state; do echo THAWED >"$state"; done
            tries=0
            while pids=$(ip netns pids "$1" 2>/dev/null) && [ -n "$pids" ] && [ $tries -lt 150 ]; do
                kill -KILL $pids 2>/dev/null
                sleep 0.1
                tries=$((tries + 1))
            done
            [ ! -e "/run/netns/$1" ] || ip netns del "$1" || exit 1
            tries=0
            while left=$(find /sys/fs/cgroup -depth -type d '(' -path "*/$1" -o -path "*/$1/*" ')' 2>/dev/null); \\
                [ -n "$left" ] && [ $tries -lt 100 ]; do
                rmdir $left 2>/dev/null || sleep 0.1
                tries=$((tries + 1))
            done
            rm -rf --one-file-system "$2"
            [ -z "$left" ]
            """;

    /** The first process of the namespace. It reaps what the daemon's children leave; their sockets lie in its own /run. */
    private static final String FIRST_PROCESS = """
            mount -t tmpfs -o mode=755 tmpfs /run &&
            dockerd --host "unix://$2/docker.sock" --data-root "$2/data" --exec-root "$2/exec" --pidfile "$2/docker.pid" \\
                --bridge none --exec-opt native.cgroupdriver=cgroupfs --cgroup-parent "/$1" &
            wait
            """;

    private final String name;
    private final Path home;
    private final Process guard;

    private Engine(String name) {
        this.name = name;
        this.home = home(name);
        this.guard = sweepAtEndOfInput(name);
    }

    /**
     * An engine without images.
     *
     * @param log where the daemon's own log goes
     * @throws IllegalStateException says why this machine cannot have one; its tests fail, they are never skipped
     */
    static Engine start(Path log) {
        obstacle().ifPresent(why -> {
            throw new IllegalStateException("NOT RUN: docker: " + why);
        });
        sweepLeftovers();
        Engine engine = new Engine(PREFIX + ProcessHandle.current().pid());
        try {
            engine.begin(log);
            return engine;
        } catch (IOException | RuntimeException e) {
            engine.close();
            throw new IllegalStateException("the Docker daemon did not start; its log: " + log, e);
        }
    }

    private static Optional<String> obstacle() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.of("needs Linux");
        }
        if (!Run.line("id -u").strip().equals("0")) {
            return Optional.of("needs root to start a Docker daemon");
        }
        String path = System.getenv().getOrDefault("PATH", "");
        return TOOLS.stream()
                .filter(tool -> Stream.of(path.split(":")).noneMatch(dir -> Files.isExecutable(Path.of(dir, tool))))
                .findFirst()
                .map(tool -> "the command " + tool + " is missing");
    }

    private void begin(Path log) throws IOException {
        Files.createDirectory(home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Run.line("ip netns add " + name);
        Run.line("ip -n " + name + " link set lo up");
        List<String> first = List.of("sh", "-c", FIRST_PROCESS, "first-process", name, home.toString());
        List<String> command = Stream.concat(
                        Stream.of("setsid", "unshare", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child"),
                        first.stream())
                .toList();
        Process daemon = new ProcessBuilder(Run.inside(name, command))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        daemon.getOutputStream().close();
        await("answer of the Docker daemon")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .failFast(() -> !daemon.isAlive())
                .until(this::answers);
    }

    private boolean answers() throws IOException, InterruptedException {
        return sh("docker version", ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    }

    private ProcessBuilder sh(String line, ProcessBuilder.Redirect output) {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", line)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().put("DOCKER_HOST", "unix://" + home.resolve("docker.sock"));
        builder.environment().put("DOCKER_CONFIG", home.resolve("config").toString());
        builder.environment().put("DOCKER_BUILDKIT", "0");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    /**
     * Runs a line of shell as a user of this engine would type it in the project's directory.
     *
     * @return what it printed, standard error included
     * @throws IllegalStateException when it fails or does not end
     */
    String run(String line) {
        Path output = home.resolve("output");
        try {
            Process process =
                    sh(line, ProcessBuilder.Redirect.to(output.toFile())).start();
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        line + ": " + Files.readString(output).strip());
            }
            return Files.readString(output).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted: " + line, e);
        }
    }

    /** Copies the container's log into the file, from its beginning until the container ends. */
    void keepLog(String container, Path file) {
        try {
            sh("exec docker logs --follow " + container, ProcessBuilder.Redirect.to(file.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The namespace from which its containers are reached. */
    String namespace() {
        return name;
    }

    private static Path home(String name) {
        return HOMES.resolve(name);
    }

    private static Process sweepAtEndOfInput(String name) {
        try {
            return new ProcessBuilder(
                            "setsid",
                            "sh",
                            "-c",
                            SWEEP,
                            "sweep",
                            name,
                            home(name).toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("the guard did not start", e);
        }
    }

    private static void sweepLeftovers() {
        Set<String> names = new TreeSet<>();
        for (Path place : List.of(NAMES, HOMES)) {
            try (Stream<Path> entries = Files.isDirectory(place) ? Files.list(place) : Stream.empty()) {
                entries.map(entry -> entry.getFileName().toString())
                        .filter(entry -> entry.matches(PREFIX + "[0-9]+"))
                        .forEach(names::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        for (String name : names) {
            long owner = Long.parseLong(name.substring(PREFIX.length()));
            if (owner == ProcessHandle.current().pid()
                    || ProcessHandle.of(owner).isEmpty()) {
                Run.now("sh", "-c", SWEEP, "sweep", name, home(name).toString());
            }
        }
    }

    /** Ends every container and the daemon and removes all of it; throws when something could not be removed. */
    @Override
    public void close() {
        try {
            guard.getOutputStream().close();
            if (!guard.waitFor(30, TimeUnit.SECONDS) || guard.exitValue() != 0) {
                throw new IllegalStateException("the Docker engine could not be removed: " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while removing the Docker engine", e);
        }
    }
}
