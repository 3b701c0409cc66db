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

    static void line(Lines out, byte[] text) {
        out.add(text).add(CRLF);
    }

    /** A field's line as it came, white space around its value aside. */
    static void field(Lines out, Fields f, int i) {
        byte[] b = f.bytes();
        int from = f.nameStart(i);
        int nameEnd = f.nameEnd(i);
        int valueEnd = f.valueEnd(i);
        if (f.valueStart(i) == nameEnd + 2 && b[nameEnd + 1] == ' ' && b[valueEnd] == '\r') {
            out.add(b, from, valueEnd + CRLF.length - from);
        } else {
            out.add(b, from, nameEnd - from).add(COLON);
            out.add(b, f.valueStart(i), valueEnd - f.valueStart(i)).add(CRLF);
        }
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
