package io.echogate.page;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.websocket.WebSocketFrameImpl;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;

/**
 * One message, encoded once for all viewers: the bytes lie outside of the heap, and every connection writes from them
 * without a copy of its own, however long it takes. They go when nobody holds them any more.
 */
final class Frame {
    private final ByteBuf bytes;

    private Frame(ByteBuf bytes) {
        this.bytes = bytes;
    }

    static Frame of(JsonObject message) {
        byte[] encoded = message.toBuffer().getBytes();
        ByteBuffer outside = ByteBuffer.allocateDirect(encoded.length);
        outside.put(encoded).flip();
        return new Frame(Unpooled.wrappedBuffer(outside));
    }

    int size() {
        return bytes.readableBytes();
    }

    /** For one connection to write; Vert.x offers no public text frame of bytes. */
    WebSocketFrame forOne() {
        return new WebSocketFrameImpl(WebSocketFrameType.TEXT, bytes.retainedDuplicate(), true);
    }
}
