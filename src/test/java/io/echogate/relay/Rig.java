package io.echogate.relay;

import io.echogate.clock.Clock;
import io.echogate.config.AccessLogRules;
import io.echogate.config.CarryRules;
import io.echogate.config.Config;
import io.echogate.config.HistoryRules;
import io.echogate.config.HostPort;
import io.echogate.config.Limits;
import io.echogate.config.MemberConfig;
import io.echogate.config.StatusRules;
import io.echogate.meter.Meters;
import io.echogate.meter.Metric;
import io.echogate.meter.Reading;
import io.echogate.model.Access;
import io.echogate.model.Command;
import io.echogate.model.Echo;
import io.echogate.model.Fleet;
import io.echogate.model.Fleets;
import io.echogate.model.Order;
import io.echogate.model.Outcome;
import io.echogate.model.State;
import io.echogate.net.EventLoops;
import io.echogate.net.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A relay on real sockets in front of given members, all UP at first. */
final class Rig implements AutoCloseable {
    static final String GET = "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    final Meters meters = new Meters();
    final List<Command> heard = new CopyOnWriteArrayList<>();
    final List<Access> accesses = new CopyOnWriteArrayList<>();
    final Relay relay;
    private final EventLoops loops;
    private volatile Fleet fleet;

    Rig(InetSocketAddress... members) throws IOException {
        this(Transport.EPOLL, config(false, Limits.DEFAULT, CarryRules.DEFAULT), null, members);
    }

    Rig(Transport transport, Config config, @Nullable Path page, InetSocketAddress... members) throws IOException {
        loops = EventLoops.start("test-relay", 2, transport);
        fleet = Fleets.all(State.UP, members);
        relay = Relay.start(config, loops, Clock.system(), meters, () -> fleet, heard::add, () -> accesses::add, page);
    }

    static Config config(boolean page, Limits limits, CarryRules carry) {
        Config d = Config.of(List.of(MemberConfig.of("S1", "127.0.0.1", 1)));
        return new Config(
                new HostPort("127.0.0.1", 0),
                d.admin(),
                page,
                d.pollFreq(),
                null,
                d.policy(),
                d.ping(),
                d.icmp(),
                List.of(),
                carry,
                limits,
                AccessLogRules.DEFAULT,
                HistoryRules.OFF,
                StatusRules.OFF,
                null,
                d.members(),
                List.of());
    }

    /** An address at which nobody listens. */
    static InetSocketAddress nobody() throws IOException {
        try (ServerSocket s = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return (InetSocketAddress) s.getLocalSocketAddress();
        }
    }

    void state(int member, State state) {
        fleet = Fleets.with(fleet, member - 1, state);
        relay.onFleet(fleet);
    }

    /** An operator wants something of that member; returns once every loop goes by it. */
    void order(int member, Order order) {
        fleet = Fleets.with(fleet, member - 1, order);
        relay.onFleet(fleet);
        CountDownLatch caughtUp = new CountDownLatch(1);
        relay.caughtUp(caughtUp::countDown);
        try {
            caughtUp.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Socket connect() throws IOException {
        Socket s = new Socket(relay.address().getAddress(), relay.address().getPort());
        s.setSoTimeout(10_000);
        return s;
    }

    /** Sends all of it on a connection of its own and reads until the relay closes. */
    String ask(String request) throws IOException {
        try (Socket s = connect()) {
            send(s, request);
            return new String(s.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    static void send(Socket s, String text) throws IOException {
        s.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        s.getOutputStream().flush();
    }

    /** Reads one answer with a Content-Length. */
    static String answer(Socket s) throws IOException {
        InputStream in = s.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int c = in.read();
            if (c < 0) {
                return head.toString();
            }
            head.append((char) c);
        }
        int at = head.indexOf("Content-Length: ");
        int n = at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf("\r", at)));
        return head + new String(in.readNBytes(n), StandardCharsets.ISO_8859_1);
    }

    List<Outcome> outcomes() {
        return heard.stream()
                .flatMap(c -> c instanceof Command.Heard(Echo echo) ? Stream.of(echo.outcome()) : Stream.empty())
                .toList();
    }

    /** Sum over the label values that begin with those given. */
    long metric(Metric metric, String... labels) {
        return meters.read().stream()
                .filter(r -> r.metric().equals(metric))
                .filter(r -> r.labels().subList(0, labels.length).equals(List.of(labels)))
                .mapToLong(Reading::value)
                .sum();
    }

    @Override
    public void close() {
        relay.close();
        loops.close();
    }
}
