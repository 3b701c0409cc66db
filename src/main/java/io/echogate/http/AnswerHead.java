package io.echogate.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The head of an answer, read in one pass as its bytes come (RFC 9112 §4 to §6). Confined to one thread; reused for
 * every answer of a connection, interim ones too. All offsets point into {@link #bytes()}.
 */
public final class AnswerHead {
    private static final int STATUS_AT = 9;
    private static final int STATUS_END = 12;

    private final HeadBuffer buffer;
    private final Fields fields;
    private boolean started;
    private int minor;
    private int status;
    private int reasonStart;
    private int reasonEnd;

    public AnswerHead(HeadLimits limits) {
        this.buffer = new HeadBuffer(limits.head());
        this.fields = new Fields(buffer, limits.fields());
    }

    /** Takes what belongs to the head out of {@code in} and nothing behind it. */
    public Progress feed(ByteBuf in) {
        while (true) {
            Progress line = buffer.line(in);
            if (!beginsWell()) {
                return buffer.bad(Fault.BAD_STATUS_LINE);
            }
            if (line != Progress.DONE) {
                return line;
            }
            Progress taken = takeLine();
            buffer.nextLine();
            if (taken != Progress.MORE) {
                buffer.giveBack(in);
                return taken;
            }
        }
    }

    private boolean beginsWell() {
        return started || buffer.lineLength() == 0 || buffer.bytes()[buffer.lineStart()] == 'H';
    }

    private Progress takeLine() {
        boolean ends = started && buffer.lineStart() == buffer.lineEnd();
        Fault f = !started ? startLine() : ends ? finish() : fields.add();
        if (f != null) {
            return buffer.bad(f);
        }
        return ends ? Progress.DONE : Progress.MORE;
    }

    private @Nullable Fault startLine() {
        started = true;
        byte[] b = buffer.bytes();
        int start = buffer.lineStart();
        int end = buffer.lineEnd();
        if (end - start < STATUS_END || b[start + STATUS_AT - 1] != ' ') {
            return Fault.BAD_STATUS_LINE;
        }
        int version = Version.read(b, start, start + STATUS_AT - 1);
        if (version / 10 != 1) {
            return Fault.BAD_STATUS_LINE;
        }
        minor = Math.min(version % 10, 1);
        status = 0;
        for (int i = start + STATUS_AT; i < start + STATUS_END; i++) {
            if (!Chars.digit(b[i])) {
                return Fault.BAD_STATUS_LINE;
            }
            status = status * 10 + (b[i] - '0');
        }
        reasonStart = Math.min(start + STATUS_END + 1, end);
        reasonEnd = end;
        boolean separated = end == start + STATUS_END || b[start + STATUS_END] == ' ';
        return status >= 100 && separated ? null : Fault.BAD_STATUS_LINE;
    }

    private @Nullable Fault finish() {
        Fault f = status < 200 || status == 204 ? null : FramingRules.check(fields, minor);
        return f == null && fields.has(FieldName.CONNECTION) ? fields.dropListed() : f;
    }

    /** Makes ready for the next answer of the connection. */
    public void reset() {
        buffer.reset();
        fields.clear();
        started = false;
        minor = 1;
        status = 0;
    }

    /** True for answers without a body whatever their fields say (RFC 9112 §6.3). */
    private boolean bodiless(Verb asked) {
        return asked == Verb.HEAD || status < 200 || status == 204 || status == 304;
    }

    /** How the body of this answer ends when the request's method was {@code asked} (RFC 9112 §6.3). */
    public Framing framing(Verb asked) {
        if (bodiless(asked)) {
            return Framing.NONE;
        }
        if (fields.has(FieldName.TRANSFER_ENCODING)) {
            return Framing.CHUNKED;
        }
        if (!fields.has(FieldName.CONTENT_LENGTH)) {
            return Framing.UNTIL_CLOSE;
        }
        return length() > 0 ? Framing.LENGTH : Framing.NONE;
    }

    /** The Content-Length, or -1 without a valid one. */
    public long length() {
        return FramingRules.length(fields);
    }

    /**
     * True when the connection may be used for another request once this answer is complete. Not after a 204 that
     * announces a body all the same (RFC 9110 §8.6): it may follow, and would be taken for the next answer.
     */
    public boolean keepAlive() {
        if ((status == 204 && announcesBody()) || fields.lists(FieldName.CONNECTION, "close")) {
            return false;
        }
        return minor > 0 || fields.lists(FieldName.CONNECTION, "keep-alive");
    }

    private boolean announcesBody() {
        return fields.has(FieldName.TRANSFER_ENCODING) || (fields.has(FieldName.CONTENT_LENGTH) && length() != 0);
    }

    /** True when at least one byte of a head has come. */
    public boolean begun() {
        return started || buffer.lineLength() > 0;
    }

    /** Why {@link #feed} said {@link Progress#BAD}. */
    public @Nullable Fault fault() {
        return buffer.fault();
    }

    public Fields fields() {
        return fields;
    }

    public int status() {
        return status;
    }

    /** 0 for HTTP/1.0, else 1. */
    public int minor() {
        return minor;
    }

    public int reasonStart() {
        return reasonStart;
    }

    public int reasonEnd() {
        return reasonEnd;
    }

    /** The reason phrase as it came. Allocates. */
    public String reason() {
        return new String(buffer.bytes(), reasonStart, reasonEnd - reasonStart, StandardCharsets.ISO_8859_1);
    }

    public byte[] bytes() {
        return buffer.bytes();
    }
}
