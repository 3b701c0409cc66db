package io.echogate.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echogate.clock.Chance;
import io.echogate.clock.Clock;
import io.echogate.config.Config;
import io.echogate.config.MemberConfig;
import io.echogate.meter.Meters;
import io.echogate.model.Command;
import io.echogate.model.Echo;
import io.echogate.model.Icmp.Mode;
import io.echogate.model.Kind;
import io.echogate.model.Outcome;
import io.echogate.net.EventLoops;
import io.echogate.net.IcmpEar;
import io.echogate.net.IcmpError;
import io.echogate.net.IcmpSocket;
import io.echogate.probe.Prober;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What routers and kernels say when a request does not arrive, by real routers and real kernels. */
@Tag("lab")
class IcmpLabTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String CLOSED_GROUPS = "echo 1 0 > /proc/sys/net/ipv4/ping_group_range";
    private static final String OPEN_GROUPS = "echo 0 2147483647 > /proc/sys/net/ipv4/ping_group_range";
    private static final Switch NET = Switch.plugIn();
    private static final Host MONITOR = NET.host("mon", "1.2.3.150");
    private static final Host MACHINE = NET.host("m1", "1.2.3.100");
    private static final Host ROUTER = NET.host("r1", "1.2.3.3");
    private static final Host SECOND = NET.host("r2", "1.2.3.2");

    @BeforeAll
    static void lay() {
        MONITOR.run("ip addr add fd00:1:2:3::150/64 dev eth0 nodad && ip route add 10.9.0.0/24 via 1.2.3.3"
                + " && ip -6 route add fd00:9::/64 via fd00:1:2:3::1 && ip route add unreachable 10.8.0.1/32"
                + " && ip route add prohibit 10.8.0.2/32");
        MACHINE.run("ip addr add fd00:1:2:3::100/64 dev eth0 nodad");
        String forward = "for f in /proc/sys/net/ipv4/conf/*/send_redirects; do echo 0 > $f; done"
                + " && echo 0 > /proc/sys/net/ipv4/icmp_ratelimit && echo 0 > /proc/sys/net/ipv6/icmp/ratelimit"
                + " && echo 1 > /proc/sys/net/ipv4/ip_forward && echo 1 > /proc/sys/net/ipv6/conf/all/forwarding";
        ROUTER.run(forward + " && ip addr add fd00:1:2:3::1/64 dev eth0 nodad && ip route add unreachable 10.9.0.1/32"
                + " && ip route add prohibit 10.9.0.2/32 && ip route add 10.9.0.5/32 via 1.2.3.2"
                + " && ip -6 route add prohibit fd00:9::2/128");
        SECOND.run(forward + " && ip route add 10.9.0.0/24 via 1.2.3.3");
    }

    @AfterAll
    static void unplug() {
        NET.close();
    }

    private static InetAddress ip(String literal) {
        return InetAddress.ofLiteral(literal);
    }

    /** An ICMP socket on the monitor's host and what it was told. Used on threads in turn, never at once. */
    private static final class Asker implements IcmpEar, AutoCloseable {
        final Map<Integer, String> words = new HashMap<>();
        final Map<Integer, Outcome> outcomes = new HashMap<>();
        final Set<Long> answered = new HashSet<>();
        final Set<Integer> left = new HashSet<>();
        final Map<Integer, Integer> refused = new HashMap<>();
        final AtomicInteger readable = new AtomicInteger();
        final IcmpSocket socket;

        Asker(Mode mode) throws Exception {
            MONITOR.run(mode == Mode.RAW ? CLOSED_GROUPS : OPEN_GROUPS);
            try (ExecutorService there = Executors.newSingleThreadExecutor()) {
                socket = there.submit(() -> {
                            Inside.enter(MONITOR);
                            return IcmpSocket.open(Clock.system());
                        })
                        .get();
            }
            assertThat(socket.icmp().mode()).isEqualTo(mode);
            socket.listen(readable::incrementAndGet);
        }

        void ask(int number, String to) {
            socket.put(ip(to), number, number, number, this);
            socket.send(this);
        }

        void awaitWord(int number, String word, Outcome outcome) {
            await().atMost(SOON).untilAsserted(() -> {
                socket.read(this);
                assertThat(words).containsEntry(number, word);
            });
            assertThat(outcomes).containsEntry(number, outcome);
        }

        void awaitAnswer(long number) {
            await().atMost(SOON).until(() -> {
                socket.read(this);
                return answered.contains(number);
            });
        }

        @Override
        public void left(int tag, long atNanos) {
            left.add(tag);
        }

        @Override
        public void refused(int tag, int errno, long atNanos) {
            refused.put(tag, errno);
        }

        @Override
        public void answered(long nonce, long atNanos) {
            answered.add(nonce);
        }

        @Override
        public void failed(IcmpError error, long atNanos) {
            words.put(error.sequence(), error.to().getHostAddress() + ": " + error.words());
            outcomes.put(error.sequence(), error.outcome());
        }

        @Override
        public void overflowed(long answers) {
            throw new AssertionError("the receive buffer is full");
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DATAGRAM", "RAW"})
    void routersSayWhyAtOnce(Mode mode) throws Exception {
        try (Asker asker = new Asker(mode)) {
            asker.ask(1, "10.9.0.1");
            asker.awaitWord(1, "10.9.0.1: host unreachable, says 1.2.3.3", Outcome.UNREACHABLE);
            asker.ask(2, "10.9.0.2");
            asker.awaitWord(2, "10.9.0.2: administratively prohibited, says 1.2.3.3", Outcome.UNREACHABLE);
            asker.ask(3, "fd00:9::2");
            asker.awaitWord(
                    3, "fd00:9:0:0:0:0:0:2: administratively prohibited, says fd00:1:2:3:0:0:0:1", Outcome.UNREACHABLE);
            asker.ask(4, "fd00:9::3");
            asker.awaitWord(
                    4, "fd00:9:0:0:0:0:0:3: no route to destination, says fd00:1:2:3:0:0:0:1", Outcome.NO_ROUTE);
            assertThat(asker.left).containsExactlyInAnyOrder(1, 2, 3, 4);
            assertThat(asker.refused).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DATAGRAM", "RAW"})
    void aRoutingLoopIsNamed(Mode mode) throws Exception {
        try (Asker asker = new Asker(mode)) {
            asker.ask(1, "10.9.0.5");
            await().atMost(SOON).until(() -> {
                asker.socket.read(asker);
                return asker.words.containsKey(1);
            });
            assertThat(asker.words.get(1))
                    .matches("10\\.9\\.0\\.5: time to live exceeded on the way, says 1\\.2\\.3\\.[12]");
            assertThat(asker.outcomes).containsEntry(1, Outcome.UNREACHABLE);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DATAGRAM", "RAW"})
    void nobodyAtThatAddressIsSaidByOurOwnKernel(Mode mode) throws Exception {
        try (Asker asker = new Asker(mode)) {
            asker.ask(1, "1.2.3.77");
            asker.ask(2, "fd00:1:2:3::77");
            asker.awaitWord(1, "1.2.3.77: host unreachable, says 1.2.3.150", Outcome.UNREACHABLE);
            asker.awaitWord(
                    2, "fd00:1:2:3:0:0:0:77: address unreachable, says fd00:1:2:3:0:0:0:150", Outcome.UNREACHABLE);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DATAGRAM", "RAW"})
    void anErrorOfOneNeverFailsTheSendToAnother(Mode mode) throws Exception {
        try (Asker asker = new Asker(mode)) {
            for (int i = 0; i < 20; i += 2) {
                int told = asker.readable.get();
                asker.ask(i, "10.9.0.5");
                await().atMost(SOON).until(() -> asker.readable.get() > told);
                asker.ask(i + 1, "1.2.3.100");
                assertThat(asker.refused).isEmpty();
                asker.awaitAnswer(i + 1);
            }
            assertThat(asker.left).hasSize(20);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DATAGRAM", "RAW"})
    void whatOurOwnRoutesRefuseIsRefusedAloneInItsBatch(Mode mode) throws Exception {
        try (Asker asker = new Asker(mode)) {
            List<String> batch = List.of("1.2.3.100", "10.8.0.1", "1.2.3.100", "10.8.0.2", "1.2.3.100");
            IntStream.range(0, batch.size()).forEach(i -> asker.socket.put(ip(batch.get(i)), i, i, i, asker));
            asker.socket.send(asker);

            assertThat(asker.left).containsExactlyInAnyOrder(0, 2, 4);
            assertThat(asker.refused).isEqualTo(Map.of(1, 113, 3, 13));
            asker.awaitAnswer(0);
            asker.awaitAnswer(2);
            asker.awaitAnswer(4);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DATAGRAM", "RAW"})
    void realMachinesAnswerInBothFamilies(Mode mode) throws Exception {
        try (Asker asker = new Asker(mode)) {
            asker.ask(1, "1.2.3.100");
            asker.ask(2, "fd00:1:2:3::100");
            asker.awaitAnswer(1);
            asker.awaitAnswer(2);
        }
    }

    private static List<Echo> echoes(List<Command> commands, Predicate<Echo> which) {
        return commands.stream()
                .flatMap(c -> c instanceof Command.Heard(Echo echo) ? Stream.of(echo) : null)
                .filter(e -> e.kind() == Kind.ICMP)
                .filter(which)
                .toList();
    }

    private interface Story {
        void tell(List<Command> commands);
    }

    /** The whole asking, on the monitor's host. */
    private static void asking(String address, Story story) throws Exception {
        MONITOR.run(OPEN_GROUPS);
        List<Command> commands = new CopyOnWriteArrayList<>();
        Config config = Config.of(List.of(MemberConfig.of("S1", address, 3000)));
        try (EventLoops loops = EventLoops.start("probe", 1)) {
            Prober prober = loops.group()
                    .next()
                    .submit(() -> {
                        Inside.enter(MONITOR);
                        return Prober.start(
                                config, loops, Clock.system(), new Meters(), Chance.secure(), commands::addAll);
                    })
                    .get();
            story.tell(commands);
            prober.close();
        }
    }

    /** The kernel keeps requests while it looks for the machine, here for as long as the cable is out. */
    @Test
    void anAnswerThatTheNetworkHeldBackIsLate() throws Exception {
        MACHINE.unplug();
        MONITOR.run("ip neigh flush all && echo 30 > /proc/sys/net/ipv4/neigh/eth0/mcast_solicit");
        asking(MACHINE.address(), commands -> {
            await().atMost(SOON)
                    .until(() -> !echoes(commands, e -> e.outcome() == Outcome.SILENT)
                            .isEmpty());
            MACHINE.plugIn();
            await().atMost(SOON)
                    .until(() ->
                            !echoes(commands, e -> e.outcome() == Outcome.LATE).isEmpty());
            Echo late = echoes(commands, e -> e.outcome() == Outcome.LATE).getFirst();
            assertThat(late.timing().total()).isGreaterThan(800_000_000L);
            assertThat(echoes(commands, e -> e.question() == late.question()))
                    .extracting(Echo::outcome)
                    .containsExactly(Outcome.OVERDUE, Outcome.SILENT, Outcome.LATE);
        });
        MONITOR.run("echo 3 > /proc/sys/net/ipv4/neigh/eth0/mcast_solicit");
    }

    @Test
    void unreachableIsSaidAtOnceAndNotAfterATimeOut() throws Exception {
        asking("10.9.0.1", commands -> {
            await().atMost(SOON)
                    .until(() -> !echoes(commands, e -> e.outcome().failed()).isEmpty());
            Echo echo = echoes(commands, e -> e.outcome().failed()).getFirst();
            assertThat(echo.outcome()).isEqualTo(Outcome.UNREACHABLE);
            assertThat(echo.detail()).isEqualTo("host unreachable, says 1.2.3.3");
            assertThat(echo.timing().total()).isLessThan(800_000_000L);
        });
    }
}
