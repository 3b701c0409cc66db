package io.echogate.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Text blocks as bytes on the wire: every line end becomes CRLF, and \n, \r, \t, \0 written out become themselves. */
final class Wire {
    private static final HeadLimits LIMITS = new HeadLimits(1024, 8, 64);

    private Wire() {}

    static ByteBuf bytes(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static String crlf(String block) {
        return block.replace("\n", "\r\n")
                .replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\0", "\0");
    }

    static RequestHead request() {
        return new RequestHead(LIMITS);
    }

    static AnswerHead answer() {
        return new AnswerHead(LIMITS);
    }

    static @Nullable Fault faultOf(String wire) {
        RequestHead head = request();
        Progress p = head.feed(bytes(wire));
        return p == Progress.BAD ? head.fault() : null;
    }

    static @Nullable Fault answerFaultOf(String wire) {
        AnswerHead head = answer();
        Progress p = head.feed(bytes(wire));
        return p == Progress.BAD ? head.fault() : null;
    }
}
