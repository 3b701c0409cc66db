package io.echogate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echogate.config.CarryRules;
import io.echogate.config.HedgeRules;
import io.echogate.config.Limits;
import io.echogate.config.OutlierRules;
import io.echogate.net.Transport;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A whole relay between two real sockets: after every hostile exchange a well-behaved client is served on a new
 * connection, and after many no connection, descriptor or buffer is left, and no loop spins. Confined to one thread.
 */
public final class RelayFuzz implements AutoCloseable {
    private static final String GOOD = "GET /good HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood";
    private static final Duration IDLE = Duration.ofSeconds(2);

    /** What two loops keep of the pipes that large bodies went through: 16 each, of two ends. */
    private static final long KEPT_ENDS = 2 * 16 * 2;

    private final AtomicReference<String> answer = new AtomicReference<>(ANSWER);
    private final List<String> leaks = new CopyOnWriteArrayList<>();
    private final Backend member;
    private final Rig rig;
    private long descriptors;
    private long pipes;

    /** Starts relay and member. */
    public RelayFuzz() throws IOException {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ByteBufUtil.setLeakListener((type, records) -> leaks.add(type + records));
        member = Backend.streaming((request, out) -> {
            if (request.line().startsWith("GET /good ")) {
                Backend.write(out, ANSWER);
                return true;
            }
            Backend.write(out, answer.get());
            return false;
        });
        rig = new Rig(Transport.EPOLL, Rig.config(false, Limits.DEFAULT, impatient()), null, member.address());
        isWell();
        settled();
        descriptors = descriptors();
        pipes = pipes();
    }

    private static CarryRules impatient() {
        CarryRules d = CarryRules.DEFAULT;
        return new CarryRules(
                d.connectTimeout(),
                IDLE,
                d.requestTimeout(),
                IDLE,
                IDLE,
                d.drainTimeout(),
                0,
                d.replayBuffer(),
                20,
                3,
                true,
                HedgeRules.DEFAULT,
                OutlierRules.DEFAULT);
    }

    /** A hostile client; half of them end their direction, half break off. */
    public boolean request(String wire, RandomGenerator random) throws IOException {
        answer.set(ANSWER);
        return exchange(wire, random);
    }

    /** A hostile member. */
    public boolean answer(String wire, RandomGenerator random) throws IOException {
        answer.set(wire);
        return exchange("GET /bad HTTP/1.1\r\nHost: a\r\n\r\n", random);
    }

    private boolean exchange(String wire, RandomGenerator random) throws IOException {
        String got = "";
        try (Socket s = rig.connect()) {
            s.setSoLinger(random.nextInt(4) == 0, 0);
            int cut = random.nextInt(wire.length() + 1);
            Rig.send(s, wire.substring(0, cut));
            Rig.send(s, wire.substring(cut));
            if (random.nextBoolean()) {
                s.shutdownOutput();
                got = new String(s.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the relay neither answers nor closes", e);
        } catch (IOException e) {
            got = "reset";
        }
        isWell();
        return got.startsWith("HTTP/1.1 2");
    }

    /** Somebody else is served, whatever happened before. */
    private void isWell() throws IOException {
        assertThat(rig.ask(GOOD)).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\ngood");
    }

    /** Waits until everything that was begun is over, and looks whether anything is left of it. */
    public void settled() {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(rig.metric(Families.CLIENTS)).as("clients").isZero();
            assertThat(rig.metric(Families.IN_FLIGHT)).as("requests").isZero();
            long idle = rig.metric(Families.IDLE);
            assertThat(member.connections).as("connections").hasSizeLessThanOrEqualTo((int) idle);
        });
        if (descriptors > 0) {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                long idle = 2 * rig.metric(Families.IDLE);
                assertThat(descriptors()).as("descriptors").isLessThanOrEqualTo(descriptors + idle);
                assertThat(pipes()).as("ends of pipes").isLessThanOrEqualTo(pipes + KEPT_ENDS);
            });
        }
        assertThat(leaks).isEmpty();
        nothingSpins();
    }

    private static long descriptors() throws IOException {
        return open(target -> !target.isEmpty() && !target.startsWith("pipe:"));
    }

    private static long pipes() throws IOException {
        return open(target -> target.startsWith("pipe:"));
    }

    private static long open(Predicate<String> which) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.map(RelayFuzz::target).filter(which).count();
        }
    }

    /** Empty for one that was closed meanwhile. */
    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }

    /** With nobody there a loop only turns its wheel. */
    private static void nothingSpins() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] before = {cpu(threads)};
        await().pollDelay(Duration.ofMillis(200)).untilAsserted(() -> {
            long now = cpu(threads);
            long used = now - before[0];
            before[0] = now;
            assertThat(used).as("nanoseconds of a loop in 100 ms").isLessThan(80_000_000L);
        });
    }

    private static long cpu(ThreadMXBean threads) {
        return Stream.of(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(t -> t != null && t.getThreadName().startsWith("test-relay"))
                .mapToLong(t -> Math.max(threads.getThreadCpuTime(t.getThreadId()), 0))
                .sum();
    }

    @Override
    public void close() throws IOException {
        rig.close();
        member.close();
        ByteBufUtil.setLeakListener((type, records) -> {});
    }
}
