package io.echogate.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echogate.clock.Chance;
import io.echogate.clock.Clock;
import io.echogate.model.Icmp;
import io.echogate.model.Icmp.Mode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real echoes on loopback. Where the host allows no ICMP, the same tests hold that this is said, with the remedy. */
class IcmpSocketTest {
    private static final InetAddress SIX = InetAddress.ofLiteral("::1");

    private final Clock clock = Clock.system();
    private final RandomGenerator nonces = Chance.secure();
    private final HeardEcho ear = new HeardEcho();
    private final IcmpSocket socket = IcmpSocket.open(clock);

    @AfterEach
    void close() {
        socket.close();
    }

    private boolean available() {
        if (socket.icmp().mode() == Mode.NONE) {
            assertThat(socket.icmp().remedy()).contains("ping_group_range");
            assertThat(socket.reaches(InetAddress.getLoopbackAddress())).isFalse();
            assertThat(socket.answersHeld()).isZero();
            socket.put(InetAddress.getLoopbackAddress(), 1, 1, 5, ear);
            assertThat(ear.refused).containsKey(5);
            return false;
        }
        assertThat(socket.icmp().remedy()).isEmpty();
        return true;
    }

    private static InetAddress loopback(int n) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, (byte) (n >>> 8), (byte) n});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitAnswers(Set<Long> to) {
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            socket.read(ear);
            assertThat(ear.answered.keySet()).isEqualTo(to);
        });
    }

    @Test
    void aThousandAddressesAllAnswerOnOneSocket() {
        if (!available()) {
            return;
        }
        Set<Long> asked = new HashSet<>();
        long start = clock.nanos();
        for (int i = 1; i <= 1_000; i++) {
            long nonce = nonces.nextLong();
            asked.add(nonce);
            socket.put(loopback(i), nonce, i, i, ear);
        }
        assertThat(ear.left)
                .as("whole batches leave by themselves")
                .hasSize(1_000 / IcmpSocket.BATCH * IcmpSocket.BATCH);
        socket.send(ear);
        assertThat(ear.left).hasSize(1_000);
        assertThat(ear.refused).isEmpty();

        awaitAnswers(asked);
        long end = clock.nanos();
        assertThat(ear.answered.values()).allMatch(at -> at - start > 0 && end - at > 0);
    }

    @Test
    void ipv6AnswersBesideIpv4() {
        if (!available()) {
            return;
        }
        assertThat(socket.reaches(SIX)).isTrue();
        socket.put(SIX, 66, 1, 6, ear);
        socket.put(loopback(1), 44, 2, 4, ear);
        socket.send(ear);

        awaitAnswers(Set.of(66L, 44L));
        assertThat(ear.left).containsOnlyKeys(6, 4);
    }

    @Test
    void theStampIsTheKernelsAndNotOfTheReading() {
        if (!available()) {
            return;
        }
        socket.put(loopback(1), 7, 1, 1, ear);
        socket.send(ear);
        long sent = clock.nanos();
        await().pollDelay(Duration.ofMillis(300)).until(() -> clock.nanos() - sent > 300_000_000L);

        awaitAnswers(Set.of(7L));
        assertThat(ear.answered.getOrDefault(7L, Long.MAX_VALUE) - sent)
                .as("nanoseconds after sending")
                .isLessThan(250_000_000L);
    }

    @Test
    void anotherSocketsAnswersAreNotOurs() {
        if (!available()) {
            return;
        }
        try (IcmpSocket other = IcmpSocket.open(clock)) {
            HeardEcho others = new HeardEcho();
            for (InetAddress to : new InetAddress[] {loopback(1), SIX}) {
                other.put(to, 11, 1, 1, others);
                other.send(others);
                socket.put(to, 22, 1, 1, ear);
                socket.send(ear);
                awaitAnswers(Set.of(22L));
                other.read(others);
                assertThat(others.answered).containsOnlyKeys(11L);
                ear.answered.clear();
                others.answered.clear();
            }
        }
    }

    @Test
    void aFreshSocketTakesOverAndTheOldOneIsStillHeard() {
        if (!available()) {
            return;
        }
        assertThat(socket.openSockets()).isEqualTo(2);
        socket.renew(ear);
        assertThat(socket.openSockets()).as("nothing was asked with it").isEqualTo(2);
        socket.put(loopback(1), 1, 1, 1, ear);
        socket.renew(ear);
        assertThat(socket.openSockets()).isEqualTo(3);
        assertThat(ear.left).as("what had been put leaves first").containsOnlyKeys(1);
        socket.put(loopback(2), 2, 2, 2, ear);
        socket.send(ear);

        awaitAnswers(Set.of(1L, 2L));
        assertThat(socket.openSockets()).isEqualTo(3);
        socket.forget(clock.nanos());
        assertThat(socket.openSockets()).isEqualTo(2);
    }

    @Test
    void thereAreNeverManySockets() {
        if (!available()) {
            return;
        }
        for (int i = 0; i < 3 * IcmpPorts.MOST_OLDER; i++) {
            socket.put(loopback(1), i, i, i, ear);
            socket.renew(ear);
        }
        assertThat(socket.openSockets()).isEqualTo(IcmpPorts.MOST_OLDER + 2);
        socket.forget(clock.nanos());
        socket.renew(ear);
        assertThat(socket.openSockets()).isEqualTo(3);
    }

    @Test
    void answersThatFindTheBufferFullAreCounted() {
        if (!available()) {
            return;
        }
        int many = 8 * socket.answersHeld();
        for (int i = 0; i < many; i++) {
            socket.put(loopback(1 + i % 250), i, i, i, ear);
        }
        socket.send(ear);
        socket.read(ear);
        assertThat(ear.answered.size()).isLessThan(many).isGreaterThan(socket.answersHeld());
        int heard = ear.answered.size();

        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            socket.put(loopback(1), many, many, many, ear);
            socket.send(ear);
            socket.read(ear);
            if (socket.icmp().mode() == Mode.DATAGRAM) {
                assertThat(ear.overflowed).isEqualTo(many - heard);
            } else {
                assertThat(ear.overflowed)
                        .as("a full raw socket's kernel counts requests and others' pings as well")
                        .isGreaterThanOrEqualTo(many - heard);
            }
        });
    }

    @Test
    void tellsWhenThereIsSomethingToReadAndEndsWhenClosed() {
        if (!available()) {
            return;
        }
        AtomicInteger told = new AtomicInteger();
        Set<Thread> before = watchers();
        socket.listen(told::incrementAndGet);
        await().atMost(Duration.ofSeconds(5)).until(() -> watchers().size() == before.size() + 1);
        socket.put(loopback(1), 1, 1, 1, ear);
        socket.send(ear);
        await().atMost(Duration.ofSeconds(5)).until(() -> told.get() > 0);

        socket.close();

        await().atMost(Duration.ofSeconds(5)).until(() -> watchers().size() == before.size());
        assertThat(socket.reaches(loopback(1))).isFalse();
        socket.put(loopback(1), 2, 2, 9, ear);
        assertThat(ear.refused).containsKey(9);
    }

    private static Set<Thread> watchers() {
        Set<Thread> found = new HashSet<>();
        for (Thread t : Thread.getAllStackTraces().keySet()) {
            if (t.getName().equals(IcmpWatcher.THREAD) && t.isAlive()) {
                found.add(t);
            }
        }
        return found;
    }

    @Test
    void saysWhatTheHostAllowsAndHowToChangeIt() {
        assertThat(IcmpSocket.icmp(5, -1)).isEqualTo(new Icmp(Mode.DATAGRAM, ""));
        assertThat(IcmpSocket.icmp(-Errno.EACCES, 5)).isEqualTo(new Icmp(Mode.RAW, ""));
        assertThat(IcmpSocket.icmp(-Errno.EACCES, -Errno.EPERM))
                .isEqualTo(new Icmp(Mode.NONE, "sysctl -w net.ipv4.ping_group_range=\"0 2147483647\""));
        assertThat(IcmpSocket.icmp(-Errno.EMFILE, -Errno.EMFILE).remedy()).isEqualTo("ulimit -n 65536");
    }
}
