package io.echogate.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.config.CarryRules;
import io.echogate.config.Limits;
import io.echogate.net.Transport;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page behind its Unix socket: an ordinary answer and an upgraded connection that echoes. */
@ExtendWith(NoLeaks.class)
final class PageSocketTest {
    private final List<String> heads = new CopyOnWriteArrayList<>();

    @TempDir
    private Path dir;

    private void serve(ServerSocketChannel server) throws IOException {
        while (server.isOpen()) {
            SocketChannel c = server.accept();
            Thread.ofVirtual().start(() -> converse(c));
        }
    }

    private void converse(SocketChannel c) {
        try (c) {
            String head = read(c);
            heads.add(head);
            if (head.contains("Upgrade: websocket")) {
                write(c, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
                for (String frame = read(c); !frame.isEmpty(); frame = read(c)) {
                    write(c, "echo " + frame);
                }
            } else {
                write(c, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npage");
            }
        } catch (IOException e) {
            heads.add("broken " + e);
        }
    }

    private static String read(SocketChannel c) throws IOException {
        ByteBuffer b = ByteBuffer.allocate(8192);
        return c.read(b) < 0 ? "" : new String(b.array(), 0, b.position(), StandardCharsets.ISO_8859_1);
    }

    private static void write(SocketChannel c, String text) throws IOException {
        c.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @ParameterizedTest
    @EnumSource
    void isReachedThroughTheClientListener(Transport transport) throws Exception {
        Path path = dir.resolve("page.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            Thread serving = Thread.ofVirtual().start(() -> {
                try {
                    serve(server);
                } catch (IOException e) {
                    heads.add("closed");
                }
            });
            try (Backend s1 = Backend.named("one");
                    Rig rig = new Rig(
                            transport, Rig.config(true, Limits.DEFAULT, CarryRules.DEFAULT), path, s1.address())) {
                assertThat(rig.ask("GET /-/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                        .endsWith("\r\n\r\npage")
                        .doesNotContain("Echogate-Member");
                assertThat(rig.ask(Rig.GET)).endsWith("one GET /x HTTP/1.1 0");
                assertThat(rig.ask("POST /-/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                        .startsWith("HTTP/1.1 405 ");
                echoes(rig);
            }
            serving.interrupt();
            serving.join();
        }
    }

    private static void echoes(Rig rig) throws IOException {
        try (Socket s = rig.connect()) {
            Rig.send(s, "GET /-/api/v1/live HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            assertThat(Rig.answer(s)).startsWith("HTTP/1.1 101 Switching Protocols\r\n");
            for (String frame : List.of("one", "two", "three")) {
                Rig.send(s, frame);
                assertThat(new String(s.getInputStream().readNBytes(5 + frame.length()), StandardCharsets.ISO_8859_1))
                        .isEqualTo("echo " + frame);
            }
        }
    }
}
