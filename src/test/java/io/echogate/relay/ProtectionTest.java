package io.echogate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echogate.config.CarryRules;
import io.echogate.config.Limits;
import io.echogate.model.State;
import io.echogate.net.Transport;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A bound on what a member is given at once, on real sockets and two loops. */
@ExtendWith(NoLeaks.class)
final class ProtectionTest extends ClosesAfterEach {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    private Backend gated() throws IOException {
        return closing(Backend.start((request, out) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            now.decrementAndGet();
            Backend.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            return true;
        }));
    }

    private static Limits limits(int inFlight, int queue, Duration wait) {
        Limits l = Limits.DEFAULT;
        return new Limits(l.head(), l.headers(), l.target(), 0, l.connections(), 64, l.proofs(), inFlight, queue, wait);
    }

    private List<Socket> clients(Rig rig, int n) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Socket s = closing(rig.connect());
            Rig.send(s, "GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
            sockets.add(s);
        }
        return sockets;
    }

    @ParameterizedTest
    @EnumSource
    void the_bound_holds_over_all_loops_and_whoever_waits_is_answered(Transport transport) throws Exception {
        Backend s1 = gated();
        Limits ten = limits(10, 100, Duration.ofMinutes(1));
        Rig rig = closing(new Rig(transport, Rig.config(false, ten, CarryRules.DEFAULT), null, s1.address()));
        List<Socket> clients = clients(rig, 40);
        await().atMost(PATIENCE).until(() -> now.get() == 10 && rig.metric(Families.WAITING) == 30);
        gate.countDown();
        for (Socket s : clients) {
            assertThat(Rig.answer(s)).startsWith("HTTP/1.1 200 OK").endsWith("ok");
        }
        assertThat(most.get()).isEqualTo(10);
        assertThat(rig.metric(Families.WAITING)).isZero();
        assertThat(rig.metric(Families.WAITED)).isEqualTo(30);
    }

    @Test
    void whoever_finds_the_line_full_is_told_to_come_back() throws Exception {
        Backend s1 = gated();
        Limits one = limits(1, 2, Duration.ofMinutes(1));
        Rig rig = closing(new Rig(Transport.EPOLL, Rig.config(false, one, CarryRules.DEFAULT), null, s1.address()));
        clients(rig, 1);
        await().atMost(PATIENCE).until(() -> now.get() == 1);
        clients(rig, 20);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(rig.metric(Families.REFUSALS, "busy") + rig.metric(Families.WAITING))
                        .isEqualTo(20));
        assertThat(rig.metric(Families.WAITING)).as("one for each loop").isBetween(1L, 2L);
        gate.countDown();
        await().atMost(PATIENCE).until(() -> rig.metric(Families.WAITING) == 0);
    }

    @Test
    void one_that_comes_back_to_a_crowd_is_given_a_tenth_at_first() throws Exception {
        Backend s1 = gated();
        Limits limits = limits(40, 100, Duration.ofMinutes(1));
        Rig rig = closing(new Rig(Transport.EPOLL, Rig.config(false, limits, CarryRules.DEFAULT), null, s1.address()));
        rig.state(1, State.RECOVERING);
        CountDownLatch told = new CountDownLatch(1);
        rig.relay.caughtUp(told::countDown);
        told.await();
        clients(rig, 40);
        await().atMost(PATIENCE).until(() -> now.get() + rig.metric(Families.WAITING) == 40);
        assertThat(most.get()).as("two on each of two loops").isLessThanOrEqualTo(4);
        gate.countDown();
        await().atMost(PATIENCE).until(() -> rig.metric(Families.WAITING) == 0);
    }

    @Test
    void nobody_waits_when_all_are_dark() throws Exception {
        Rig rig = closing(new Rig(Rig.nobody()));
        rig.state(1, State.DOWN);
        CountDownLatch told = new CountDownLatch(1);
        rig.relay.caughtUp(told::countDown);
        told.await();
        assertThat(rig.ask(Rig.GET)).startsWith("HTTP/1.1 503").contains("Retry-After: 1\r\n");
        assertThat(rig.metric(Families.WAITED)).isZero();
    }
}
