package io.echogate.http;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The trailer section of a chunked body (RFC 9112 §7.1.2), read as strictly as a head and kept until the next body.
 * Made for the first one that a connection sees: most never do. Confined to one thread; reused from body to body.
 */
final class Trailers {
    private static final int MOST_FIELDS = 100;

    private final HeadBuffer buffer = new HeadBuffer(BodyDecoder.OVERHEAD_LIMIT);
    private final Fields fields = new Fields(buffer, MOST_FIELDS);

    /** Takes what belongs to the section, its empty line included, out of {@code in} and nothing behind it. */
    Progress feed(ByteBuf in) {
        while (true) {
            Progress line = buffer.line(in);
            if (line != Progress.DONE) {
                return line;
            }
            boolean ends = buffer.lineStart() == buffer.lineEnd();
            Fault f = ends ? null : fields.add();
            buffer.nextLine();
            if (f != null) {
                return buffer.bad(f);
            }
            if (ends) {
                buffer.giveBack(in);
                return Progress.DONE;
            }
        }
    }

    /** Why {@link #feed} said {@link Progress#BAD}. */
    Fault fault() {
        @Nullable Fault f = buffer.fault();
        return f == Fault.HEAD_TOO_LARGE || f == Fault.TOO_MANY_FIELDS ? Fault.CHUNK_OVERHEAD : Fault.BAD_TRAILER;
    }

    Fields fields() {
        return fields;
    }

    void reset() {
        buffer.reset();
        fields.clear();
    }
}
