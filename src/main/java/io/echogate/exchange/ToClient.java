package io.echogate.exchange;

import io.netty.buffer.ByteBuf;

/** The answer's way to the client. */
final class ToClient extends BodyOut {
    ToClient(Actions actions) {
        super(actions);
    }

    @Override
    void send(ByteBuf bytes) {
        actions().toClient(bytes);
    }
}
