package io.echogate.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.fuzz.StrictReader;
import io.echogate.fuzz.StrictReader.Field;
import io.echogate.fuzz.StrictReader.Message;
import io.echogate.http.BodyDecoder;
import io.echogate.http.Fields;
import io.echogate.http.HeadLimits;
import io.echogate.http.Progress;
import io.echogate.http.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An exchange between two strict readers that share no code with it: what a member reads is what the client said, message
 * by message, and what the client reads is what the member said, or visibly not all of it.
 */
public final class CarryFuzz {
    private static final Set<String> OF_ONE_HOP = Set.of(
            "connection",
            "content-length",
            "echogate-attempts",
            "echogate-explain",
            "echogate-member",
            "echogate-request",
            "echogate-tries",
            "forwarded",
            "host",
            "http2-settings",
            "keep-alive",
            "max-forwards",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto");
    private static final Set<String> KEPT_UP = Set.of("via", "idempotency-key", "expect");
    private static final Set<String> KEPT_DOWN = Set.of("via", "date");
    private static final List<String> ASKED = List.of(
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi",
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n");

    private CarryFuzz() {}

    private static int piece(RandomGenerator random) {
        return 1 + random.nextInt(random.nextInt(3) == 0 ? 400 : 20);
    }

    /** What a client sends. */
    public static boolean requests(String wire, RandomGenerator random) {
        Stage stage = new Stage();
        int attempts = sendAll(stage, wire, random);
        String got = stage.memberGotRaw();
        assertThat(stage.leaks()).as("leaks").isZero();
        assertThat(stage.around().budget().inFlight()).isZero();
        StrictReader read = StrictReader.requests(got);
        assertThat(read.fault()).isEmpty();
        assertThat(read.messages()).hasSize(attempts);
        assertThat(read.rest()).isEmpty();
        assertThat(ourReading(got)).isEqualTo(theirReading(read));
        List<Message> meant = carried(StrictReader.requests(wire).messages());
        assertThat(meant).hasSizeGreaterThanOrEqualTo(attempts);
        for (int i = 0; i < attempts; i++) {
            boolean last = i == attempts - 1;
            compareRequest(meant.get(i), read.messages().get(i), last);
        }
        return attempts > 0;
    }

    private static List<String> theirReading(StrictReader read) {
        return read.messages().stream()
                .map(m -> m.first() + ' ' + m.second() + ' ' + m.fields() + m.body() + m.trailers() + m.complete())
                .toList();
    }

    /** The same by the parsers that are under test. */
    private static List<String> ourReading(String wire) {
        ByteBuf in = Unpooled.wrappedBuffer(wire.getBytes(StandardCharsets.ISO_8859_1));
        RequestHead head = new RequestHead(new HeadLimits(65_536, 200, 16_384));
        BodyDecoder decoder = new BodyDecoder();
        List<String> read = new ArrayList<>();
        while (in.isReadable()) {
            head.reset();
            assertThat(head.feed(in)).isEqualTo(Progress.DONE);
            decoder.start(head.framing(), head.length());
            StringBuilder body = new StringBuilder();
            for (int n = decoder.next(in); n > 0; n = decoder.next(in)) {
                body.append(in.readCharSequence(n, StandardCharsets.ISO_8859_1));
            }
            Fields trailers = decoder.trailers();
            read.add(head.method()
                    + ' '
                    + head.path()
                    + ' '
                    + fields(head.fields())
                    + body
                    + (trailers == null ? List.of() : fields(trailers))
                    + (decoder.progress() == Progress.DONE));
        }
        return read;
    }

    private static List<Field> fields(Fields f) {
        List<Field> list = new ArrayList<>();
        for (int i = 0; i < f.count(); i++) {
            list.add(new Field(f.nameText(i), f.value(i)));
        }
        return list;
    }

    /** Feeds the client's bytes; a member answers now and then, too early as well. Returns the number of attempts. */
    private static int sendAll(Stage stage, String wire, RandomGenerator random) {
        int attempts = 0;
        boolean ended = false;
        for (int at = 0; at < wire.length() && !ended; ) {
            int to = Math.min(wire.length(), at + piece(random));
            stage.clientRaw(wire.substring(at, to));
            at = to;
            for (List<String> did = stage.did(); !did.isEmpty() && !ended; did = stage.did()) {
                ended = did.stream().anyMatch(a -> a.startsWith("end "));
                if (did.stream().anyMatch(a -> a.startsWith("connect"))) {
                    attempts++;
                    stage.connected();
                }
                if (!ended && random.nextInt(4) > 0) {
                    stage.memberRaw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                }
            }
        }
        return attempts;
    }

    /** Those that are not answered by us. */
    private static List<Message> carried(List<Message> all) {
        List<Message> carried = new ArrayList<>();
        for (Message m : all) {
            boolean lastHop = m.first().equals("OPTIONS")
                    && m.values("Max-Forwards").size() == 1
                    && m.values("Max-Forwards").getFirst().matches("0+");
            if (!lastHop && !m.first().equals("TRACE") && !m.first().equals("CONNECT")) {
                carried.add(m);
            }
        }
        return carried;
    }

    private static void compareRequest(Message meant, Message read, boolean last) {
        assertThat(read.first()).isEqualTo(meant.first());
        assertThat(read.minor()).isEqualTo(1);
        assertThat(read.second()).isEqualTo(target(meant));
        assertThat(read.values("Host")).hasSize(1);
        String host = authority(meant);
        if (!host.isEmpty()) {
            assertThat(read.values("Host")).containsExactly(host);
        }
        List<String> fields = endToEnd(read, KEPT_UP);
        assertThat(fields.removeLast()).isEqualTo("Via: 1." + meant.minor() + " echogate");
        List<String> expected = endToEnd(meant, KEPT_UP);
        expected.removeIf(f -> meant.minor() == 0 && f.toLowerCase(Locale.ROOT).startsWith("expect:"));
        assertThat(fields).isEqualTo(expected);
        boolean framed = !meant.values("Content-Length").isEmpty()
                || !meant.values("Transfer-Encoding").isEmpty();
        assertThat(read.values("Content-Length").isEmpty()
                        && read.values("Transfer-Encoding").isEmpty())
                .isEqualTo(!framed);
        if (read.complete()) {
            assertThat(read.body()).isEqualTo(meant.body());
            assertThat(meant.complete()).isTrue();
            assertThat(harmless(meant)).containsAll(read.trailers());
        } else {
            assertThat(last).as("only the last one may be cut").isTrue();
            assertThat(meant.body()).startsWith(read.body());
        }
    }

    private static List<Field> harmless(Message m) {
        return m.trailers().stream()
                .filter(t -> !OF_ONE_HOP.contains(t.name().toLowerCase(Locale.ROOT)))
                .filter(t -> !listed(m, t.name()))
                .toList();
    }

    private static boolean absolute(Message m) {
        return !m.second().startsWith("/") && !m.second().equals("*");
    }

    private static String target(Message m) {
        if (!absolute(m)) {
            return m.second();
        }
        String behind = m.second().substring(m.second().indexOf("//") + 2);
        int end = behind.length();
        for (char c : "/?".toCharArray()) {
            end = behind.indexOf(c) < 0 ? end : Math.min(end, behind.indexOf(c));
        }
        String path = behind.substring(end);
        return path.isEmpty() && m.first().equals("OPTIONS") ? "*" : path.startsWith("/") ? path : "/" + path;
    }

    private static String authority(Message m) {
        if (absolute(m)) {
            return m.second().replaceFirst("(?i)https?://", "").replaceFirst("[/?].*", "");
        }
        return m.values("Host").isEmpty() ? "" : m.values("Host").getFirst();
    }

    /** Fields that every hop passes on, as {@code Name: value}. */
    private static List<String> endToEnd(Message m, Set<String> kept) {
        List<String> fields = new ArrayList<>();
        for (Field f : m.fields()) {
            String name = f.name().toLowerCase(Locale.ROOT);
            boolean passes = kept.contains(name) || !listed(m, f.name());
            if (passes && !OF_ONE_HOP.contains(name)) {
                fields.add(f.name() + ": " + f.value());
            }
        }
        return fields;
    }

    private static boolean listed(Message m, String name) {
        return m.values("Connection").stream()
                .flatMap(v -> Stream.of(v.split(",", -1)))
                .anyMatch(e -> folded(e.strip()).equals(folded(name)));
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What a member sends. */
    public static boolean answers(String wire, RandomGenerator random) {
        String asked = ASKED.get(random.nextInt(ASKED.size()));
        boolean closes = random.nextBoolean();
        Stage stage = new Stage();
        stage.clientRaw(asked).connected();
        boolean gone = false;
        int fed = 0;
        while (fed < wire.length() && !gone) {
            int to = Math.min(wire.length(), fed + piece(random));
            stage.memberRaw(wire.substring(fed, to));
            fed = to;
            gone = stage.log.contains("release") || stage.log.contains("drop");
        }
        if (!gone && closes) {
            stage.memberClosed();
        }
        while (stage.log.getLast().matches("connect S[23]")) {
            stage.refused();
        }
        String got = stage.clientGotRaw();
        List<String> did = stage.did();
        assertThat(stage.leaks()).as("leaks").isZero();
        String method = asked.substring(0, asked.indexOf(' '));
        StrictReader meant = StrictReader.answers(wire, method, closes && !gone);
        return judge(meant, got, did, method, wire.length() - fed);
    }

    private static boolean judge(StrictReader meant, String got, List<String> did, String method, int unread) {
        StrictReader read = StrictReader.answers(got, method, false);
        assertThat(read.fault()).isEmpty();
        Message said = lastOf(meant);
        List<Message> finals = read.messages().stream()
                .filter(m -> m.first().compareTo("200") >= 0 || m.first().equals("101"))
                .toList();
        assertThat(finals).hasSizeLessThanOrEqualTo(1);
        if (finals.isEmpty()) {
            assertThat(did).as("a client without an answer waits").noneMatch(a -> a.startsWith("end "));
            return false;
        }
        Message heard = finals.getFirst();
        if (heard.values("Echogate-Member").isEmpty()) {
            assertThat(heard.first()).isIn("502", "504");
            assertThat(did).doesNotContain("release");
            return false;
        }
        if (said == null) {
            throw new AssertionError("an answer that the member did not give");
        }
        compareAnswer(said, heard, read.rest());
        if (did.contains("release")) {
            assertThat(said.complete()).isTrue();
            assertThat(meant.rest()).as("nothing had come behind it").hasSizeLessThanOrEqualTo(unread);
            assertThat(said.lists("Connection", "close")).isFalse();
        }
        return true;
    }

    private static @Nullable Message lastOf(StrictReader r) {
        return r.messages().stream()
                .filter(m -> m.first().compareTo("200") >= 0 || m.first().equals("101"))
                .findFirst()
                .orElse(null);
    }

    private static void compareAnswer(Message said, Message heard, String rest) {
        assertThat(heard.first()).isEqualTo(said.first());
        assertThat(heard.values("Echogate-Member")).containsExactly("S1");
        assertThat(endToEnd(heard, KEPT_DOWN)).isEqualTo(endToEnd(said, KEPT_DOWN));
        if (said.first().equals("101")) {
            return;
        }
        assertThat(rest).isEmpty();
        if (heard.complete()) {
            assertThat(said.complete()).as("cut short, and not visibly").isTrue();
            assertThat(heard.body()).isEqualTo(said.body());
            assertThat(harmless(said)).containsAll(heard.trailers());
        } else {
            assertThat(said.body()).startsWith(heard.body());
        }
    }
}
