package io.echogate.http;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one head, collected across reads and cut into lines. Confined to one thread; reused from head to head.
 * Each byte is looked at once, so that what is forbidden is refused when it arrives and not at the end of its line.
 */
final class HeadBuffer {
    private static final int FIRST_SIZE = 1024;
    /** How much is copied at a time: bounds what is copied in vain from a body that follows. */
    private static final int STEP = 1024;

    private final int limit;
    private byte[] bytes = new byte[0];
    private int filled;
    private int scan;
    private int lineStart;
    private int lineEnd;
    private @Nullable Fault fault;

    HeadBuffer(int limit) {
        this.limit = limit;
    }

    /** Looks for the next line; {@link Progress#DONE} when {@link #lineStart} to {@link #lineEnd} is one. */
    Progress line(ByteBuf in) {
        while (true) {
            Progress seen = scanLine();
            if (seen != Progress.MORE) {
                return seen;
            }
            if (!in.isReadable()) {
                return Progress.MORE;
            }
            if (filled == limit) {
                return bad(Fault.HEAD_TOO_LARGE);
            }
            fill(in);
        }
    }

    private Progress scanLine() {
        scan = Chars.lineEnd(bytes, scan, filled);
        if (scan == filled) {
            return Progress.MORE;
        }
        byte b = bytes[scan];
        if (b != '\r') {
            return bad(b == '\n' ? Fault.BARE_LF : Fault.CONTROL);
        }
        if (scan + 1 == filled) {
            return Progress.MORE;
        }
        if (bytes[scan + 1] != '\n') {
            return bad(Fault.BARE_CR);
        }
        lineEnd = scan;
        return Progress.DONE;
    }

    private void fill(ByteBuf in) {
        int n = Math.min(Math.min(STEP, in.readableBytes()), limit - filled);
        if (filled + n > bytes.length) {
            byte[] larger = new byte[Math.min(limit, Math.max(Math.max(FIRST_SIZE, filled + n), bytes.length * 2))];
            System.arraycopy(bytes, 0, larger, 0, filled);
            bytes = larger;
        }
        in.readBytes(bytes, filled, n);
        filled += n;
    }

    /** Goes on behind the line found last. */
    void nextLine() {
        scan = lineEnd + 2;
        lineStart = scan;
    }

    /** Gives back to {@code in} what was copied beyond the head. */
    void giveBack(ByteBuf in) {
        in.readerIndex(in.readerIndex() - (filled - scan));
        filled = scan;
    }

    void reset() {
        filled = 0;
        scan = 0;
        lineStart = 0;
        lineEnd = 0;
        fault = null;
        if (bytes.length > 4 * FIRST_SIZE) {
            bytes = new byte[0];
        }
    }

    Progress bad(Fault why) {
        fault = why;
        return Progress.BAD;
    }

    byte[] bytes() {
        return bytes;
    }

    int lineStart() {
        return lineStart;
    }

    int lineEnd() {
        return lineEnd;
    }

    /** Bytes of the current, unfinished line so far. */
    int lineLength() {
        return scan - lineStart;
    }

    int filled() {
        return filled;
    }

    @Nullable
    Fault fault() {
        return fault;
    }
}
