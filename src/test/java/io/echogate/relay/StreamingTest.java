package io.echogate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echogate.clock.Clock;
import io.echogate.config.CarryRules;
import io.echogate.config.Limits;
import io.echogate.model.Outcome;
import io.echogate.net.Transport;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies larger than any buffer, in both directions. */
@ExtendWith(NoLeaks.class)
final class StreamingTest extends ClosesAfterEach {
    private static final int BLOCK = 64 * 1024;
    private static final int BLOCKS = 640;
    private static final long SIZE = (long) BLOCK * BLOCKS;

    private Rig rig(Transport transport, Backend backend) throws IOException {
        return closing(
                new Rig(transport, Rig.config(false, Limits.DEFAULT, CarryRules.DEFAULT), null, backend.address()));
    }

    private static byte[] block(int i) {
        byte[] b = new byte[BLOCK];
        for (int k = 0; k < BLOCK; k++) {
            b[k] = (byte) (k * 31 + i * 7);
        }
        return b;
    }

    /**
     * The kernel holds the second piece back until the first one is acknowledged (Nagle's algorithm), for which it would take
     * 40 ms at least. The fastest of all decides, so that no slow machine matters.
     */
    @Test
    void aClientThatGathersIsNotKeptWaiting() throws IOException {
        Backend backend = closing(Backend.named("one"));
        Rig rig = rig(Transport.EPOLL, backend);
        Clock clock = Clock.system();
        try (Socket client = rig.connect()) {
            long fastest = Long.MAX_VALUE;
            for (int i = 0; i < 30; i++) { // the first ones the kernel acknowledges at once anyway
                long began = clock.nanos();
                Rig.send(client, "POST /x HTTP/1.1\r\nHost: a\r\n");
                Rig.send(client, "Content-Length: 5\r\n\r\nhello");
                assertThat(Rig.answer(client)).endsWith("one POST /x HTTP/1.1 5");
                fastest = i < 20 ? fastest : Math.min(fastest, clock.nanos() - began);
            }
            assertThat(Duration.ofNanos(fastest)).isLessThan(Duration.ofMillis(40));
        }
    }

    private static long expected() {
        CRC32 crc = new CRC32();
        for (int i = 0; i < BLOCKS; i++) {
            crc.update(block(i));
        }
        return crc.getValue();
    }

    private static void blocks(OutputStream out, boolean chunked) throws IOException {
        for (int i = 0; i < BLOCKS; i++) {
            if (chunked) {
                out.write("10000\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            out.write(block(i));
            if (chunked) {
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
        if (chunked) {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.flush();
    }

    private static long crc(InputStream in, long size) throws IOException {
        CRC32 crc = new CRC32();
        byte[] b = new byte[BLOCK];
        long left = size;
        while (left > 0) {
            int n = in.read(b, 0, (int) Math.min(left, b.length));
            if (n < 0) {
                throw new IOException("cut short, " + left + " missing");
            }
            crc.update(b, 0, n);
            left -= n;
        }
        return crc.getValue();
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            head.append((char) in.read());
        }
        return head.toString();
    }

    private static long directMemory() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    @ParameterizedTest
    @EnumSource
    void downWithASlowReader(Transport transport) throws Exception {
        Backend s1 = closing(Backend.start((r, out) -> {
            Backend.write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n");
            blocks(out, false);
            return true;
        }));
        Rig rig = rig(transport, s1);
        try (Socket s = rig.connect()) {
            long before = directMemory();
            Rig.send(s, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            InputStream in = s.getInputStream();
            assertThat(head(in)).startsWith("HTTP/1.1 200 OK");
            assertThat(directMemory() - before).isLessThan(16L << 20);
            assertThat(crc(in, SIZE)).isEqualTo(expected());
            assertThat(directMemory() - before).isLessThan(16L << 20);
            Rig.send(s, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            head(in);
            assertThat(crc(in, SIZE)).isEqualTo(expected());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHalfClosedClientGetsAllOfALargeAnswer(Transport transport) throws Exception {
        Backend s1 = closing(Backend.start((r, out) -> {
            Backend.write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n");
            blocks(out, false);
            return true;
        }));
        try (Socket s = rig(transport, s1).connect()) {
            Rig.send(s, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            s.shutdownOutput();
            InputStream in = s.getInputStream();
            assertThat(head(in)).startsWith("HTTP/1.1 200 OK");
            assertThat(crc(in, SIZE)).isEqualTo(expected());
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void chunkedDown(Transport transport) throws Exception {
        Backend s1 = closing(Backend.start((r, out) -> {
            Backend.write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            blocks(out, true);
            return true;
        }));
        try (Socket s = rig(transport, s1).connect()) {
            Rig.send(s, "GET / HTTP/1.0\r\n\r\n");
            InputStream in = s.getInputStream();
            assertThat(head(in)).contains("Connection: close");
            assertThat(crc(in, SIZE)).isEqualTo(expected());
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void upInBothFramings(Transport transport) throws Exception {
        Backend s1 = closing(Backend.streaming((r, out) -> {
            long crc = r.field("Content-Length").isEmpty() ? chunks(r.more()) : crc(r.more(), SIZE);
            String body = Long.toHexString(crc);
            Backend.write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            return true;
        }));
        try (Socket s = rig(transport, s1).connect()) {
            Rig.send(s, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + SIZE + "\r\n\r\n");
            blocks(s.getOutputStream(), false);
            assertThat(Rig.answer(s)).endsWith("\r\n\r\n" + Long.toHexString(expected()));
            Rig.send(s, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            blocks(s.getOutputStream(), true);
            assertThat(Rig.answer(s)).endsWith("\r\n\r\n" + Long.toHexString(expected()));
        }
    }

    private static long chunks(InputStream in) throws IOException {
        CRC32 crc = new CRC32();
        while (true) {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                line.append((char) c);
            }
            int n = Integer.parseInt(line.toString().trim(), 16);
            crc.update(in.readNBytes(n));
            in.readNBytes(2);
            if (n == 0) {
                return crc.getValue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMemberThatReadsNothingDoesNotFillMemory(Transport transport) throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        Backend s1 = closing(Backend.streaming((r, out) -> {
            go.join();
            String body = Long.toHexString(crc(r.more(), SIZE));
            Backend.write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            return true;
        }));
        try (Socket s = rig(transport, s1).connect()) {
            long before = directMemory();
            Rig.send(s, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + SIZE + "\r\n\r\n");
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try {
                    blocks(s.getOutputStream(), false);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThat(sent.orTimeout(1, TimeUnit.SECONDS)
                            .handle((v, e) -> e != null)
                            .join())
                    .isTrue();
            assertThat(directMemory() - before).isLessThan(16L << 20);
            go.complete(null);
            assertThat(Rig.answer(s)).endsWith("\r\n\r\n" + Long.toHexString(expected()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerCutShortArrivesCutShort(Transport transport) throws Exception {
        Backend s1 = closing(Backend.start((r, out) -> {
            Backend.write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
            return false;
        }));
        Rig rig = rig(transport, s1);
        assertThat(rig.ask(Rig.GET)).endsWith("\r\n\r\n5\r\nhello\r\n");
        assertThat(rig.outcomes()).containsExactly(Outcome.RESET);
    }

    /** Much of it went from socket to socket unseen, where that can be. */
    @ParameterizedTest
    @EnumSource
    void aLargeAnswerCutShortArrivesCutShortToo(Transport transport) throws Exception {
        Backend s1 = closing(Backend.start((r, out) -> {
            Backend.write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + (SIZE + 1) + "\r\n\r\n");
            blocks(out, false);
            return false;
        }));
        Rig rig = rig(transport, s1);
        try (Socket s = rig.connect()) {
            Rig.send(s, Rig.GET);
            InputStream in = s.getInputStream();
            assertThat(head(in)).contains("Content-Length: " + (SIZE + 1));
            assertThat(crc(in, SIZE)).isEqualTo(expected());
            assertThat(in.read()).isEqualTo(-1);
        }
        assertThat(rig.outcomes()).containsExactly(Outcome.RESET);
    }

    @ParameterizedTest
    @EnumSource
    void everyByteIsCountedAlsoOfWhatWasNotLookedAt(Transport transport) throws Exception {
        Backend s1 = closing(Backend.streaming((r, out) -> {
            crc(r.more(), SIZE);
            Backend.write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n");
            blocks(out, false);
            return true;
        }));
        Rig rig = rig(transport, s1);
        String asked = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + SIZE + "\r\n\r\n";
        try (Socket s = rig.connect()) {
            Rig.send(s, asked);
            blocks(s.getOutputStream(), false);
            InputStream in = s.getInputStream();
            String answered = head(in);
            assertThat(crc(in, SIZE)).isEqualTo(expected());
            await().untilAsserted(() -> assertThat(rig.accesses).hasSize(1));
            assertThat(rig.accesses.getFirst().received()).isEqualTo(asked.length() + SIZE);
            assertThat(rig.accesses.getFirst().sent()).isEqualTo(answered.length() + SIZE);
        }
        await().untilAsserted(() -> {
            assertThat(rig.metric(Families.MEMBER_SENT, "S1")).isBetween(SIZE, SIZE + 1000);
            assertThat(rig.metric(Families.MEMBER_RECEIVED, "S1")).isBetween(SIZE, SIZE + 1000);
        });
    }

    @ParameterizedTest
    @EnumSource
    void anEarlyAnswerArrivesAlthoughTheBodyStillFlows(Transport transport) throws Exception {
        Backend s1 = closing(Backend.streaming((r, out) -> {
            Backend.write(out, "HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig");
            return false;
        }));
        Rig rig = rig(transport, s1);
        try (Socket s = rig.connect()) {
            Rig.send(s, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" + "x".repeat(100_000));
            assertThat(Rig.answer(s)).startsWith("HTTP/1.1 413 ").endsWith("big");
        }
        assertThat(rig.heard).isEmpty();
    }
}
