package io.echogate.exchange;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a request's body, kept so that it can be sent (again): all of it while no member has it, up to a
 * limit afterwards. Confined to one thread; reused from request to request.
 */
final class Replay {
    private static final int FIRST_SIZE = 1024;

    private final Actions actions;
    private final int limit;
    private @Nullable ByteBuf kept;
    private boolean intact = true;

    Replay(Actions actions, int limit) {
        this.actions = actions;
        this.limit = limit;
    }

    /** Keeps a copy of the next {@code n} bytes of {@code in} without taking them. */
    void keep(ByteBuf in, int n) {
        if (intact) {
            if (kept == null) {
                kept = actions.allocate(Math.max(n, FIRST_SIZE));
            }
            kept.writeBytes(in, in.readerIndex(), n);
        }
    }

    /** Every byte of the body that was read so far is held. */
    boolean intact() {
        return intact;
    }

    boolean full() {
        return kept != null && kept.readableBytes() >= limit;
    }

    /** A member has what was kept: more than the limit, or what may not be sent twice anyway, is let go. */
    void sent(boolean repeatable) {
        if (!repeatable || (kept != null && kept.readableBytes() > limit)) {
            clear();
            intact = false;
        }
    }

    void writeTo(BodyOut out) {
        if (kept != null && kept.isReadable()) {
            int n = kept.readableBytes();
            ByteBuf copy = actions.allocate(n).writeBytes(kept, kept.readerIndex(), n);
            out.content(copy, n);
            copy.release();
        }
    }

    void reset() {
        clear();
        intact = true;
    }

    private void clear() {
        if (kept != null) {
            kept.release();
            kept = null;
        }
    }
}
