package io.echogate.machine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.echogate.clock.Chance;
import io.echogate.clock.ManualClock;
import io.echogate.net.EventLoops;
import io.echogate.net.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes in, bytes out, over real sockets. */
final class MachineServiceTest {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final Patience SHORT =
            new Patience(Duration.ofMillis(300), Duration.ofMillis(1500), Duration.ofMillis(500));
    private EventLoops loops;
    private MachineService service;

    MachineServiceTest() throws IOException {
        loops = EventLoops.start("machine-test", 2);
        service = start(Patience.DEFAULT);
    }

    private MachineService start(Patience patience) throws IOException {
        return MachineService.start(loops, ANY_PORT, new Machine("S1", Chance.seeded(1)), patience, new ManualClock());
    }

    @BeforeEach
    void listens() {
        assertThat(service.address().getPort()).isPositive();
    }

    @AfterEach
    void stop() {
        service.close();
        loops.close();
    }

    private static String ok(String extra, String type, String body) {
        return answer("200 OK", extra, type, body.length(), body);
    }

    private static String answer(String status, String extra, String type, int length, String body) {
        return "HTTP/1.1 " + status + "\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\nContent-Type: " + type
                + "\r\nContent-Length: " + length
                + "\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n" + extra + "\r\n" + body;
    }

    private static String pong(String extra) {
        return ok(extra, "text/plain; charset=utf-8", "pong");
    }

    private static String line(String status, String extra, String words) {
        return answer(status, extra, "text/plain; charset=utf-8", words.length() + 1, words + "\n");
    }

    private static String refused(String status, String words) {
        return line(status, "Connection: close\r\n", words);
    }

    private static Arguments row(String request, String... answers) {
        return Arguments.of(request.replace("\n", "\r\n"), String.join("", answers));
    }

    static Stream<Arguments> conversations() {
        String get = "GET /ping HTTP/1.1\nHost: h\n\n";
        return Stream.of(
                row(get, pong("")),
                row(get + get + get, pong(""), pong(""), pong("")),
                row("GET /ping HTTP/1.0\n\n" + get, pong("Connection: close\r\n")),
                row(
                        "GET /ping HTTP/1.0\nConnection: keep-alive\n\n" + get,
                        pong("Connection: keep-alive\r\n"),
                        pong("")),
                row("GET /ping HTTP/1.1\nHost: h\nConnection: close\n\n" + get, pong("Connection: close\r\n")),
                row(
                        "HEAD /ping HTTP/1.1\nHost: h\n\n" + get,
                        answer("200 OK", "", "text/plain; charset=utf-8", 4, ""),
                        pong("")),
                row("GET http://h/ping HTTP/1.1\nHost: h\n\n", pong("")),
                row(
                        "GET /?first=3&second=3 HTTP/1.1\nHost: h\n\n",
                        ok(
                                "",
                                "application/json",
                                "{\"machine\":\"S1\",\"first\":3,\"second\":3,\"sum\":6,\"random\":3}")),
                row(
                        "GET /?first=x HTTP/1.1\nHost: h\n\n" + get,
                        line("400 Bad Request", "", "first is not a decimal number: x; second is missing"),
                        pong("")),
                row(
                        "GET /no HTTP/1.1\nHost: h\n\n" + get,
                        line("404 Not Found", "", "there is / and there is /ping, and nothing else"),
                        pong("")),
                row(
                        "POST /ping HTTP/1.1\nHost: h\nContent-Length: 5\n\nhello" + get,
                        line("405 Method Not Allowed", "Allow: GET, HEAD\r\n", "only GET and HEAD are answered"),
                        pong("")),
                row(
                        "GET /ping HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\n\n5\nhello\n0\n\n" + get,
                        pong(""),
                        pong("")),
                row("\n" + get, pong("")));
    }

    static Stream<Arguments> hostile() {
        String get = "GET /ping HTTP/1.1\nHost: h\n\n";
        return Stream.of(
                row("GET / HTTP/1.1\n\n" + get, refused("400 Bad Request", "no Host")),
                row("\u0016\u0003\u0001\u0002", refused("400 Bad Request", "control character in the head")),
                row(
                        "GET /ping HTTP/1.1\nHost : h\n\n",
                        refused("400 Bad Request", "white space between field name and colon")),
                row(
                        "GET /ping HTTP/1.1\nHost: h\nContent-Length: 1\nTransfer-Encoding: chunked\n\n0\n\n" + get,
                        refused("400 Bad Request", "Content-Length beside Transfer-Encoding")),
                row(
                        "GET /ping HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\n\nx\n" + get,
                        refused("400 Bad Request", "malformed chunk")),
                row(
                        "GET /ping HTTP/2.0\nHost: h\n\n",
                        refused("505 HTTP Version Not Supported", "unsupported HTTP version")),
                row(
                        "GET /?first=" + "1".repeat(33_000) + " HTTP/1.1\nHost: h\n\n",
                        refused("414 URI Too Long", "request target too long")),
                row(
                        "GET /?first=" + "1".repeat(32_000) + "&second=1 HTTP/1.1\nHost: h\n\n",
                        line("400 Bad Request", "", "first has 32000 characters, more than 220")),
                row(
                        "GET /ping HTTP/1.1\nHost: h\nA: " + "a".repeat(70_000) + "\n\n",
                        refused("431 Request Header Fields Too Large", "head too large")),
                row(
                        "GET /ping HTTP/1.1\nHost: h\n" + "A: a\n".repeat(100) + "\n",
                        refused("431 Request Header Fields Too Large", "too many header fields")),
                row(
                        "POST / HTTP/1.1\nHost: h\nContent-Length: 65537\n\n",
                        refused(
                                "413 Content Too Large",
                                "no body is needed, and none of more than 65536 bytes is read")),
                row(
                        "POST / HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\n\n10001\n" + "a".repeat(65_537),
                        refused(
                                "413 Content Too Large",
                                "no body is needed, and none of more than 65536 bytes is read")),
                row(
                        "GET /ping HTTP/1.1\nHost: h\nExpect: 100-continue\nContent-Length: 5\n\n",
                        pong("Connection: close\r\n")),
                row("GET /ping HTTP/1.1\nHo", ""),
                row("POST / HTTP/1.1\nHost: h\nContent-Length: 5\n\nhel", ""));
    }

    @ParameterizedTest
    @MethodSource({"conversations", "hostile"})
    void saysExactly(String request, String answers) throws IOException {
        try (Socket socket = connect(service)) {
            send(socket, request);
            socket.shutdownOutput();
            assertThat(readAll(socket)).isEqualTo(answers);
        }
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void saysTheSameByteByByte(String request, String answers) throws IOException {
        try (Socket socket = connect(service)) {
            socket.setTcpNoDelay(true);
            for (byte b : request.getBytes(ISO_8859_1)) {
                socket.getOutputStream().write(b);
            }
            socket.shutdownOutput();
            assertThat(readAll(socket)).isEqualTo(answers);
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void everyTransport(Transport transport) throws IOException {
        try (EventLoops other = EventLoops.start("machine-other", 1, transport);
                MachineService machine = MachineService.start(other, ANY_PORT, "S9", Chance.seeded(1));
                Socket socket = connect(machine)) {
            send(socket, "GET /?first=1&second=1 HTTP/1.0\r\n\r\n");
            assertThat(readAll(socket))
                    .endsWith("{\"machine\":\"S9\",\"first\":1,\"second\":1,\"sum\":2,\"random\":1}");
        }
    }

    @Test
    void aSlowHeadIsNotWaitedFor() throws IOException {
        try (MachineService hasty = start(SHORT);
                Socket socket = connect(hasty)) {
            send(socket, "GET /ping HTTP/1.1\r\nHost: ");
            assertThat(readAll(socket)).isEqualTo(refused("408 Request Timeout", "the request took too long"));
        }
    }

    @Test
    void aSlowBodyIsNotWaitedFor() throws IOException {
        try (MachineService hasty = start(SHORT);
                Socket socket = connect(hasty)) {
            send(socket, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc");
            assertThat(readAll(socket)).isEqualTo(refused("408 Request Timeout", "the request took too long"));
        }
    }

    @Test
    void silenceIsClosed() throws IOException {
        try (MachineService hasty = start(SHORT);
                Socket never = connect(hasty);
                Socket once = connect(hasty)) {
            send(once, "GET /ping HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(readAll(never)).isEmpty();
            assertThat(readAll(once)).isEqualTo(pong(""));
        }
    }

    @Test
    void aClientThatNeverReadsIsNotReadFromForEver() throws IOException {
        byte[] requests = "GET /ping HTTP/1.1\r\nHost: h\r\n\r\n".repeat(1000).getBytes(ISO_8859_1);
        try (MachineService hasty = start(SHORT);
                Socket socket = connect(hasty)) {
            assertThatThrownBy(() -> {
                        while (true) {
                            socket.getOutputStream().write(requests);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aTakenPortIsNamed() {
        InetSocketAddress taken = service.address();
        assertThatThrownBy(() -> MachineService.start(loops, taken, "S2", Chance.seeded(1)))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "cannot listen on 127.0.0.1:" + taken.getPort() + ": the address is taken by another program");
    }

    @Test
    void anAddressOfSomebodyElseIsNamed() {
        assertThatThrownBy(() ->
                        MachineService.start(loops, new InetSocketAddress("192.0.2.1", 0), "S2", Chance.seeded(1)))
                .hasMessage("cannot listen on 192.0.2.1:0: it is not an address of this machine");
        assertThatThrownBy(() -> MachineService.start(
                        loops, InetSocketAddress.createUnresolved("no such name", 0), "S2", Chance.seeded(1)))
                .hasMessage("cannot listen on no such name:0: the name does not resolve");
    }

    @Test
    void closingEndsConnectionsAndFreesThePort() throws IOException {
        InetSocketAddress address = service.address();
        try (Socket socket = connect(service)) {
            send(socket, "GET /ping HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            service.close();
            assertThat(readAll(socket)).endsWith("pong");
        }
        MachineService.start(loops, address, "S2", Chance.seeded(1)).close();
    }

    private static Socket connect(MachineService to) throws IOException {
        Socket socket = new Socket();
        socket.connect(to.address(), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    private static String readAll(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
}
