package io.echogate.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One question over one connection, by direct system calls and by channels alike. */
final class DialerTest {
    private static final int MEBIBYTE = 1 << 20;

    /** What became of a line: how many bytes it heard, and its last word. */
    private static final class Heard implements Line.Ear {
        final CompletableFuture<String> last = new CompletableFuture<>();
        long bytes;

        @Override
        public void connected() {}

        @Override
        public void heard(ByteBuf some) {
            bytes += some.readableBytes();
            some.skipBytes(some.readableBytes());
        }

        @Override
        public void ended() {
            last.complete("ended after " + bytes);
        }

        @Override
        public void failed(int errno, String words) {
            last.complete(words);
        }
    }

    /** The peer of a line, on a thread of its own. */
    @FunctionalInterface
    private interface Peer {
        void talk(Socket with) throws IOException;
    }

    private static String ask(Transport transport, int question, Peer peer)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                EventLoops loops = EventLoops.start("dialer", 1, transport)) {
            Thread thread = Thread.ofPlatform().daemon().start(() -> {
                try (Socket with = server.accept()) {
                    peer.talk(with);
                } catch (IOException e) {
                    // the line has gone: its own word is what is tested
                }
            });
            Heard heard = new Heard();
            EventLoop loop = loops.group().next();
            loop.execute(() -> Dialer.on(loop, loops)
                    .dial((InetSocketAddress) server.getLocalSocketAddress(), new byte[question], heard));
            String last = heard.last.get(20, TimeUnit.SECONDS);
            thread.join();
            return last;
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void a_question_is_sent_whole_and_its_end_is_heard(Transport transport) throws Exception {
        String last = ask(transport, 4 * MEBIBYTE, with -> {
            InputStream in = with.getInputStream();
            assertThat(in.readNBytes(4 * MEBIBYTE)).hasSize(4 * MEBIBYTE);
            with.getOutputStream().write(new byte[7]);
        });
        assertThat(last).isEqualTo("ended after 7");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void an_answer_of_any_length_is_heard_whole(Transport transport) throws Exception {
        String last = ask(transport, 1, with -> {
            assertThat(with.getInputStream().read()).isZero();
            with.getOutputStream().write(new byte[8 * MEBIBYTE]);
        });
        assertThat(last).isEqualTo("ended after " + 8 * MEBIBYTE);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void a_reset_is_told_from_an_end(Transport transport) throws Exception {
        String last = ask(transport, 1, with -> {
            assertThat(with.getInputStream().read()).isZero();
            with.setSoLinger(true, 0);
        });
        assertThat(last).startsWith("ECONNRESET");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void a_port_that_nobody_has_refuses(Transport transport) throws Exception {
        InetSocketAddress nobody;
        try (ServerSocket was = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            nobody = (InetSocketAddress) was.getLocalSocketAddress();
        }
        try (EventLoops loops = EventLoops.start("dialer", 1, transport)) {
            Heard heard = new Heard();
            EventLoop loop = loops.group().next();
            loop.execute(() -> Dialer.on(loop, loops).dial(nobody, new byte[1], heard));
            assertThat(heard.last.get(20, TimeUnit.SECONDS)).startsWith("ECONNREFUSED");
        }
    }

    /** Before silence is judged, all that has come is read, however much: a thousand connections may stand at once. */
    @Test
    void reading_leaves_nothing_unread() throws Exception {
        int lines = 1_000;
        try (ServerSocket server = new ServerSocket(0, lines, InetAddress.getLoopbackAddress());
                EventLoops loops = EventLoops.start("dialer", 1, Transport.EPOLL)) {
            InetSocketAddress to = (InetSocketAddress) server.getLocalSocketAddress();
            EventLoop loop = loops.group().next();
            int connected = loop.submit(() -> {
                        AtomicInteger heard = new AtomicInteger();
                        Dialer dialer = Dialer.on(loop, loops);
                        for (int i = 0; i < lines; i++) {
                            dialer.dial(to, new byte[1], counting(heard));
                        }
                        dialer.read();
                        dialer.close();
                        return heard.get();
                    })
                    .get(20, TimeUnit.SECONDS);
            assertThat(connected).isEqualTo(lines);
        }
    }

    private static Line.Ear counting(AtomicInteger connected) {
        return new Line.Ear() {
            @Override
            public void connected() {
                connected.incrementAndGet();
            }

            @Override
            public void heard(ByteBuf some) {}

            @Override
            public void ended() {}

            @Override
            public void failed(int errno, String words) {}
        };
    }

    @Test
    void ended_loops_leave_no_descriptor_behind() throws Exception {
        int before = descriptors();
        for (int i = 0; i < 50; i++) {
            try (EventLoops loops = EventLoops.start("dialer", 1, Transport.EPOLL)) {
                EventLoop loop = loops.group().next();
                loop.submit(() -> Dialer.on(loop, loops)).get(20, TimeUnit.SECONDS);
            }
        }
        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(descriptors() - before).isLessThan(10));
    }

    private static int descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return (int) open.count();
        }
    }
}
