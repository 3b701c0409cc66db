package io.echogate.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the kernel moves from one stream to another, on real sockets. */
final class MoveTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final byte[] BODY = body();

    private StreamRig rig;
    private ServerSocket server;
    private StreamRig.Heard from;
    private StreamRig.Heard to;
    private Socket sender;
    private Socket receiver;

    private static byte[] body() {
        byte[] b = new byte[24 * MEBIBYTE];
        new Random(7).nextBytes(b);
        return b;
    }

    @BeforeEach
    void connect() throws Exception {
        rig = new StreamRig(Transport.EPOLL);
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        from = rig.connect((InetSocketAddress) server.getLocalSocketAddress());
        sender = server.accept();
        to = rig.connect((InetSocketAddress) server.getLocalSocketAddress());
        receiver = server.accept();
        receiver.setSoTimeout(20_000);
        from.await("connected");
        to.await("connected");
    }

    @AfterEach
    void close() throws Exception {
        sender.close();
        receiver.close();
        server.close();
        rig.close();
    }

    /** As the relay does: whoever is told that the other side takes no more does not read. */
    private void pauseAsTold() {
        to.onWritable = takes -> from.stream().reading(takes);
    }

    private boolean move(long bytes) throws Exception {
        return rig.on(() -> from.stream().move(to.stream(), bytes));
    }

    private void send(byte[] what, int off, int count) {
        Thread.ofVirtual().start(() -> {
            try {
                sender.getOutputStream().write(what, off, count);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private byte[] received(int count) throws IOException {
        return receiver.getInputStream().readNBytes(count);
    }

    private static void write(StreamRig.Heard to, String what) {
        to.stream().write(Unpooled.wrappedBuffer(what.getBytes(StandardCharsets.US_ASCII)));
    }

    private static long descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    @Test
    void it_goes_behind_what_was_written_and_before_what_is_written_then_and_the_rest_is_shown() throws Exception {
        pauseAsTold();
        rig.on(() -> write(to, "head"));
        assertThat(move(BODY.length)).isTrue();
        from.onMoved = () -> {
            if (from.moved() == BODY.length) {
                write(to, "tail");
                to.stream().end();
            }
        };
        send(BODY, 0, BODY.length);
        assertThat(received(4)).isEqualTo("head".getBytes(StandardCharsets.US_ASCII));
        assertThat(received(BODY.length)).isEqualTo(BODY);
        assertThat(received(5)).isEqualTo("tail".getBytes(StandardCharsets.US_ASCII));
        assertThat(from.bytes()).isZero();
        sender.getOutputStream().write(new byte[3]);
        await().until(() -> from.bytes() == 3);
        to.await("closed");
        assertThat(to.words()).contains("full", "takes").doesNotContain("broken 32");
    }

    @Test
    void what_came_before_is_shown_and_only_as_much_as_was_asked_for_is_moved() throws Exception {
        pauseAsTold();
        from.onBytes = () -> {
            from.onBytes = null;
            from.stream().move(to.stream(), MEBIBYTE);
        };
        sender.getOutputStream().write(BODY, 0, 10);
        await().until(() -> from.bytes() == 10);
        send(BODY, 10, MEBIBYTE + 20);
        assertThat(received(MEBIBYTE)).isEqualTo(Arrays.copyOfRange(BODY, 10, 10 + MEBIBYTE));
        await().until(() -> from.bytes() == 30);
        assertThat(from.moved()).isEqualTo(MEBIBYTE);
    }

    @Test
    void a_slow_receiver_makes_the_sender_wait_and_nothing_is_lost() throws Exception {
        pauseAsTold();
        move(BODY.length);
        send(BODY, 0, BODY.length);
        to.await("full");
        rig.on(() -> {});
        assertThat(from.moved()).isLessThan(BODY.length);
        assertThat(received(BODY.length)).isEqualTo(BODY);
        assertThat(from.moved()).isEqualTo(BODY.length);
    }

    @Test
    void whoever_does_not_pause_is_shown_the_rest() throws Exception {
        move(BODY.length);
        send(BODY, 0, BODY.length);
        await().until(() -> from.moved() + from.bytes() == BODY.length);
        assertThat(from.bytes()).isPositive();
        int moved = (int) from.moved();
        assertThat(received(moved)).isEqualTo(Arrays.copyOf(BODY, moved));
    }

    @Test
    void what_was_moved_arrives_although_the_sender_is_gone() throws Exception {
        pauseAsTold();
        move(BODY.length);
        sender.getOutputStream().write(BODY, 0, MEBIBYTE);
        sender.close();
        from.await("ended");
        rig.on(() -> {
            from.stream().close();
            to.stream().end();
        });
        assertThat(received(2 * MEBIBYTE)).isEqualTo(Arrays.copyOf(BODY, MEBIBYTE));
    }

    @Test
    void when_the_receiver_is_gone_the_rest_is_shown() throws Exception {
        pauseAsTold();
        move(BODY.length);
        send(BODY, 0, MEBIBYTE);
        InputStream in = receiver.getInputStream();
        assertThat(in.readNBytes(1000)).hasSize(1000);
        receiver.setSoLinger(true, 0);
        receiver.close();
        send(BODY, 0, 4 * MEBIBYTE);
        rig.on(() -> from.stream().reading(true));
        await().until(() -> from.moved() + from.bytes() == 5 * MEBIBYTE);
        assertThat(from.bytes()).isPositive();
        assertThat(to.words()).anyMatch(w -> w.startsWith("broken"));
        assertThat(from.words()).containsExactly("connected");
    }

    @Test
    void closing_the_receiver_gives_its_pipe_up_and_an_empty_one_is_used_again() throws Exception {
        pauseAsTold();
        move(BODY.length);
        send(BODY, 0, BODY.length);
        to.await("full");
        long held = descriptors();
        rig.on(() -> {
            to.stream().close();
            from.stream().reading(true);
        });
        await().until(() -> descriptors() <= held - 3); // the socket and both ends of its pipe
        await().until(() -> from.moved() + from.bytes() == BODY.length);
    }

    @Test
    void not_onto_a_closed_stream_nor_where_there_is_no_splice() throws Exception {
        rig.on(() -> to.stream().close());
        assertThat(move(1)).isFalse();
        try (StreamRig other = new StreamRig(Transport.NIO)) {
            StreamRig.Heard heard = other.connect((InetSocketAddress) server.getLocalSocketAddress());
            heard.await("connected");
            assertThat(other.on(() -> heard.stream().move(heard.stream(), 1))).isFalse();
        }
    }
}
