package io.echogate.exchange;

import io.echogate.http.FieldName;
import io.echogate.http.Fields;
import io.netty.buffer.ByteBuf;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the end of a chunked body, with the trailers that may pass. Left out is what would change a message's meaning
 * if somebody merged it into the head (RFC 9110 §6.5.1): every field that framing, routing and forwarding look at, and
 * those of content, control, conditions and credentials; and what {@code Connection} lists (§7.6.1).
 */
final class TrailerWriter {
    private static final Set<String> BELONG_IN_HEADS = Set.of(
            "age",
            "authorization",
            "cache-control",
            "content-encoding",
            "content-location",
            "content-range",
            "content-type",
            "cookie",
            "expires",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-range",
            "if-unmodified-since",
            "location",
            "pragma",
            "proxy-authenticate",
            "proxy-authorization",
            "range",
            "retry-after",
            "set-cookie",
            "vary",
            "warning",
            "www-authenticate");

    private TrailerWriter() {}

    /** The last chunk, then what passes of {@code trailers}, then the empty line. */
    static void end(ByteBuf out, @Nullable Fields trailers, Fields head) {
        if (trailers == null) {
            out.writeBytes(Text.LAST_CHUNK);
            return;
        }
        Lines lines = new Lines().add('0').add(Text.CRLF);
        for (int i = 0; i < trailers.count(); i++) {
            if (trailers.name(i) == FieldName.OTHER && passes(trailers.nameText(i), head)) {
                Text.field(lines, trailers, i);
            }
        }
        lines.add(Text.CRLF);
        out.writeBytes(lines.bytes(), 0, lines.size());
    }

    private static boolean passes(String name, Fields head) {
        return !BELONG_IN_HEADS.contains(name.toLowerCase(Locale.ROOT).replace('_', '-'))
                && !head.lists(FieldName.CONNECTION, name);
    }
}
