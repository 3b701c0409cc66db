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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real echoes on loopback. Where the host allows no ICMP, the same tests hold that this is said, with the remedy. */
class IcmpSocketTest {
    private final RandomGenerator nonces = Chance.secure();
    private final Map<Long, Long> heard = new ConcurrentHashMap<>();
    private final IcmpSocket socket = IcmpSocket.open();

    @AfterEach
    void close() {
        socket.close();
    }

    private boolean available() {
        if (socket.icmp().mode() == Mode.NONE) {
            assertThat(socket.icmp().remedy()).contains("ping_group_range");
            assertThat(socket.reaches(InetAddress.getLoopbackAddress())).isFalse();
            assertThat(socket.send(InetAddress.getLoopbackAddress(), 1, 1)).isNotZero();
            return false;
        }
        assertThat(socket.icmp().remedy()).isEmpty();
        socket.listen(Clock.system(), heard::put);
        return true;
    }

    private static InetAddress loopback(int n) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, (byte) (n >>> 8), (byte) n});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aThousandAddressesAllAnswerOnOneSocket() {
        if (!available()) {
            return;
        }
        Set<Long> asked = new HashSet<>();
        long start = Clock.system().nanos();
        for (int i = 1; i <= 1_000; i++) {
            long nonce = nonces.nextLong();
            asked.add(nonce);
            assertThat(socket.send(loopback(i), nonce, i)).isZero();
        }

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(heard.keySet()).isEqualTo(asked));
        assertThat(heard.values()).allMatch(at -> at - start > 0);
    }

    @Test
    void anotherSocketsAnswersAreNotOurs() {
        if (!available()) {
            return;
        }
        try (IcmpSocket other = IcmpSocket.open()) {
            Map<Long, Long> others = new ConcurrentHashMap<>();
            other.listen(Clock.system(), others::put);
            assertThat(other.send(loopback(1), 11, 1)).isZero();
            assertThat(socket.send(loopback(1), 22, 1)).isZero();

            await().atMost(Duration.ofSeconds(5)).until(() -> others.containsKey(11L) && heard.containsKey(22L));
            if (socket.icmp().mode() == Mode.DATAGRAM) {
                assertThat(heard).containsOnlyKeys(22L);
            }
        }
    }

    @Test
    void closingEndsTheReaderAndFurtherSends() {
        if (!available()) {
            return;
        }
        Set<Thread> readers = readers();
        assertThat(readers).isNotEmpty();

        socket.close();

        await().atMost(Duration.ofSeconds(5)).until(() -> readers().size() < readers.size());
        assertThat(socket.send(loopback(1), 1, 1)).isNotZero();
    }

    private static Set<Thread> readers() {
        Set<Thread> found = new HashSet<>();
        for (Thread t : Thread.getAllStackTraces().keySet()) {
            if (t.getName().equals(IcmpReader.THREAD) && t.isAlive()) {
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

    @Test
    void reachesIpv4Only() {
        assertThat(socket.reaches(InetAddress.ofLiteral("::1"))).isFalse();
        assertThat(socket.reaches(loopback(1))).isEqualTo(socket.icmp().mode() != Mode.NONE);
    }
}
