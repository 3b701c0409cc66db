package io.echogate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.echogate.clock.Clock;
import io.echogate.config.AccessLogRules;
import io.echogate.config.CarryRules;
import io.echogate.config.Config;
import io.echogate.config.HedgeRules;
import io.echogate.config.HistoryRules;
import io.echogate.config.HostPort;
import io.echogate.config.Limits;
import io.echogate.config.OutlierRules;
import io.echogate.config.StatusRules;
import io.echogate.meter.Meters;
import io.echogate.meter.Metric;
import io.echogate.model.Fleet;
import io.echogate.model.Fleets;
import io.echogate.model.Outcome;
import io.echogate.model.State;
import io.echogate.net.EventLoops;
import io.echogate.net.Transport;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(NoLeaks.class)
final class RelayTest extends ClosesAfterEach {
    private static CarryRules drainIn(Duration drain) {
        CarryRules d = CarryRules.DEFAULT;
        return new CarryRules(
                d.connectTimeout(),
                d.firstByteTimeout(),
                d.requestTimeout(),
                d.idleTimeout(),
                d.headTimeout(),
                drain,
                2,
                d.replayBuffer(),
                20,
                3,
                true,
                HedgeRules.DEFAULT,
                OutlierRules.DEFAULT);
    }

    @ParameterizedTest
    @EnumSource
    void carriesARequest(Transport transport) throws Exception {
        Backend s1 = closing(Backend.named("one"));
        Rig rig =
                closing(new Rig(transport, Rig.config(false, Limits.DEFAULT, CarryRules.DEFAULT), null, s1.address()));
        assertThat(rig.ask(Rig.GET))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("Echogate-Member: S1\r\nEchogate-Attempts: 1\r\n")
                .endsWith("\r\n\r\none GET /x HTTP/1.1 0");
        assertThat(s1.requests.getFirst().field("Via")).isEqualTo("1.1 echogate");
        assertThat(s1.requests.getFirst().field("X-Forwarded-For")).isEqualTo("127.0.0.1");
        assertThat(rig.relay.lastAnsweredNanos(0)).isNotEqualTo(Relay.NEVER);
        await().untilAsserted(() ->
                assertThat(rig.metric(Metric.REQUESTS, "S1", "2xx")).isEqualTo(1));
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedConnectionLeadsToTheNextMember(Transport transport) throws Exception {
        Backend s2 = closing(Backend.named("two"));
        Config c = Rig.config(false, Limits.DEFAULT, CarryRules.DEFAULT);
        Rig rig = closing(new Rig(transport, c, null, Rig.nobody(), s2.address()));
        assertThat(rig.ask(Rig.GET))
                .contains("Echogate-Member: S2\r\nEchogate-Attempts: 2\r\n")
                .endsWith("two GET /x HTTP/1.1 0");
        assertThat(rig.outcomes()).containsExactly(Outcome.REFUSED);
        assertThat(rig.metric(Families.RETRIES, "refused")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aResetBeforeTheAnswerLeadsToTheNextMember(Transport transport) throws Exception {
        Backend s1 = closing(Backend.start((r, out) -> {
            r.socket().setSoLinger(true, 0);
            return false;
        }));
        Backend s2 = closing(Backend.named("two"));
        Config c = Rig.config(false, Limits.DEFAULT, CarryRules.DEFAULT);
        Rig rig = closing(new Rig(transport, c, null, s1.address(), s2.address()));
        assertThat(rig.ask(Rig.GET)).endsWith("two GET /x HTTP/1.1 0");
        assertThat(rig.outcomes()).containsExactly(Outcome.RESET);
    }

    @Test
    void aStormOfFailuresIsReportedOnce() throws Exception {
        Backend s2 = closing(Backend.named("two"));
        Rig rig = closing(new Rig(Rig.nobody(), s2.address()));
        try (Socket s = rig.connect()) {
            for (int i = 0; i < 50; i++) {
                Rig.send(s, "GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(Rig.answer(s)).endsWith("two GET /x HTTP/1.1 0");
            }
        }
        assertThat(rig.heard.size() + rig.metric(Families.EVIDENCE_DROPPED)).isEqualTo(50);
        assertThat(rig.heard).hasSizeLessThan(50);
    }

    @Test
    void aMemberInDoubtLosesItsWaitingRequestsAtOnce() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Backend frozen = closing(Backend.start((r, out) -> waits(never)));
        Backend s2 = closing(Backend.named("two"));
        Rig rig = closing(new Rig(frozen.address(), s2.address()));
        try (Socket s = rig.connect()) {
            Rig.send(s, Rig.GET);
            await().until(() -> frozen.requests.size() == 1);
            rig.state(1, State.SUSPECT);
            assertThat(Rig.answer(s)).contains("Attempts: 2\r\n").endsWith("two GET /x HTTP/1.1 0");
        }
        assertThat(rig.heard).isEmpty();
        never.countDown();
    }

    private static boolean waits(CountDownLatch latch) throws IOException {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void keepAliveIsKeptOnBothSides() throws Exception {
        Backend s1 = closing(Backend.named("one"));
        Rig rig = closing(new Rig(s1.address()));
        try (Socket s = rig.connect()) {
            for (int i = 0; i < 20; i++) {
                Rig.send(s, "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
                assertThat(Rig.answer(s)).endsWith("one POST /x HTTP/1.1 5");
            }
        }
        assertThat(s1.connections).hasSize(1);
        assertThat(rig.metric(Families.REUSED, "S1")).isEqualTo(19);
        await().until(() -> rig.metric(Families.IDLE, "S1") == 1);
        rig.state(1, State.DOWN);
        await().until(() -> s1.connections.isEmpty());
        assertThat(rig.ask(Rig.GET)).startsWith("HTTP/1.1 503 ").contains("S1 DOWN");
    }

    @Test
    void idleConnectionsThatTheMemberClosesAreForgotten() throws Exception {
        Backend s1 = closing(Backend.named("one"));
        Rig rig = closing(new Rig(s1.address()));
        rig.ask(Rig.GET);
        await().until(() -> rig.metric(Families.IDLE, "S1") == 1);
        for (Socket s : s1.connections) {
            s.close();
        }
        await().until(() -> rig.metric(Families.IDLE, "S1") == 0);
        assertThat(rig.ask(Rig.GET)).contains("Attempts: 1\r\n");
        assertThat(rig.heard).isEmpty();
    }

    @Test
    void manyClientsAtOnceGetTheirOwnAnswers() throws Exception {
        Backend s1 = closing(Backend.named("one"));
        Rig rig = closing(new Rig(s1.address()));
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int c = 0; c < 32; c++) {
                int client = c;
                all.add(many.submit(() -> converse(rig, client)));
            }
            for (Future<Integer> f : all) {
                assertThat(f.get(30, TimeUnit.SECONDS)).isEqualTo(50);
            }
        }
        assertThat(rig.metric(Metric.REQUESTS, "S1", "2xx")).isEqualTo(32 * 50);
        assertThat(rig.metric(Families.IN_FLIGHT)).isZero();
        await().until(() -> rig.metric(Families.CLIENTS) == 0);
    }

    private static int converse(Rig rig, int client) throws IOException {
        int right = 0;
        try (Socket s = rig.connect()) {
            for (int i = 0; i < 50; i++) {
                String path = "/" + client + "/" + i;
                Rig.send(s, "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
                right += Rig.answer(s).endsWith("one GET " + path + " HTTP/1.1 0") ? 1 : 0;
            }
        }
        return right;
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        Backend s1 = closing(Backend.named("one"));
        Rig rig = closing(new Rig(s1.address()));
        try (Socket s = rig.connect()) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                all.append("GET /").append(i).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
            }
            Rig.send(s, all.toString());
            s.shutdownOutput();
            for (int i = 0; i < 100; i++) {
                assertThat(Rig.answer(s)).endsWith("one GET /" + i + " HTTP/1.1 0");
            }
            assertThat(s.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void faultsAreAnsweredBeforeTheConnectionCloses() throws Exception {
        Rig rig = closing(new Rig(Rig.nobody()));
        assertThat(rig.ask("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "x".repeat(100_000)))
                .startsWith("HTTP/1.1 400 Bad Request\r\n");
        assertThat(rig.metric(Families.REFUSALS, "length_and_coding")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aTakenPortIsNamed(Transport transport) throws Exception {
        try (ServerSocket other = new ServerSocket(0);
                EventLoops loops = EventLoops.start("test-taken", 1, transport)) {
            Fleet fleet = Fleets.all(State.UP, Rig.nobody());
            Config d = Rig.config(false, Limits.DEFAULT, CarryRules.DEFAULT);
            Config taken = new Config(
                    new HostPort("0.0.0.0", other.getLocalPort()),
                    d.admin(),
                    false,
                    d.pollFreq(),
                    null,
                    d.policy(),
                    d.ping(),
                    d.icmp(),
                    List.of(),
                    d.carry(),
                    d.limits(),
                    AccessLogRules.DEFAULT,
                    HistoryRules.OFF,
                    StatusRules.OFF,
                    null,
                    d.members(),
                    List.of());
            assertThatThrownBy(() ->
                            Relay.start(taken, loops, Clock.system(), new Meters(), () -> fleet, c -> {}, null, null))
                    .isInstanceOf(ListenException.class)
                    .hasMessageContaining("0.0.0.0:" + other.getLocalPort());
        }
    }

    @Test
    void anotherRelaysPortIsTakenToo() throws Exception {
        Rig rig = closing(new Rig(Rig.nobody()));
        Config d = Rig.config(false, Limits.DEFAULT, CarryRules.DEFAULT);
        Config same = new Config(
                new HostPort("127.0.0.1", rig.relay.address().getPort()),
                d.admin(),
                false,
                d.pollFreq(),
                null,
                d.policy(),
                d.ping(),
                d.icmp(),
                List.of(),
                d.carry(),
                d.limits(),
                AccessLogRules.DEFAULT,
                HistoryRules.OFF,
                StatusRules.OFF,
                null,
                d.members(),
                List.of());
        assertThatThrownBy(() -> new Rig(Transport.EPOLL, same, null, Rig.nobody()))
                .isInstanceOf(ListenException.class);
    }

    @Test
    void drainingLetsRunningRequestsFinish() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Backend s1 = closing(Backend.start((r, out) -> {
            waits(go);
            Backend.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone");
            return true;
        }));
        Rig rig = closing(new Rig(s1.address()));
        try (Socket idle = rig.connect();
                Socket busy = rig.connect()) {
            Rig.send(busy, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            await().until(() -> s1.requests.size() == 1);
            await().until(() -> rig.metric(Families.CLIENTS) == 2);
            Future<Void> drained = rig.relay.drain();
            assertThat(idle.getInputStream().read()).isEqualTo(-1);
            assertThatThrownBy(() -> drained.get(50, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            assertThatThrownBy(rig::connect).isInstanceOf(IOException.class);
            go.countDown();
            assertThat(Rig.answer(busy)).contains("Connection: close\r\n").endsWith("done");
            drained.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void whatDoesNotFinishInTimeIsCut() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Backend s1 = closing(Backend.start((r, out) -> waits(never)));
        Config c = Rig.config(false, Limits.DEFAULT, drainIn(Duration.ofMillis(200)));
        Rig rig = closing(new Rig(Transport.EPOLL, c, null, s1.address()));
        try (Socket s = rig.connect()) {
            Rig.send(s, Rig.GET);
            await().until(() -> s1.requests.size() == 1);
            rig.relay.drain().get(5, TimeUnit.SECONDS);
            assertThat(s.getInputStream().read()).isEqualTo(-1);
        }
        never.countDown();
    }

    @ParameterizedTest
    @EnumSource
    void acceptingPausesAtTheLimit(Transport transport) throws Exception {
        Backend s1 = closing(Backend.named("one"));
        Limits l = Limits.DEFAULT;
        Limits two = new Limits(
                l.head(), l.headers(), l.target(), 0, 2, 8, 10, l.inFlightPerMember(), l.queue(), l.queueTimeout());
        Rig rig = closing(new Rig(transport, Rig.config(false, two, CarryRules.DEFAULT), null, s1.address()));
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            sockets.add(rig.connect());
        }
        await().until(() -> rig.metric(Families.CLIENTS) > 0);
        await().during(Duration.ofMillis(200)).until(() -> rig.metric(Families.CLIENTS) <= 2);
        for (Socket s : sockets) {
            Rig.send(s, Rig.GET);
        }
        for (Socket s : sockets) {
            assertThat(Rig.answer(s)).endsWith("one GET /x HTTP/1.1 0");
            s.close();
        }
    }
}
