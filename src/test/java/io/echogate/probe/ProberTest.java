package io.echogate.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echogate.clock.Chance;
import io.echogate.clock.Clock;
import io.echogate.clock.ManualClock;
import io.echogate.config.Config;
import io.echogate.config.MemberConfig;
import io.echogate.meter.Meters;
import io.echogate.model.Command;
import io.echogate.model.Echo;
import io.echogate.model.Icmp;
import io.echogate.model.Kind;
import io.echogate.model.LookUp;
import io.echogate.model.Outcome;
import io.echogate.model.State;
import io.echogate.model.Timing;
import io.echogate.net.EventLoops;
import io.echogate.net.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole way from a configured member to an echo, against sockets that misbehave on purpose. */
class ProberTest {
    private static final String PONG = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npong";

    private final List<Command> commands = new CopyOnWriteArrayList<>();
    private final Meters meters = new Meters();
    private EventLoops loops = EventLoops.start("probe", 1);
    private AutoCloseable prober = () -> {};

    @AfterEach
    void close() throws Exception {
        prober.close();
        loops.close();
    }

    private Prober ask(Config config) {
        return ask(config, Clock.system());
    }

    private Prober ask(Config config, Clock clock) {
        Prober started = Prober.start(config, loops, clock, meters, Chance.secure(), commands::addAll);
        prober = started;
        return started;
    }

    private Optional<Icmp> icmp() {
        return commands.stream()
                .flatMap(c -> c instanceof Command.IcmpIs i ? Stream.of(i.icmp()) : null)
                .findFirst();
    }

    /** Asked with the default time-out of 800 ms. */
    private static Config service(String host, int port) {
        Config config = Config.of(List.of(MemberConfig.of("S1", host, port)));
        return TestConfigs.withoutIcmp(TestConfigs.ping(config, p -> p.answerLimit(1_000)));
    }

    /** Where the outcome does not depend on time, a busy machine must not make it do so. */
    private static Config patiently(int port) {
        return TestConfigs.ping(service("127.0.0.1", port), p -> p.timeout(10_000));
    }

    private List<Echo> echoes(Predicate<Echo> which) {
        return commands.stream()
                .flatMap(c -> c instanceof Command.Heard h ? Stream.of(h.echo()) : null)
                .filter(which)
                .toList();
    }

    private Echo first(Predicate<Echo> which) {
        await().atMost(Duration.ofSeconds(10)).until(() -> !echoes(which).isEmpty());
        return echoes(which).getFirst();
    }

    private Echo outcomeOf(RawServer server) throws IOException {
        try (server) {
            ask(patiently(server.port()));
            return first(e -> e.outcome().closes() && e.outcome() != Outcome.UNSENT); // that was a starved machine
        }
    }

    private Echo silenceOf(RawServer server) throws IOException {
        try (server) {
            ask(service("127.0.0.1", server.port()));
            return first(e -> e.outcome().closes());
        }
    }

    @Test
    void theExpectedAnswerIsTimedInItsPhases() throws IOException {
        RawServer server = RawServer.start((s, c) -> RawServer.write(c, PONG));
        Echo e = outcomeOf(server);

        assertThat(e.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(e.kind()).isEqualTo(Kind.HTTP);
        assertThat(e.member()).isEqualTo("S1");
        assertThat(e.question()).isZero();
        assertThat(e.status()).isEqualTo(200);
        assertThat(e.detail()).startsWith("200 \"pong\" in ");
        Timing t = e.timing();
        assertThat(t.resolved()).isZero();
        assertThat(t.connected()).isPositive();
        assertThat(t.firstByte()).isGreaterThanOrEqualTo(t.connected());
        assertThat(t.total()).isGreaterThanOrEqualTo(t.firstByte());
        assertThat(commands).contains(resolvedTo(server));
    }

    private static Command resolvedTo(RawServer server) {
        return new Command.Resolved("S1", new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.port()));
    }

    @Test
    void frozenIsSilentButAcknowledged() throws IOException {
        Echo e = silenceOf(RawServer.frozen());

        assertThat(e.outcome()).isEqualTo(Outcome.SILENT);
        assertThat(e.acknowledged()).isEqualTo(loops.transport() == Transport.EPOLL);
        assertThat(e.detail()).matches("connected in .* ms, request acknowledged, no answer within 800 ms");
        Echo doubt = first(x -> x.outcome() == Outcome.OVERDUE);
        assertThat(doubt.question()).isZero();
        assertThat(doubt.heardNanos() - doubt.askedNanos()).isGreaterThanOrEqualTo(200_000_000L);
        assertThat(doubt.acknowledged()).isEqualTo(e.acknowledged());
        assertThat(doubt.detail()).contains("no answer for ");
    }

    @Test
    void withoutTcpInfoNothingIsSaidToBeAcknowledged() throws IOException {
        loops.close();
        loops = EventLoops.start("probe", 1, Transport.NIO);

        Echo e = silenceOf(RawServer.frozen());

        assertThat(e.outcome()).isEqualTo(Outcome.SILENT);
        assertThat(e.acknowledged()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void nobodyListeningIsRefused(Transport transport) throws IOException {
        loops.close();
        loops = EventLoops.start("probe", 1, transport);
        ask(patiently(RawServer.closedPort()));

        Echo e = first(x -> x.outcome().closes());
        assertThat(e.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(e.detail()).contains("connection refused");
        assertThat(e.timing().connected()).isEqualTo(Timing.UNREACHED);
    }

    @Test
    void aFullBacklogLeavesTheSynUnanswered() throws IOException {
        Echo e = silenceOf(RawServer.full());

        assertThat(e.outcome()).isEqualTo(Outcome.CONNECT_SILENT);
        assertThat(e.acknowledged()).isFalse();
        assertThat(e.detail()).startsWith("SYN sent, no connection within 800 ms");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void aResetInTheAnswerIsAReset(Transport transport) throws IOException {
        loops.close();
        loops = EventLoops.start("probe", 1, transport);

        Echo e = outcomeOf(RawServer.start((s, c) -> {
            RawServer.write(c, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npo");
            s.pause(50);
            c.setSoLinger(true, 0);
        }));

        assertThat(e.outcome()).isEqualTo(Outcome.RESET);
        assertThat(e.detail()).isEqualTo("connection reset after 40 bytes of an answer");
    }

    @Test
    void aCloseWithoutAnAnswerIsAReset() throws IOException {
        Echo e = outcomeOf(RawServer.start((s, c) -> c.shutdownOutput()));

        assertThat(e.outcome()).isEqualTo(Outcome.RESET);
        assertThat(e.detail()).isEqualTo("connection closed without an answer");
    }

    @Test
    void anEndlessBodyIsCutOff() throws IOException {
        Echo e = outcomeOf(RawServer.start((s, c) -> {
            RawServer.write(c, "HTTP/1.1 200 OK\r\n\r\n");
            while (true) {
                RawServer.write(c, "pong".repeat(100));
            }
        }));

        assertThat(e.outcome()).isEqualTo(Outcome.WRONG);
        assertThat(e.detail()).isEqualTo("answer longer than 1000 bytes");
    }

    @Test
    void oneByteAtATimeIsStalled() throws IOException {
        Echo e = silenceOf(RawServer.start((s, c) -> {
            for (int i = 0; i < PONG.length(); i++) {
                RawServer.write(c, PONG.substring(i, i + 1));
                s.pause(100);
            }
        }));

        assertThat(e.outcome()).isEqualTo(Outcome.STALLED);
        assertThat(e.detail()).contains("bytes came, not complete within 800 ms");
    }

    @Test
    void anotherStatusIsWrong() throws IOException {
        Echo e = outcomeOf(
                RawServer.start((s, c) -> RawServer.write(c, "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n")));

        assertThat(e.outcome()).isEqualTo(Outcome.WRONG);
        assertThat(e.status()).isEqualTo(500);
        assertThat(e.detail()).isEqualTo("status 500 instead of 200");
    }

    @Test
    void garbageIsWrong() throws IOException {
        Echo e = outcomeOf(RawServer.start((s, c) -> RawServer.write(c, "220 mail.example ESMTP\r\n")));

        assertThat(e.outcome()).isEqualTo(Outcome.WRONG);
        assertThat(e.detail()).contains("220 mail.example ESMTP..");
    }

    @Test
    void aLateAnswerIsHeardAfterTheTimeOut() throws IOException {
        try (RawServer server = RawServer.start((s, c) -> {
            s.pause(1_300);
            RawServer.write(c, PONG);
        })) {
            ask(service("127.0.0.1", server.port()));

            Echo late = first(e -> e.outcome() == Outcome.LATE);
            assertThat(late.timing().total()).isGreaterThan(1_250_000_000L);
            assertThat(echoes(e -> e.question() == late.question()).stream()
                            .map(Echo::outcome)
                            .toList())
                    .containsExactly(Outcome.OVERDUE, Outcome.SILENT, Outcome.LATE);
        }
    }

    @Test
    void aNameIsLookedUpOffTheLoop() throws IOException {
        try (RawServer server = RawServer.start((s, c) -> RawServer.write(c, PONG))) {
            Prober asking = ask(service("localhost", server.port()));

            Echo e = first(x -> x.outcome() == Outcome.ANSWERED);
            assertThat(e.timing().resolved()).isPositive();
            assertThat(commands).contains(resolvedTo(server));
            LookUp newest = Objects.requireNonNull(asking.lookUp("S1"));
            assertThat(newest.tookNanos()).isPositive();
            assertThat(newest.failure()).isEmpty();
            assertThat(asking.lookUp("S2")).isNull();
        }
    }

    @Test
    void anAddressIsLookedUpByNobody() throws IOException {
        try (RawServer server = RawServer.start((s, c) -> RawServer.write(c, PONG))) {
            Prober asking = ask(service("127.0.0.1", server.port()));
            first(x -> x.outcome() == Outcome.ANSWERED);
            assertThat(asking.lookUp("S1")).isNull();
        }
    }

    @Test
    void aNameWithoutAnAddressIsUnresolvedAndAskedAgain() {
        Prober asking = ask(service("x".repeat(70), 3000));

        Echo e = first(x -> x.outcome() == Outcome.UNRESOLVED && x.question() == 2);
        assertThat(e.detail()).startsWith("no address for the name xxx");
        assertThat(Objects.requireNonNull(asking.lookUp("S1")).failure()).startsWith("no address for the name xxx");
    }

    @Test
    void aFrozenMemberHoldsUpNobody() throws IOException {
        try (RawServer frozen = RawServer.frozen();
                RawServer well = RawServer.start((s, c) -> RawServer.write(c, PONG))) {
            ask(TestConfigs.withoutIcmp(Config.of(IntStream.range(0, 40)
                    .mapToObj(i -> MemberConfig.of("S" + i, "127.0.0.1", i < 39 ? frozen.port() : well.port()))
                    .toList())));

            first(e -> e.outcome() == Outcome.SILENT && e.member().equals("S38"));
            assertThat(echoes(e -> e.member().equals("S39")))
                    .isNotEmpty()
                    .allMatch(e -> e.outcome() == Outcome.ANSWERED && e.timing().total() < 800_000_000L);
        }
    }

    @Test
    void machinesAnswerIcmpOrItIsSaidWhyNot() {
        ask(Config.of(IntStream.rangeClosed(1, 50)
                .mapToObj(i -> MemberConfig.of("S" + i, "127.0.0." + i, 9))
                .toList()));

        await().atMost(Duration.ofSeconds(5)).until(() -> icmp().isPresent());
        Icmp icmp = icmp().orElseThrow();
        if (icmp.mode() == Icmp.Mode.NONE) {
            assertThat(icmp.remedy()).contains("ping_group_range");
            return;
        }
        await().atMost(Duration.ofSeconds(5))
                .until(() -> echoes(e -> e.kind() == Kind.ICMP && e.outcome() == Outcome.ANSWERED).stream()
                                .map(Echo::member)
                                .distinct()
                                .count()
                        == 50);
        assertThat(echoes(e -> e.kind() == Kind.ICMP && e.outcome().failed())).isEmpty();
    }

    @Test
    void icmpSwitchedOffIsSaidSo() throws IOException {
        silenceOf(RawServer.frozen());

        assertThat(commands)
                .contains(new Command.IcmpIs(new Icmp(Icmp.Mode.NONE, "set icmp.enabled: true in the configuration")));
        assertThat(echoes(e -> e.kind() == Kind.ICMP)).isEmpty();
    }

    @Test
    void countsWhatItHears() throws IOException {
        outcomeOf(RawServer.start((s, c) -> RawServer.write(c, PONG)));

        assertThat(meters.read())
                .anyMatch(r -> r.metric().name().equals("echogate_probe_echoes")
                        && r.labels().equals(List.of("http", "answered"))
                        && r.value() > 0);
        assertThat(meters.read()).anyMatch(r -> r.metric().name().equals("echogate_probe_lag_seconds"));
    }

    @Test
    void whatTimesOutWhileWeAreSuspendedIsNoWordAgainstTheMember() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        ManualClock suspended = new ManualClock();
        try (RawServer server = RawServer.start((s, c) -> {
            asked.countDown();
            s.pause(10_000);
        })) {
            ask(service("127.0.0.1", server.port()), suspended);
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            suspended.advance(Duration.ofSeconds(6));

            Echo e = first(x -> x.outcome().closes());
            assertThat(e.outcome()).isEqualTo(Outcome.UNSENT);
            assertThat(e.detail()).startsWith("we were not looking");
        }
    }

    @Test
    void anAnswerThatWeSleptThroughProvesNothing() throws Exception {
        ManualClock suspended = new ManualClock();
        try (RawServer server = RawServer.start((s, c) -> {
            suspended.advance(Duration.ofSeconds(6));
            RawServer.write(c, PONG);
        })) {
            ask(service("127.0.0.1", server.port()), suspended);

            assertThat(first(x -> x.outcome().closes()).outcome()).isEqualTo(Outcome.UNSENT);
        }
    }

    @Test
    void doubtInTheFleetIsFollowedUpAtOnce() throws IOException {
        try (RawServer server = RawServer.start((s, c) -> RawServer.write(c, PONG))) {
            Config config = TestConfigs.rarely(service("127.0.0.1", server.port()));
            Prober asking = ask(config);
            first(e -> e.outcome() == Outcome.ANSWERED);

            asking.onFleet(Fleets.of(config, State.SUSPECT, 1));

            first(e -> e.question() == 3);
            asking.onFleet(Fleets.of(config, State.UP, 2));
        }
    }

    @Test
    void aWitnessIsAskedAndReported() {
        Config config = Config.of(List.of(MemberConfig.of("S1", "127.0.0.1", 9)));
        ask(TestConfigs.witness(config, "127.0.0.7"));

        await().atMost(Duration.ofSeconds(5)).until(() -> icmp().isPresent());
        if (icmp().orElseThrow().mode() != Icmp.Mode.NONE) {
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> commands.stream()
                            .anyMatch(c -> c instanceof Command.Witness w
                                    && w.answered()
                                    && w.address().equals("127.0.0.7")));
        }
        assertThat(echoes(e -> e.member().equals("127.0.0.7"))).isEmpty();
    }

    @Test
    void nothingIsAskedOnceClosed() throws Exception {
        try (RawServer server = RawServer.start((s, c) -> RawServer.write(c, PONG))) {
            ask(service("127.0.0.1", server.port()));
            first(e -> e.outcome() == Outcome.ANSWERED);
            prober.close();
            loops.close();
            int heard = commands.size();

            assertThat(loops.group().isTerminated()).isTrue();
            assertThat(commands).hasSize(heard);
        }
    }
}
