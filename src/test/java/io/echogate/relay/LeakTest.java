package io.echogate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** After everything that can go wrong has gone wrong, every buffer has been given back. */
final class LeakTest {
    private final List<String> leaks = new CopyOnWriteArrayList<>();

    private void collect() {
        System.gc();
        for (int i = 0; i < 200; i++) {
            ByteBufAllocator.DEFAULT.directBuffer(64).release();
        }
    }

    @Test
    void nothingLeaks() throws Exception {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ByteBufUtil.setLeakListener((type, records) -> leaks.add(records));
        try (Backend dies = Backend.start((r, out) -> {
                    Backend.write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
                    return false;
                });
                Backend garbage = Backend.start((r, out) -> {
                    Backend.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd");
                    return false;
                });
                Backend big = Backend.start((r, out) -> {
                    Backend.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n" + "x".repeat(3_000_000));
                    return true;
                })) {
            try (Rig rig = new Rig(garbage.address(), Rig.nobody(), big.address())) {
                misbehave(rig);
            }
            try (Rig rig = new Rig(dies.address())) {
                misbehave(rig);
            }
        }
        collect();
        await().untilAsserted(() -> {
            collect();
            assertThat(leaks).isEmpty();
        });
        ByteBufUtil.setLeakListener((type, records) -> {});
    }

    private static void misbehave(Rig rig) throws IOException {
        for (int i = 0; i < 20; i++) {
            rig.ask(Rig.GET);
            leave(rig, "GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(5));
            leave(rig, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999\r\n\r\n" + "x".repeat(70_000));
            leave(rig, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n");
            leave(rig, "GET / HT");
            leave(rig, "\u0016\u0003\u0001");
        }
    }

    private static void leave(Rig rig, String wire) throws IOException {
        try (Socket s = rig.connect()) {
            Rig.send(s, wire);
            if (wire.endsWith("\r\n\r\n")) {
                assertThat(s.getInputStream().read()).isEqualTo('H');
            }
            s.setSoLinger(wire.length() % 2 == 0, 0);
        }
    }
}
