package io.echogate.exchange;

import io.echogate.http.Fields;
import io.echogate.http.Framing;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Puts a body's framing on and gathers small pieces, so that a head and what follows it leave in one buffer; large
 * pieces pass without being copied. Confined to one thread; reused from body to body.
 */
abstract sealed class BodyOut permits ToClient, ToMember {
    /** Pieces up to this size are copied. */
    private static final int COPY = 4 * 1024;

    /** With less than this left, a pipe gains nothing that could be measured. */
    private static final int LARGE = 128 * 1024;

    private static final int FRAME = 16;
    private static final int GATHER = 8 * 1024;

    private final Actions actions;
    private Framing framing = Framing.NONE;
    private @Nullable ByteBuf gathered;

    BodyOut(Actions actions) {
        this.actions = actions;
    }

    abstract void send(ByteBuf bytes);

    /** Begins with a head that is already written. */
    void start(ByteBuf head, Framing framing) {
        flush();
        gathered = head;
        this.framing = framing;
    }

    Framing framing() {
        return framing;
    }

    /** Takes {@code n} bytes of content. */
    void content(ByteBuf in, int n) {
        if (n <= COPY) {
            ByteBuf out = room(n + FRAME);
            frame(out, n);
            out.writeBytes(in, n);
            unframe(out);
            return;
        }
        if (framing == Framing.CHUNKED) {
            frame(room(FRAME), n);
        }
        flush();
        send(in.readRetainedSlice(n));
        if (framing == Framing.CHUNKED) {
            unframe(room(FRAME));
        }
    }

    private void frame(ByteBuf out, int n) {
        if (framing == Framing.CHUNKED) {
            Text.chunkSize(out, n);
        }
    }

    private void unframe(ByteBuf out) {
        if (framing == Framing.CHUNKED) {
            out.writeBytes(Text.CRLF);
        }
    }

    /** The rest needs no framing of ours, and is enough for the kernel to move by itself. */
    boolean passes(long left) {
        return framing == Framing.LENGTH && left >= LARGE;
    }

    /** The content is complete; {@code head} is that of the message with these trailers. */
    void end(@Nullable Fields trailers, Fields head) {
        if (framing == Framing.CHUNKED) {
            TrailerWriter.end(room(Text.LAST_CHUNK.length), trailers, head);
        }
        framing = Framing.NONE;
        flush();
    }

    /** Bytes that need no framing: heads, and what goes through a tunnel. */
    void raw(ByteBuf bytes) {
        flush();
        send(bytes);
    }

    /** Sends what was gathered. */
    void flush() {
        ByteBuf out = gathered;
        if (out != null) {
            gathered = null;
            if (out.isReadable()) {
                send(out);
            } else {
                out.release();
            }
        }
    }

    /** Throws away what was gathered. */
    void discard() {
        if (gathered != null) {
            gathered.release();
            gathered = null;
        }
    }

    private ByteBuf room(int n) {
        ByteBuf out = gathered;
        if (out != null && out.writableBytes() < n && out.readableBytes() >= GATHER) {
            flush();
            out = null;
        }
        if (out == null) {
            out = actions.allocate(Math.max(n, GATHER));
            gathered = out;
        }
        return out;
    }

    Actions actions() {
        return actions;
    }
}
