package io.echogate.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.json.JsonMapper;

/** The {@link WitnessMain witness} as the test outside sees it: a process on the monitor's host that tells what it sees. */
final class Witness implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(5);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Process process;
    private final List<Sighting> seen = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    private Witness(Process process) {
        this.process = process;
    }

    static Witness start(Host host, Path log) {
        List<String> command = Run.java(WitnessMain.class, host.address(), Lab.PORT + "");
        try {
            Process process = new ProcessBuilder(Run.inside(host.namespace(), command))
                    .redirectError(log.toFile())
                    .start();
            Witness witness = new Witness(process);
            Thread.ofPlatform().daemon().name("witness").start(witness::listen);
            return witness;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                seen.add(JSON.readValue(line, Sighting.class));
            }
        } catch (IOException e) {
            if (!closed) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Two clients, one that keeps its connections and one that does not, each at this rate until the end. */
    void load(int perSecond) {
        order("load " + perSecond);
    }

    /** One request of its own to the monitor. */
    Sighting.Got get(String target) {
        int before = all(Sighting.Got.class).size();
        order("get " + target);
        await().atMost(Duration.ofSeconds(15))
                .pollInterval(POLL)
                .until(() -> all(Sighting.Got.class).size() > before);
        return all(Sighting.Got.class).get(before);
    }

    private void order(String line) {
        try {
            process.outputWriter(StandardCharsets.UTF_8)
                    .append(line)
                    .append('\n')
                    .flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the witness has ended", e);
        }
    }

    <T extends Sighting> List<T> all(Class<T> type) {
        return seen.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The first sighting after the given time; throws with everything seen since when none comes in time. */
    <T extends Sighting> T first(Class<T> type, long after, Duration atMost, Predicate<T> is) {
        try {
            return await().atMost(atMost)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLL)
                    .until(() -> since(type, after).filter(is).findFirst(), Optional::isPresent)
                    .orElseThrow();
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "no such " + type.getSimpleName() + " within " + atMost + "; seen: "
                            + since(type, after).toList(),
                    e);
        }
    }

    <T extends Sighting> Stream<T> since(Class<T> type, long after) {
        return all(type).stream().filter(sighting -> sighting.at() - after > 0);
    }

    /** What the fleet's JSON says of the member now, as {@code STATE CAUSE}. */
    String verdict(String member) {
        return all(Sighting.Verdict.class).stream()
                .filter(verdict -> verdict.member().equals(member))
                .reduce((earlier, later) -> later)
                .map(verdict -> verdict.state() + " " + verdict.cause())
                .orElse("never seen");
    }

    /** Waits until the member has this verdict. */
    void awaitVerdict(String member, String verdict, Duration atMost) {
        await("verdict of " + member)
                .atMost(atMost)
                .pollInterval(POLL)
                .untilAsserted(() -> assertThat(verdict(member)).isEqualTo(verdict));
    }

    /** Checks for this long that the member keeps this verdict. */
    void holds(String member, String verdict, Duration time) {
        await("verdict of " + member + " stays " + verdict)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .during(time)
                .atMost(time.plusSeconds(2))
                .failFast(() -> assertThat(verdict(member)).as(member).isEqualTo(verdict))
                .until(() -> true);
    }

    /** Ends the load: the last requests are waited for and everything since the last rest is counted. */
    void rest() {
        int before = all(Sighting.Watched.class).size();
        order("rest");
        await("the witness rests")
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .failFast(this::requireAlive)
                .until(() -> all(Sighting.Watched.class).size() > before);
    }

    private void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the witness failed: see its log");
        }
    }

    @Override
    public void close() {
        closed = true;
        process.destroyForcibly();
    }
}
