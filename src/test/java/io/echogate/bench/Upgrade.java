package io.echogate.bench;

import java.nio.charset.StandardCharsets;

/** What a viewer says first (RFC 6455 §4.1). */
final class Upgrade {
    private Upgrade() {}

    static byte[] request(int port) {
        return ("GET /-/api/v1/live HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
