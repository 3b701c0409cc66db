package io.echogate.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a client costs that comes, asks for one thing and goes; on real sockets. */
final class AcceptedTest {
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_INFO = 11;
    private static final long UNACKNOWLEDGED_AT = 24;
    private static final long SEGMENTS_IN_AT = 140;
    private static final int INFO_SIZE = 256;

    private static InetSocketAddress listen(StreamRig rig) throws IOException {
        return rig.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
    }

    private static Socket to(InetSocketAddress at) throws IOException {
        Socket s = new Socket(at.getAddress(), at.getPort());
        s.setSoTimeout(20_000);
        return s;
    }

    private static void answer(StreamRig.Heard guest, int size) {
        guest.stream().write(Unpooled.directBuffer(size).writeZero(size));
        guest.stream().end();
    }

    /** The newest of so many, once that much has come of it. */
    private static StreamRig.Heard guest(StreamRig rig, int guests, int bytes) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> rig.guests.size() == guests && rig.guests.getLast().bytes() == bytes);
        return rig.guests.getLast();
    }

    /** A client by system calls, of which the kernel can be asked everything. */
    private static final class Peer implements AutoCloseable {
        private final Arena memory = Arena.ofShared();
        private final Libc libc = new Libc(memory);
        private final StreamCalls calls = new StreamCalls(libc);
        private final MemorySegment room = memory.allocate(INFO_SIZE, 8);
        private final MemorySegment length = memory.allocate(JAVA_INT);
        private final int fd;

        Peer(InetSocketAddress at) {
            NativeAddress address = new NativeAddress(memory);
            int size = address.write(at);
            fd = libc.socket(NativeAddress.domain(at), 1 | Libc.CLOEXEC, 0);
            assertThat(libc.connect(fd, address.bytes, size)).isZero();
        }

        void ask() {
            assertThat(calls.send(fd, room.address(), 5, false)).isEqualTo(5);
        }

        boolean ended() {
            return calls.receive(fd, room.address(), INFO_SIZE) == 0;
        }

        int info(long at) {
            length.set(JAVA_INT, 0, INFO_SIZE);
            assertThat(libc.getsockopt(fd, IPPROTO_TCP, TCP_INFO, room, length)).isZero();
            return room.get(JAVA_INT, at);
        }

        @Override
        public void close() {
            libc.close(fd);
            memory.close();
        }
    }

    /** Segments that a peer gets in all, of one that answers at once and ends. */
    private static int segments(InetSocketAddress at) {
        try (Peer peer = new Peer(at)) {
            peer.ask();
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(peer::ended);
            return peer.info(SEGMENTS_IN_AT);
        }
    }

    @Test
    void an_answer_acknowledges_the_request_and_takes_the_end_along() throws Exception {
        try (StreamRig rig = new StreamRig(Transport.EPOLL)) {
            rig.onGuest = guest -> guest.onBytes = () -> answer(guest, 100);
            InetSocketAddress at = listen(rig);
            int least = IntStream.range(0, 20) // a slow machine acknowledges after 40 ms, whoever is slow
                    .map(i -> segments(at))
                    .min()
                    .orElseThrow();
            assertThat(least).as("the handshake's, and one").isEqualTo(2);
        }
    }

    @Test
    void what_came_of_more_is_acknowledged_at_once() throws Exception {
        try (StreamRig rig = new StreamRig(Transport.EPOLL)) {
            InetSocketAddress at = listen(rig);
            List<String> waiting = new CopyOnWriteArrayList<>();
            for (int i = 1; i <= 20 && !waiting.contains("1 0"); i++) { // again if the kernel's 40 ms were over before
                try (Peer peer = new Peer(at)) {
                    rig.onGuest = guest -> guest.onBytes = () -> {
                        int before = peer.info(UNACKNOWLEDGED_AT);
                        guest.stream().expectMore();
                        waiting.add(before + " " + peer.info(UNACKNOWLEDGED_AT));
                    };
                    peer.ask();
                    int times = i;
                    await().until(() -> waiting.size() == times);
                }
            }
            assertThat(waiting)
                    .as("segments of the peer's that it knows nothing of")
                    .contains("1 0");
        }
    }

    @Test
    void one_of_whom_nothing_is_expected_is_heard_a_moment_later() throws Exception {
        try (StreamRig rig = new StreamRig(Transport.EPOLL)) {
            rig.onGuest = guest -> guest.onBytes = () -> guest.stream().expectNothing();
            try (Socket peer = to(listen(rig))) {
                peer.getOutputStream().write(1);
                await().until(() ->
                        rig.guests.size() == 1 && rig.guests.getFirst().bytes() == 1);
                peer.getOutputStream().write(new byte[2]);
                await().until(() -> rig.guests.getFirst().bytes() == 3);
                peer.setSoLinger(true, 0);
            }
            rig.guests.getFirst().await("closed");
        }
    }

    @Test
    void a_slow_reader_gets_all_of_a_last_answer() throws Exception {
        int size = 16 << 20;
        try (StreamRig rig = new StreamRig(Transport.EPOLL)) {
            rig.onGuest = guest -> guest.onBytes = () -> {
                guest.stream().expectNothing();
                answer(guest, size);
            };
            try (Socket peer = to(listen(rig))) {
                peer.getOutputStream().write(1);
                await().until(() ->
                        rig.guests.size() == 1 && rig.guests.getFirst().bytes() == 1);
                assertThat(peer.getInputStream().readAllBytes()).hasSize(size);
            }
        }
    }

    @Test
    void what_nobody_expected_takes_no_answer_away() throws Exception {
        try (StreamRig rig = new StreamRig(Transport.EPOLL)) {
            rig.onGuest = guest -> guest.onBytes = () -> guest.stream().expectNothing();
            InetSocketAddress at = listen(rig);
            for (int i = 1; i <= 20; i++) { // some of them watched by then, and some not
                try (Socket peer = to(at)) {
                    peer.getOutputStream().write(1);
                    StreamRig.Heard guest = guest(rig, i, 1);
                    peer.getOutputStream().write(new byte[50_000]);
                    rig.on(() -> answer(guest, 100_000));
                    assertThat(peer.getInputStream().readAllBytes()).hasSize(100_000);
                }
            }
        }
    }

    @Test
    void a_peer_is_told_by_its_address() throws Exception {
        Peers peers = new Peers();
        try (Arena memory = Arena.ofConfined()) {
            NativeAddress address = new NativeAddress(memory);
            for (String host : new String[] {"10.1.2.3", "255.255.255.255", "2001:db8:0:0:0:0:0:1", "0.0.0.0"}) {
                address.write(new InetSocketAddress(InetAddress.getByName(host), 5));
                assertThat(peers.text(address)).isEqualTo(host);
                assertThat(address.port()).isEqualTo(5);
            }
            for (int i = 0; i < 2 * 70_000; i++) { // twice, and more than have room
                byte[] bytes = {10, (byte) ((i % 70_000) >> 16), (byte) ((i % 70_000) >> 8), (byte) (i % 70_000)};
                address.write(new InetSocketAddress(InetAddress.getByAddress(bytes), 5));
                String text = "10." + (bytes[1] & 0xFF) + "." + (bytes[2] & 0xFF) + "." + (bytes[3] & 0xFF);
                assertThat(peers.text(address)).isEqualTo(text);
            }
        }
    }
}
