package io.echogate.exchange;

import io.echogate.http.Framing;
import io.netty.buffer.ByteBuf;

/** The answer's way to the client. */
final class ToClient extends BodyOut {
    ToClient(Actions actions) {
        super(actions);
    }

    /** Sends what was gathered and no end; says how the connection has to end so that this is seen. */
    Actions.Ending cut() {
        boolean invisible = framing() == Framing.UNTIL_CLOSE;
        flush();
        return invisible ? Actions.Ending.RESET : Actions.Ending.CLOSE;
    }

    @Override
    void send(ByteBuf bytes) {
        actions().toClient(bytes);
    }
}
