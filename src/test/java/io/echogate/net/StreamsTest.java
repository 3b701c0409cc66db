package io.echogate.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams on real sockets, by direct system calls and by channels alike. */
final class StreamsTest {
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    private Path dir;

    private static ServerSocket server() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static InetSocketAddress address(ServerSocket s) {
        return (InetSocketAddress) s.getLocalSocketAddress();
    }

    private static InetSocketAddress nobody() throws IOException {
        try (ServerSocket was = server()) {
            return address(was);
        }
    }

    private static Socket to(InetSocketAddress at) throws IOException {
        Socket s = new Socket(at.getAddress(), at.getPort());
        s.setSoTimeout(20_000);
        return s;
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void what_is_written_arrives_in_order_however_much(Transport transport) throws Exception {
        try (ServerSocket server = server();
                StreamRig rig = new StreamRig(transport)) {
            StreamRig.Heard heard = rig.connect(address(server));
            try (Socket peer = server.accept()) {
                heard.await("connected");
                rig.on(() -> {
                    for (int i = 0; i < 300; i++) {
                        heard.stream()
                                .write(ByteBufAllocator.DEFAULT
                                        .directBuffer(7_000)
                                        .writeBytes(block(i)));
                    }
                    heard.stream().write(Unpooled.wrappedBuffer(block(300)));
                    heard.stream().end();
                });
                InputStream in = peer.getInputStream();
                for (int i = 0; i <= 300; i++) {
                    assertThat(in.readNBytes(7_000)).isEqualTo(block(i));
                }
                assertThat(in.read()).isEqualTo(-1);
                heard.await("closed");
            }
        }
    }

    private static byte[] block(int i) {
        byte[] b = new byte[7_000];
        for (int k = 0; k < b.length; k++) {
            b[k] = (byte) (k * 31 + i);
        }
        return b;
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void what_comes_is_heard_whole_and_its_end_after_it(Transport transport) throws Exception {
        try (ServerSocket server = server();
                StreamRig rig = new StreamRig(transport)) {
            StreamRig.Heard heard = rig.connect(address(server));
            try (Socket peer = server.accept()) {
                peer.getOutputStream().write(new byte[8 * MEBIBYTE]);
                peer.shutdownOutput();
                heard.await("ended");
                assertThat(heard.bytes()).isEqualTo(8 * MEBIBYTE);
                rig.on(() -> {
                    heard.stream().write(Unpooled.wrappedBuffer(new byte[] {1, 2, 3}));
                    heard.stream().flush();
                });
                assertThat(peer.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
                assertThat(heard.words()).containsExactly("connected", "ended");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void while_it_is_not_read_nothing_is_heard_and_the_peer_has_to_wait(Transport transport) throws Exception {
        try (ServerSocket server = server();
                StreamRig rig = new StreamRig(transport)) {
            StreamRig.Heard heard = rig.connect(address(server));
            try (Socket peer = server.accept()) {
                heard.await("connected");
                rig.on(() -> heard.stream().reading(false));
                peer.getOutputStream().write(new byte[100_000]);
                Thread more = Thread.ofVirtual().start(() -> write(peer, 32 * MEBIBYTE));
                await().until(() -> more.getState() != Thread.State.NEW);
                rig.on(() -> {});
                assertThat(heard.bytes()).isZero();
                assertThat(more.isAlive()).isTrue();
                rig.on(() -> heard.stream().reading(true));
                await().until(() -> heard.bytes() == 100_000 + 32 * MEBIBYTE);
                more.join();
            }
        }
    }

    private static void write(Socket to, int bytes) {
        try {
            to.getOutputStream().write(new byte[bytes]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void a_peer_that_does_not_read_is_told_of_once_and_so_is_its_reading(Transport transport) throws Exception {
        try (ServerSocket server = server();
                StreamRig rig = new StreamRig(transport)) {
            StreamRig.Heard heard = rig.connect(address(server));
            try (Socket peer = server.accept()) {
                heard.await("connected");
                int blocks = 5_000;
                rig.on(() -> {
                    for (int i = 0; i < blocks; i++) {
                        heard.stream().write(Unpooled.wrappedBuffer(block(i)));
                    }
                    heard.stream().flush();
                });
                heard.await("full");
                InputStream in = peer.getInputStream();
                for (int i = 0; i < blocks; i++) {
                    assertThat(in.readNBytes(7_000)).isEqualTo(block(i));
                }
                heard.await("takes");
                assertThat(heard.words()).containsExactly("connected", "full", "takes");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void what_was_sent_before_a_reset_is_heard_first(Transport transport) throws Exception {
        try (ServerSocket server = server();
                StreamRig rig = new StreamRig(transport)) {
            StreamRig.Heard heard = rig.connect(address(server));
            Socket peer = server.accept();
            heard.await("connected");
            peer.getOutputStream().write(7);
            await().until(() -> heard.bytes() == 1);
            peer.setSoLinger(true, 0);
            peer.close();
            heard.await("closed");
            assertThat(heard.words()).containsExactly("connected", "broken " + Errno.ECONNRESET, "closed");
        }
    }

    /** A member may refuse an upload with an answer and a reset: the answer is read although a write has failed. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void an_answer_is_read_after_a_write_that_failed(Transport transport) throws Exception {
        try (ServerSocket server = server();
                StreamRig rig = new StreamRig(transport)) {
            StreamRig.Heard heard = rig.connect(address(server));
            Socket peer = server.accept();
            heard.await("connected");
            rig.on(() -> heard.stream().reading(false));
            peer.getOutputStream().write(new byte[5]);
            peer.shutdownOutput();
            peer.close();
            await().until(() -> {
                rig.on(() -> {
                    heard.stream().write(Unpooled.wrappedBuffer(new byte[10]));
                    heard.stream().flush();
                });
                return heard.words().stream().anyMatch(w -> w.startsWith("broken"));
            });
            rig.on(() -> heard.stream().reading(true));
            await().until(() -> heard.bytes() == 5);
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void our_direction_ends_alone(Transport transport) throws Exception {
        try (ServerSocket server = server();
                StreamRig rig = new StreamRig(transport)) {
            StreamRig.Heard heard = rig.connect(address(server));
            try (Socket peer = server.accept()) {
                heard.await("connected");
                rig.on(() -> {
                    heard.stream().write(Unpooled.wrappedBuffer(new byte[MEBIBYTE]));
                    heard.stream().endOutput();
                });
                assertThat(peer.getInputStream().readAllBytes()).hasSize(MEBIBYTE);
                peer.getOutputStream().write(new byte[9]);
                await().until(() -> heard.bytes() == 9);
            }
            heard.await("ended");
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void a_reset_is_seen_by_the_peer(Transport transport) throws Exception {
        try (ServerSocket server = server();
                StreamRig rig = new StreamRig(transport)) {
            StreamRig.Heard heard = rig.connect(address(server));
            try (Socket peer = server.accept()) {
                heard.await("connected");
                rig.on(() -> heard.stream().reset());
                assertThatThrownBy(() -> peer.getInputStream().read())
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("reset");
                heard.await("closed");
                assertThat(rig.on(() -> heard.stream().open())).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void a_refused_connection_says_so(Transport transport) throws Exception {
        try (StreamRig rig = new StreamRig(transport)) {
            StreamRig.Heard heard = rig.connect(nobody());
            heard.await("failed " + Errno.ECONNREFUSED);
            assertThat(heard.words()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void a_unix_socket_is_a_stream_like_any_other(Transport transport) throws Exception {
        UnixDomainSocketAddress path = UnixDomainSocketAddress.of(dir.resolve("s"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                StreamRig rig = new StreamRig(transport)) {
            server.bind(path);
            StreamRig.Heard heard = rig.connect(path);
            try (SocketChannel peer = server.accept()) {
                peer.write(ByteBuffer.wrap(new byte[4]));
                await().until(() -> heard.bytes() == 4);
            }
            await().until(() -> heard.words().contains("ended") || heard.words().contains("closed"));
            rig.connect(UnixDomainSocketAddress.of(dir.resolve("nobody"))).awaitFailure();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "::"})
    void listens_on_either_family_and_says_who_came(String host) throws Exception {
        for (Transport transport : Transport.values()) {
            try (StreamRig rig = new StreamRig(transport)) {
                InetSocketAddress at = rig.listen(new InetSocketAddress(InetAddress.getByName(host), 0), 10);
                assertThat(at.getPort()).isPositive();
                String client = host.equals("::1") ? "0:0:0:0:0:0:0:1" : "127.0.0.1";
                try (Socket peer = to(new InetSocketAddress(client, at.getPort()))) {
                    peer.getOutputStream().write(new byte[3]);
                    await().until(() ->
                            rig.guests.size() == 1 && rig.guests.getFirst().bytes() == 3);
                    assertThat(rig.guests.getFirst().from).isEqualTo(client + ":" + peer.getLocalPort());
                }
                rig.guests.getFirst().await("ended");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void nobody_is_taken_in_beyond_the_limit_until_one_has_left(Transport transport) throws Exception {
        try (StreamRig rig = new StreamRig(transport)) {
            InetSocketAddress at = rig.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2);
            List<Socket> peers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                peers.add(to(at));
            }
            await().until(() -> rig.guests.size() == 2);
            rig.on(() -> {});
            assertThat(rig.guests).hasSize(2);
            for (int gone = 0; gone < 3; gone++) {
                StreamRig.Heard guest = rig.guests.get(gone);
                rig.on(() -> guest.stream().close());
                int expected = gone + 3;
                await().until(() -> rig.guests.size() == expected);
            }
            for (Socket peer : peers) {
                peer.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void a_taken_address_is_refused_with_its_reason(Transport transport) throws Exception {
        try (ServerSocket taken = server();
                StreamRig rig = new StreamRig(transport)) {
            assertThatThrownBy(() -> rig.listen(address(taken), 1))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("ddress already in use");
        }
    }

    @Test
    void two_listeners_share_a_port_and_a_closed_one_takes_nobody_in() throws Exception {
        try (StreamRig one = new StreamRig(Transport.EPOLL);
                StreamRig two = new StreamRig(Transport.EPOLL)) {
            InetSocketAddress at = one.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
            assertThat(two.listen(at, 100)).isEqualTo(at);
            List<Socket> peers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                peers.add(to(at));
            }
            await().until(() -> one.guests.size() + two.guests.size() == 40);
            assertThat(one.guests).isNotEmpty();
            assertThat(two.guests).isNotEmpty();
            one.closeListeners();
            two.closeListeners();
            assertThatThrownBy(() -> to(at)).isInstanceOf(ConnectException.class);
            for (Socket peer : peers) {
                peer.close();
            }
        }
    }

    /** An event of a closed descriptor must not reach whoever has its number now. */
    @Test
    void a_stream_in_anothers_place_does_not_hear_of_the_other() throws Exception {
        try (ServerSocket server = server();
                StreamRig rig = new StreamRig(Transport.EPOLL)) {
            for (int i = 0; i < 200; i++) {
                StreamRig.Heard first = rig.connect(address(server));
                try (Socket peer = server.accept()) {
                    peer.getOutputStream().write(1);
                    StreamRig.Heard second = rig.on(() -> {
                        first.stream().close();
                        return rig.connectHere(address(server));
                    });
                    try (Socket other = server.accept()) {
                        second.await("connected");
                        assertThat(other.isConnected()).isTrue();
                        assertThat(second.bytes()).isZero();
                    }
                    second.await("ended");
                    rig.on(() -> second.stream().close());
                }
            }
        }
    }

    /** What one stream has heard is passed on through another one, be it bytes or its end. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void what_is_written_while_another_one_is_heard_is_sent(Transport transport) throws Exception {
        try (ServerSocket server = server();
                StreamRig rig = new StreamRig(transport)) {
            StreamRig.Heard from = rig.connect(address(server));
            Socket one = server.accept();
            StreamRig.Heard to = rig.connect(address(server));
            Socket two = server.accept();
            to.await("connected");
            from.onBytes = () -> {
                send(to, 'b');
                from.stream().close();
            };
            from.onClosed = () -> send(to, 'c');
            one.getOutputStream().write(1);
            two.setSoTimeout(20_000);
            assertThat(two.getInputStream().readNBytes(2)).asString(US_ASCII).isEqualTo("bc");
            one.close();
            two.close();
        }
    }

    /** The kernel then has a timer for keep-alive, which {@code /proc/net/tcp} tells as 02. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void a_nudged_peer_is_asked_by_the_kernel(Transport transport) throws Exception {
        try (ServerSocket server = server();
                StreamRig rig = new StreamRig(transport)) {
            StreamRig.Heard heard = rig.connect(address(server));
            try (Socket peer = server.accept()) {
                heard.await("connected");
                String ends = ".*:%04X .*:%04X 01 .*".formatted(peer.getPort(), server.getLocalPort());
                rig.on(() -> heard.stream().nudge());
                assertThat(Stream.concat(sockets("tcp"), sockets("tcp6"))
                                .filter(line -> line.matches(ends))
                                .map(line -> line.trim().split("\\s+")[5].substring(0, 2)))
                        .containsExactly("02");
            }
        }
    }

    private static Stream<String> sockets(String family) throws IOException {
        return Files.readAllLines(Path.of("/proc/net/" + family)).stream();
    }

    private static void send(StreamRig.Heard to, int oneByte) {
        to.stream().write(Unpooled.directBuffer().writeByte(oneByte));
        to.stream().flush();
    }

    /** An ear that fails ends its own stream; the loop and the others go on. */
    @Test
    void a_fault_of_one_ear_is_its_own() throws Exception {
        try (ServerSocket server = server();
                StreamRig rig = new StreamRig(Transport.EPOLL)) {
            StreamRig.Heard faulty = rig.connect(address(server));
            Socket one = server.accept();
            StreamRig.Heard well = rig.connect(address(server));
            Socket two = server.accept();
            faulty.await("connected");
            faulty.failing = true;
            one.getOutputStream().write(1);
            faulty.await("closed");
            two.getOutputStream().write(1);
            await().until(() -> well.bytes() == 1);
            one.close();
            two.close();
        }
    }

    @Test
    void a_door_that_fails_costs_one_client_and_one_place_for_a_while() throws Exception {
        try (StreamRig rig = new StreamRig(Transport.EPOLL)) {
            InetSocketAddress at = rig.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
            rig.turnsAway = true;
            try (Socket peer = to(at)) {
                assertThat(peer.getInputStream().read()).isEqualTo(-1);
            }
            rig.turnsAway = false;
            try (Socket peer = to(at)) {
                peer.getOutputStream().write(1);
                await().until(() -> rig.guests.size() == 1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void nothing_is_left_open(Transport transport) throws Exception {
        openAndLeave(transport);
        long before = descriptors();
        for (int i = 0; i < 10; i++) {
            openAndLeave(transport);
        }
        assertThat(descriptors() - before).isLessThan(15);
    }

    private static void openAndLeave(Transport transport) throws Exception {
        try (ServerSocket server = server();
                StreamRig rig = new StreamRig(transport)) {
            for (int k = 0; k < 10; k++) {
                rig.connect(address(server));
                server.accept().close();
                rig.connect(nobody());
            }
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
