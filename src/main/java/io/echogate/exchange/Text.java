package io.echogate.exchange;

import io.echogate.http.Fields;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Pieces of heads as bytes, and how to write them. */
final class Text {
    static final byte[] CRLF = bytes("\r\n");
    static final byte[] COLON = bytes(": ");
    static final byte[] COMMA = bytes(", ");
    static final byte[] LAST_CHUNK = bytes("0\r\n\r\n");
    static final byte[] HTTP_1_1 = bytes("HTTP/1.1 ");

    private static final byte[] HEX = bytes("0123456789abcdef");

    private Text() {}

    static byte[] bytes(String s) {
        return s.getBytes(StandardCharsets.ISO_8859_1);
    }

    static void line(ByteBuf out, byte[] text) {
        out.writeBytes(text).writeBytes(CRLF);
    }

    /** A field's line as it came, white space around its value aside. */
    static void field(ByteBuf out, Fields f, int i) {
        int from = f.nameStart(i);
        out.writeBytes(f.bytes(), from, f.nameEnd(i) - from).writeBytes(COLON);
        out.writeBytes(f.bytes(), f.valueStart(i), f.valueEnd(i) - f.valueStart(i));
        out.writeBytes(CRLF);
    }

    static void decimal(ByteBuf out, long n) {
        if (n >= 10) {
            decimal(out, n / 10);
        }
        out.writeByte('0' + (int) (n % 10));
    }

    /** Sixteen hexadecimal digits. */
    static void hex(ByteBuf out, long n) {
        out.writeLong(eight((int) (n >>> Integer.SIZE)));
        out.writeLong(eight((int) n));
    }

    /** Eight digits as the bytes of a number, so that they are written at once. */
    private static long eight(int n) {
        long digits = 0;
        for (int shift = 28; shift >= 0; shift -= 4) {
            digits = digits << Byte.SIZE | HEX[n >>> shift & 0xf];
        }
        return digits;
    }

    /** The line that begins a chunk of that size. */
    static void chunkSize(ByteBuf out, int n) {
        int shift = 28;
        while (shift > 0 && n >>> shift == 0) {
            shift -= 4;
        }
        for (; shift >= 0; shift -= 4) {
            out.writeByte(HEX[n >>> shift & 0xf]);
        }
        out.writeBytes(CRLF);
    }
}
