package io.echogate.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request, read in one pass as its bytes come (RFC 9112 §2 to §6), strict wherever two readers could
 * disagree. Confined to one thread; reused for every request of a connection. All offsets point into {@link #bytes()}.
 */
public final class RequestHead {
    /** Longest method and version beside the target in a request line. */
    private static final int LINE_OVERHEAD = 64;
    /** More is counted as this many. */
    private static final int MOST_FORWARDS = 1_000_000;

    private final HeadLimits limits;
    private final HeadBuffer buffer;
    private final Fields fields;
    private final RequestTarget target = new RequestTarget();
    private boolean started;
    private boolean skippedEmptyLine;
    private int methodEnd;
    private int methodStart;
    private int minor;
    private Verb verb = Verb.OTHER;
    private Framing framing = Framing.NONE;
    private long length;

    public RequestHead(HeadLimits limits) {
        this.limits = limits;
        this.buffer = new HeadBuffer(limits.head());
        this.fields = new Fields(buffer, limits.fields());
    }

    /** Takes what belongs to the head out of {@code in} and nothing behind it. */
    public Progress feed(ByteBuf in) {
        while (true) {
            Progress line = buffer.line(in);
            Fault early = started ? null : beginning();
            if (early != null) {
                return buffer.bad(early);
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

    /** What is wrong with a request line whatever follows: found at the same byte in whatever pieces it comes. */
    private @Nullable Fault beginning() {
        if (buffer.lineLength() == 0) {
            return null;
        }
        if (!Chars.token(buffer.bytes()[buffer.lineStart()])) {
            return Fault.BAD_REQUEST_LINE;
        }
        return buffer.lineLength() > limits.target() + LINE_OVERHEAD ? Fault.TARGET_TOO_LONG : null;
    }

    private Progress takeLine() {
        boolean empty = buffer.lineStart() == buffer.lineEnd();
        if (!started) {
            return empty ? takeEmptyLine() : result(startLine());
        }
        if (empty) {
            Fault f = finish();
            return f == null ? Progress.DONE : buffer.bad(f);
        }
        return result(fields.add());
    }

    /** One empty line before a request line is forgiven (RFC 9112 §2.2). */
    private Progress takeEmptyLine() {
        if (skippedEmptyLine) {
            return buffer.bad(Fault.BAD_REQUEST_LINE);
        }
        skippedEmptyLine = true;
        return Progress.MORE;
    }

    private Progress result(@Nullable Fault f) {
        return f == null ? Progress.MORE : buffer.bad(f);
    }

    private @Nullable Fault startLine() {
        started = true;
        byte[] b = buffer.bytes();
        int end = buffer.lineEnd();
        methodStart = buffer.lineStart();
        methodEnd = methodStart;
        while (methodEnd < end && Chars.token(b[methodEnd])) {
            methodEnd++;
        }
        if (methodEnd == methodStart || methodEnd == end || b[methodEnd] != ' ') {
            return Fault.BAD_REQUEST_LINE;
        }
        verb = Verb.of(b, methodStart, methodEnd);
        int from = methodEnd + 1;
        int to = from;
        while (to < end && Chars.visible(b[to])) {
            to++;
        }
        if (to == from || to == end || b[to] != ' ') {
            return Fault.BAD_REQUEST_LINE;
        }
        if (to - from > limits.target()) {
            return Fault.TARGET_TOO_LONG;
        }
        Fault version = version(b, to + 1, end);
        return version != null ? version : target.parse(b, from, to, verb);
    }

    private @Nullable Fault version(byte[] b, int from, int to) {
        int v = Version.read(b, from, to);
        if (v < 0) {
            return Fault.BAD_REQUEST_LINE;
        }
        minor = Math.min(v % 10, 1);
        return v / 10 == 1 ? null : Fault.BAD_VERSION;
    }

    private @Nullable Fault finish() {
        Fault f = FramingRules.check(fields, minor);
        if (f != null) {
            return f;
        }
        f = checkHost();
        if (f != null) {
            return f;
        }
        if (fields.has(FieldName.TRANSFER_ENCODING)) {
            framing = Framing.CHUNKED;
        } else {
            length = Math.max(FramingRules.length(fields), 0);
            framing = length > 0 ? Framing.LENGTH : Framing.NONE;
        }
        return fields.has(FieldName.CONNECTION) ? fields.dropListed() : null;
    }

    private @Nullable Fault checkHost() {
        int hosts = fields.count(FieldName.HOST);
        if (hosts == 0) {
            return minor == 0 ? null : Fault.NO_HOST;
        }
        if (hosts > 1) {
            return Fault.REPEATED_HOST;
        }
        int host = fields.first(FieldName.HOST);
        return Authority.valid(buffer.bytes(), fields.valueStart(host), fields.valueEnd(host)) ? null : Fault.BAD_HOST;
    }

    /** Makes ready for the next request of the connection. */
    public void reset() {
        buffer.reset();
        fields.clear();
        started = false;
        skippedEmptyLine = false;
        verb = Verb.OTHER;
        framing = Framing.NONE;
        length = 0;
        minor = 1;
    }

    /** True when at least one byte of a head has come and it is not forgiven white space. */
    public boolean begun() {
        return started || buffer.lineLength() > 0;
    }

    /** True when not a single byte is held, not even forgiven white space. */
    public boolean empty() {
        return buffer.filled() == 0;
    }

    /** Why {@link #feed} said {@link Progress#BAD}. */
    public @Nullable Fault fault() {
        return buffer.fault();
    }

    public Fields fields() {
        return fields;
    }

    public RequestTarget target() {
        return target;
    }

    public Verb verb() {
        return verb;
    }

    /** The method as it came. */
    public String method() {
        return new String(buffer.bytes(), methodStart, methodEnd - methodStart, StandardCharsets.ISO_8859_1);
    }

    public int methodStart() {
        return methodStart;
    }

    public int methodEnd() {
        return methodEnd;
    }

    /** The request target's path and query as they came, undecoded. Allocates. */
    public String path() {
        return new String(
                buffer.bytes(), target.pathStart(), target.pathEnd() - target.pathStart(), StandardCharsets.ISO_8859_1);
    }

    /** 0 for HTTP/1.0, else 1. */
    public int minor() {
        return minor;
    }

    public Framing framing() {
        return framing;
    }

    /** Bytes of the body when {@link Framing#LENGTH}, else 0. */
    public long length() {
        return length;
    }

    /** True when the connection may be used for another request (RFC 9112 §9.3). */
    public boolean keepAlive() {
        if (fields.lists(FieldName.CONNECTION, "close")) {
            return false;
        }
        return minor > 0 || fields.lists(FieldName.CONNECTION, "keep-alive");
    }

    /** True when the client waits for 100 (Continue) before it sends its body (RFC 9110 §10.1.1). */
    public boolean expectsContinue() {
        return minor > 0 && fields.lists(FieldName.EXPECT, "100-continue");
    }

    /** How often OPTIONS or TRACE may still be passed on, or -1 when nothing (valid) is said (RFC 9110 §7.6.2). */
    public int maxForwards() {
        boolean counted = verb == Verb.OPTIONS || verb == Verb.TRACE;
        if (!counted || fields.count(FieldName.MAX_FORWARDS) != 1) {
            return -1;
        }
        int field = fields.first(FieldName.MAX_FORWARDS);
        int n = fields.valueStart(field) == fields.valueEnd(field) ? -1 : 0;
        for (int i = fields.valueStart(field); i < fields.valueEnd(field); i++) {
            if (!Chars.digit(bytes()[i])) {
                return -1;
            }
            n = Math.min(n * 10 + (bytes()[i] - '0'), MOST_FORWARDS);
        }
        return n;
    }

    /** True when the client takes trailers (RFC 9110 §10.1.4). */
    public boolean takesTrailers() {
        return minor > 0 && fields.has(FieldName.TE) && fields.lists(FieldName.TE, "trailers");
    }

    /** True when the client asks to switch protocols (RFC 9110 §7.8). */
    public boolean asksUpgrade() {
        return minor > 0 && fields.has(FieldName.UPGRADE) && fields.lists(FieldName.CONNECTION, "upgrade");
    }

    public byte[] bytes() {
        return buffer.bytes();
    }
}
