package io.echogate.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echogate.clock.Chance;
import io.echogate.clock.Clock;
import io.echogate.config.Config;
import io.echogate.config.ConfigReader;
import io.echogate.config.Parsed;
import io.echogate.meter.Meters;
import io.echogate.model.Command;
import io.echogate.model.Echo;
import io.echogate.model.Icmp;
import io.echogate.model.Kind;
import io.echogate.model.Outcome;
import io.echogate.model.Timing;
import io.echogate.net.EventLoops;
import io.echogate.net.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Those who are only watched, asked over real sockets. */
final class WatchTest {
    private static final String FINE = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine";

    private final List<Command> commands = new CopyOnWriteArrayList<>();
    private EventLoops loops = EventLoops.start("probe", 1);
    private AutoCloseable prober = () -> {};

    @AfterEach
    void close() throws Exception {
        prober.close();
        loops.close();
    }

    /** With a member that nobody is; patiently, as a busy machine must not change what is found. */
    private void ask(String watch, boolean icmp) {
        String yaml = "members: [{name: S1, url: 'http://127.0.0.1:9'}]\n" + "ping: {timeout: 10s, listenLate: 10s}\n"
                + "icmp: {enabled: " + icmp + "}\nwatch: [" + watch + "]\n";
        Config config = ((Parsed.Good) ConfigReader.read("watch.yaml", yaml)).config();
        prober = Prober.start(config, loops, Clock.system(), new Meters(), Chance.secure(), commands::addAll);
    }

    private Stream<Echo> echoes() {
        return commands.stream().flatMap(c -> c instanceof Command.Heard h ? Stream.of(h.echo()) : null);
    }

    private Echo first(Predicate<Echo> which) {
        await().atMost(Duration.ofSeconds(10)).until(() -> echoes().anyMatch(which));
        return echoes().filter(which).findFirst().orElseThrow();
    }

    private static Predicate<Echo> closed(String member) {
        return e -> e.member().equals(member) && e.outcome().closes() && e.outcome() != Outcome.UNSENT;
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"EPOLL", "NIO"})
    void by_tcp_a_connection_is_all_it_takes(Transport transport) throws IOException {
        loops.close();
        loops = EventLoops.start("probe", 1, transport);
        try (ServerSocket db = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
            ask("{name: db, url: 'tcp://127.0.0.1:" + db.getLocalPort() + "'}", false);

            Echo e = first(closed("db"));
            assertThat(e.outcome()).isEqualTo(Outcome.ANSWERED);
            assertThat(e.kind()).isEqualTo(Kind.HTTP);
            assertThat(e.status()).isZero();
            assertThat(e.detail()).matches("connected in .* ms");
            assertThat(e.timing().connected()).isPositive();
            assertThat(e.timing().firstByte()).isEqualTo(Timing.UNREACHED);
            try (Socket accepted = db.accept()) {
                assertThat(accepted.getInputStream().read())
                        .as("nothing is sent, and it ends")
                        .isEqualTo(-1);
            }
        }
    }

    @Test
    void by_tcp_a_port_that_nobody_listens_on_refuses() throws IOException {
        ask("{name: db, url: 'tcp://127.0.0.1:" + RawServer.closedPort() + "'}", false);

        assertThat(first(closed("db")).outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void by_http_with_an_answer_of_its_own() throws IOException {
        try (RawServer web = RawServer.start(
                        (s, c) -> RawServer.write(c, "HTTP/1.1 503 Busy\r\nContent-Length: 100000\r\n\r\nwhatever"));
                RawServer mail = RawServer.start((s, c) -> RawServer.write(c, FINE));
                RawServer post = RawServer.start((s, c) -> RawServer.write(c, FINE))) {
            ask(
                    "{name: web, url: 'http://127.0.0.1:" + web.port() + "', path: /x, status: 503},"
                            + "{name: mail, url: 'http://127.0.0.1:" + mail.port() + "', body: fine},"
                            + "{name: post, url: 'http://127.0.0.1:" + post.port() + "', body: other}",
                    false);

            assertThat(first(closed("web")).outcome()).isEqualTo(Outcome.ANSWERED);
            assertThat(first(closed("web")).detail()).startsWith("503 in ");
            assertThat(first(closed("mail")).detail()).startsWith("200 \"fine\" in ");
            assertThat(first(closed("post")).detail()).isEqualTo("body \"fine\" instead of \"other\"");
        }
    }

    @Test
    void by_icmp_alone_and_by_name_too() {
        ask("{name: gw, url: 'icmp://127.0.0.7'}, {name: here, url: 'icmp://localhost'}", true);

        await().atMost(Duration.ofSeconds(5)).until(() -> icmp() != Icmp.Mode.UNKNOWN);
        if (icmp() == Icmp.Mode.NONE) {
            return; // and the fleet says so
        }
        assertThat(first(closed("gw")).outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(first(closed("here")).outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(echoes().filter(e -> !e.member().equals("S1"))).allMatch(e -> e.kind() == Kind.ICMP);
        assertThat(commands)
                .anyMatch(c -> c instanceof Command.Resolved r && r.member().equals("here"));
    }

    private Icmp.Mode icmp() {
        return commands.stream()
                .flatMap(c -> c instanceof Command.IcmpIs i ? Stream.of(i.icmp().mode()) : null)
                .findFirst()
                .orElse(Icmp.Mode.UNKNOWN);
    }

    @Test
    void by_icmp_a_name_without_an_address_is_unresolved_and_asked_again() {
        ask("{name: gw, url: 'icmp://nowhere.invalid'}", true);

        await().atMost(Duration.ofSeconds(5)).until(() -> icmp() != Icmp.Mode.UNKNOWN);
        if (icmp() == Icmp.Mode.NONE) {
            return;
        }
        Echo e = first(x -> x.member().equals("gw") && x.question() == 2);
        assertThat(e.outcome()).isEqualTo(Outcome.UNRESOLVED);
        assertThat(e.kind()).isEqualTo(Kind.ICMP);
    }

    @Test
    void without_icmp_nobody_is_asked_by_it_alone() {
        ask("{name: gw, url: 'icmp://127.0.0.1'}", false);

        first(closed("S1"));
        assertThat(icmp()).isEqualTo(Icmp.Mode.NONE);
        assertThat(echoes().filter(closed("gw"))).isEmpty();
    }
}
