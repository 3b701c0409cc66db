package io.echogate.exchange;

import io.echogate.http.Framing;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** The answer's way to the client; that of a member which is not quite trusted may be held back until it is complete. */
final class ToClient extends BodyOut {
    /** An answer that grows longer than this is passed on as it comes. */
    private static final int MOST_HELD = 64 * 1024;

    private final List<ByteBuf> held = new ArrayList<>(2);
    private boolean holding;
    private int bytes;

    ToClient(Actions actions) {
        super(actions);
    }

    /** Holds back what follows until {@link #release}, so that it can still be taken back. */
    void hold() {
        holding = true;
    }

    boolean holding() {
        return holding;
    }

    /** Sends what was held back; what follows goes on its way at once. */
    void release() {
        holding = false;
        bytes = 0;
        for (int i = 0; i < held.size(); i++) {
            actions().toClient(held.get(i));
        }
        held.clear();
    }

    /** Throws away what was held back or gathered. */
    @Override
    void discard() {
        super.discard();
        holding = false;
        bytes = 0;
        for (ByteBuf b : held) {
            b.release();
        }
        held.clear();
    }

    /** Sends what was gathered and no end; says how the connection has to end so that this is seen. */
    Actions.Ending cut() {
        release();
        boolean invisible = framing() == Framing.UNTIL_CLOSE;
        flush();
        return invisible ? Actions.Ending.RESET : Actions.Ending.CLOSE;
    }

    @Override
    boolean passes(long left) {
        return !holding && super.passes(left);
    }

    @Override
    void send(ByteBuf out) {
        if (!holding) {
            actions().toClient(out);
            return;
        }
        held.add(out);
        bytes += out.readableBytes();
        if (bytes > MOST_HELD) {
            release();
        }
    }
}
