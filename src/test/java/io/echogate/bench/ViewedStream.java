package io.echogate.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One viewer: unmasked frames (RFC 6455 §5.2), of which the first bytes are kept. */
final class ViewedStream {
    private static final int HEAD_BYTES = 256;

    private final SocketChannel channel;
    private final Arrivals arrivals;
    private final byte[] head = new byte[HEAD_BYTES];
    private int have;
    private long length = -1;
    private long left;
    private int crlf;
    private boolean upgraded;
    private int fieldBytes;
    private int fieldsWanted = 2;
    private final byte[] fields = new byte[10];
    private long at = -1;

    ViewedStream(SocketChannel channel, Arrivals arrivals) {
        this.channel = channel;
        this.arrivals = arrivals;
    }

    /** False when the stream has ended. */
    boolean read(ByteBuffer buffer, long nowMillis) {
        buffer.clear();
        try {
            if (channel.read(buffer) < 0) {
                return false;
            }
        } catch (IOException e) {
            return false;
        }
        buffer.flip();
        while (buffer.hasRemaining()) {
            take(buffer, nowMillis);
        }
        return true;
    }

    private void take(ByteBuffer buffer, long nowMillis) {
        if (!upgraded) {
            byte b = buffer.get();
            crlf = b == '\r' || b == '\n' ? crlf + 1 : 0;
            upgraded = crlf == 4;
        } else if (length < 0) {
            field(buffer.get());
        } else {
            payload(buffer, nowMillis);
        }
    }

    private void field(byte b) {
        fields[fieldBytes++] = b;
        if (fieldBytes == 2) {
            fieldsWanted = 2 + (b == 126 ? 2 : b == 127 ? 8 : 0);
        }
        if (fieldBytes == fieldsWanted) {
            length = fieldsWanted == 2 ? fields[1] : number();
            left = length;
            have = 0;
        }
    }

    private long number() {
        long number = 0;
        for (int i = 2; i < fieldsWanted; i++) {
            number = number << 8 | (fields[i] & 0xff);
        }
        return number;
    }

    private void payload(ByteBuffer buffer, long nowMillis) {
        int keep = (int) Math.min(Math.min(left, buffer.remaining()), head.length - have);
        buffer.get(head, have, keep);
        have += keep;
        int skip = (int) Math.min(left - keep, buffer.remaining());
        buffer.position(buffer.position() + skip);
        left -= keep + skip;
        if (left == 0) {
            if ((fields[0] & 0xf) == 1) {
                at = arrivals.message(new String(head, 0, have, StandardCharsets.UTF_8), length, at, nowMillis);
            }
            length = -1;
            fieldBytes = 0;
            fieldsWanted = 2;
        }
    }

    void close() throws IOException {
        channel.close();
    }
}
