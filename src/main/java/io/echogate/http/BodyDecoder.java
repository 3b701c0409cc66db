package io.echogate.http;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Takes the framing off a body as its bytes come: says how many of the next bytes are content and skips the rest.
 * Confined to one thread; reused from body to body. Chunk extensions are checked, bounded and dropped; trailers are
 * checked, bounded and kept.
 *
 * <pre>
 * for (int n = decoder.next(in); n &gt; 0; n = decoder.next(in)) {
 *     take exactly n bytes from in
 * }
 * then look at decoder.progress()
 * </pre>
 */
public final class BodyDecoder {
    /** Bytes of one message that may go into chunk extensions, and again as many that may go into trailers. */
    public static final int OVERHEAD_LIMIT = 16 * 1024;

    private static final int MOST_SIZE_DIGITS = 15;

    private enum Step {
        SIZE,
        BLANK,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        /** Behind the last chunk's line: the end or trailers. */
        LAST,
        TRAILERS,
        END_CR,
        END_LF
    }

    private Framing framing = Framing.NONE;
    private Progress progress = Progress.DONE;
    private Step step = Step.SIZE;
    private @Nullable Fault fault;
    private long remaining;
    private int digits;
    private int extensionBytes;
    private @Nullable Trailers trailers;

    /** Begins a body; {@code length} counts for {@link Framing#LENGTH} only. */
    public void start(Framing framing, long length) {
        this.framing = framing;
        step = Step.SIZE;
        fault = null;
        remaining = framing == Framing.LENGTH ? length : 0;
        digits = 0;
        extensionBytes = 0;
        if (trailers != null) {
            trailers.reset();
        }
        boolean empty = framing == Framing.NONE || (framing == Framing.LENGTH && length == 0);
        progress = empty ? Progress.DONE : Progress.MORE;
    }

    /** How many bytes from {@code in}'s reader index on are content; the caller takes them all before asking again. */
    public int next(ByteBuf in) {
        if (progress != Progress.MORE || !in.isReadable()) {
            return 0;
        }
        return switch (framing) {
            case NONE -> 0;
            case UNTIL_CLOSE -> in.readableBytes();
            case LENGTH -> counted(in);
            case CHUNKED -> chunked(in);
        };
    }

    private int counted(ByteBuf in) {
        int n = (int) Math.min(remaining, in.readableBytes());
        passed(n);
        return n;
    }

    /** How much of a body of known length is still to come; 0 of any other. */
    public long left() {
        return framing == Framing.LENGTH ? remaining : 0;
    }

    /** So many of the bytes that are {@link #left} have come without being shown; true when it is complete. */
    public boolean passed(int bytes) {
        remaining -= bytes;
        if (remaining == 0) {
            progress = Progress.DONE;
        }
        return progress == Progress.DONE;
    }

    private int chunked(ByteBuf in) {
        while (in.isReadable() && progress == Progress.MORE) {
            switch (step) {
                case DATA -> {
                    return data(in);
                }
                case LAST -> step = in.getByte(in.readerIndex()) == '\r' ? Step.END_CR : Step.TRAILERS;
                case TRAILERS -> readTrailers(in);
                default -> take(in.readByte());
            }
        }
        return 0;
    }

    private int data(ByteBuf in) {
        int n = (int) Math.min(remaining, in.readableBytes());
        remaining -= n;
        if (remaining == 0) {
            step = Step.DATA_CR;
        }
        return n;
    }

    private void readTrailers(ByteBuf in) {
        Trailers t = trailers;
        if (t == null) {
            t = new Trailers();
            trailers = t;
        }
        progress = t.feed(in);
        if (progress == Progress.BAD) {
            bad(t.fault());
        }
    }

    private void take(byte b) {
        switch (step) {
            case SIZE -> size(b);
            case BLANK -> blank(b);
            case EXTENSION -> extension(b);
            case SIZE_LF -> sizeEnd(b);
            case DATA_CR -> expect(b, '\r', Step.DATA_LF);
            case DATA_LF -> nextChunk(b);
            case END_CR -> expect(b, '\r', Step.END_LF);
            case END_LF -> end(b);
            case DATA, LAST, TRAILERS -> throw new IllegalStateException("content is not framing");
        }
    }

    private void size(byte b) {
        int digit = Chars.hex(b);
        if (digit >= 0) {
            remaining = remaining << 4 | digit;
            if (++digits > MOST_SIZE_DIGITS) {
                bad(Fault.BAD_CHUNK);
            }
        } else if (digits == 0) {
            bad(Fault.BAD_CHUNK);
        } else if (b == ';') {
            step = Step.EXTENSION;
        } else if (b == '\r') {
            step = Step.SIZE_LF;
        } else if (Chars.blank(b)) {
            step = Step.BLANK;
        } else {
            bad(Fault.BAD_CHUNK);
        }
    }

    /** White space may stand before an extension only (RFC 9112 §7.1.1). */
    private void blank(byte b) {
        countExtension();
        if (b == ';') {
            step = Step.EXTENSION;
        } else if (!Chars.blank(b)) {
            bad(Fault.BAD_CHUNK);
        }
    }

    private void extension(byte b) {
        countExtension();
        if (b == '\r') {
            step = Step.SIZE_LF;
        } else if (!Chars.line(b)) {
            bad(Fault.BAD_CHUNK);
        }
    }

    private void countExtension() {
        if (++extensionBytes > OVERHEAD_LIMIT) {
            bad(Fault.CHUNK_OVERHEAD);
        }
    }

    private void sizeEnd(byte b) {
        expect(b, '\n', remaining == 0 ? Step.LAST : Step.DATA);
    }

    private void nextChunk(byte b) {
        digits = 0;
        expect(b, '\n', Step.SIZE);
    }

    private void expect(byte b, char wanted, Step then) {
        if (b == wanted) {
            step = then;
        } else {
            bad(Fault.BAD_CHUNK);
        }
    }

    private void end(byte b) {
        if (b == '\n') {
            progress = Progress.DONE;
        } else {
            bad(Fault.BAD_CHUNK);
        }
    }

    private void bad(Fault why) {
        progress = Progress.BAD;
        if (fault == null) {
            fault = why;
        }
    }

    /** The peer has closed: true when that is how this body ends, and it is done then. */
    public boolean close() {
        if (framing == Framing.UNTIL_CLOSE && progress == Progress.MORE) {
            progress = Progress.DONE;
        }
        return progress == Progress.DONE;
    }

    public Progress progress() {
        return progress;
    }

    /** The trailers of the body that is {@link Progress#DONE}, valid until the next one; null without any. */
    public @Nullable Fields trailers() {
        return trailers != null && trailers.fields().count() > 0 ? trailers.fields() : null;
    }

    /** Why it is {@link Progress#BAD}. */
    public @Nullable Fault fault() {
        return fault;
    }
}
