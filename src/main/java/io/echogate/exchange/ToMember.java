package io.echogate.exchange;

import io.netty.buffer.ByteBuf;

/** The request's way to the member. */
final class ToMember extends BodyOut {
    ToMember(Actions actions) {
        super(actions);
    }

    @Override
    void send(ByteBuf bytes) {
        actions().toMember(bytes);
    }
}
