package io.echogate.page;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A viewer on its way out, whose stream is closed and whose connection still stands, takes nothing from the others. */
final class LeavingViewerTest {
    private static final String UPGRADE = """
            GET /-/api/v1/live HTTP/1.1
            Host: 127.0.0.1
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Version: 13

            """;

    /** A masked close frame without a code, RFC 6455 §5.5.1. */
    private static final byte[] CLOSE = {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0};

    @Test
    void others_get_every_message() throws Exception {
        try (Site site = new Site(Fleets.twoUp());
                Socket leaving = new Socket(InetAddress.getLoopbackAddress(), site.server.port());
                WatchedStream stays = site.watch("")) {
            leaving.setSoTimeout(5_000);
            leaving.getOutputStream().write(UPGRADE.replace("\n", "\r\n").getBytes(US_ASCII));
            awaitHeadsEnd(leaving.getInputStream());
            stays.next("snapshot");
            leaving.getOutputStream().write(CLOSE);
            awaitCloseFrame(leaving.getInputStream());
            long seq = 1;
            for (int i = 0; i < 5; i++) {
                Instant now = site.fleet().at().plusMillis(100);
                site.publish(Fleets.with(site.fleet(), i % 2 == 0 ? Fleets.frozen(0, "S1", now) : Fleets.up(0, "S1")));
                JsonObject change = stays.next("change");
                assertThat(change.getLong("prev")).isEqualTo(seq);
                seq = change.getLong("seq");
            }
            assertThat(seq).isEqualTo(6);
        }
    }

    @Test
    void a_connection_that_breaks_is_no_error_of_ours() throws Exception {
        ListAppender<ILoggingEvent> heard = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        heard.start();
        root.addAppender(heard);
        try (Site site = new Site(Fleets.twoUp());
                WatchedStream stays = site.watch("")) {
            stays.next("snapshot");
            for (int i = 0; i < 10; i++) {
                Socket breaking = new Socket(InetAddress.getLoopbackAddress(), site.server.port());
                breaking.setSoLinger(true, 0);
                breaking.getOutputStream().write(UPGRADE.replace("\n", "\r\n").getBytes(US_ASCII));
                assertThat(breaking.getInputStream().read()).isEqualTo('H');
                breaking.close();
                site.publish(Fleets.with(
                        site.fleet(), Fleets.frozen(0, "S1", site.fleet().at().plusMillis(100))));
                stays.next("change");
            }
        } finally {
            root.detachAppender(heard);
        }
        assertThat(heard.list).filteredOn(e -> e.getLevel() == Level.ERROR).isEmpty();
    }

    /** Reads the answer to the upgrade: before it, a client may send no frame (RFC 6455 §4.1). */
    private static void awaitHeadsEnd(InputStream in) throws IOException {
        int ends = 0;
        while (ends < 4) {
            int b = read(in);
            ends = b == '\r' || b == '\n' ? ends + 1 : 0;
        }
    }

    /** Reads until the server's own close frame, the last that it sends; other frames may come before it. */
    private static void awaitCloseFrame(InputStream in) throws IOException {
        int opcode = 0;
        while (opcode != 0x88) {
            opcode = read(in);
            in.skipNBytes(length(in));
        }
    }

    /** Payload length of an unmasked frame (RFC 6455 §5.2); none of ours needs 64 bits. */
    private static int length(InputStream in) throws IOException {
        int length = read(in);
        return length < 126 ? length : read(in) << 8 | read(in);
    }

    private static int read(InputStream in) throws IOException {
        int b = in.read();
        assertThat(b).as("the connection still stands").isNotNegative();
        return b;
    }
}
