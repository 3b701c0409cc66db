package io.echogate.exchange;

import io.echogate.http.AnswerHead;
import io.echogate.http.FieldName;
import io.echogate.http.Fields;
import io.echogate.http.Framing;
import org.jspecify.annotations.Nullable;

/** Writes an answer's head anew for the client, from what was parsed. */
final class AnswerWriter {
    private static final byte[] LENGTH = Text.bytes("Content-Length: ");
    private static final byte[] CHUNKED = Text.bytes("Transfer-Encoding: chunked");
    static final byte[] CLOSE = Text.bytes("Connection: close");
    static final byte[] KEEP = Text.bytes("Connection: keep-alive");
    private static final byte[] UPGRADE = Text.bytes("Connection: upgrade");

    private static final byte[] REQUEST = Text.bytes("Echogate-Request: ");
    private static final byte[] TRIES = Text.bytes("Echogate-Tries: ");

    private AnswerWriter() {}

    /**
     * The status line and the fields that pass; the caller goes on with framing and its own, then an empty line.
     *
     * @param trailers they may follow, so that what announces them passes
     */
    static void begin(Lines out, AnswerHead head, boolean trailers) {
        out.add(Text.HTTP_1_1);
        out.decimal(head.status());
        out.add(' ');
        out.add(head.bytes(), head.reasonStart(), head.reasonEnd() - head.reasonStart());
        out.add(Text.CRLF);
        Fields f = head.fields();
        for (int i = 0; i < f.count(); i++) {
            if (passes(f, i, trailers)) {
                Text.field(out, f, i);
            }
        }
    }

    private static boolean passes(Fields f, int i, boolean trailers) {
        return switch (f.name(i)) {
            case CONNECTION,
                    CONTENT_LENGTH,
                    ECHOGATE_ATTEMPTS,
                    ECHOGATE_EXPLAIN,
                    ECHOGATE_MEMBER,
                    ECHOGATE_REQUEST,
                    ECHOGATE_TRIES,
                    HTTP2_SETTINGS,
                    KEEP_ALIVE,
                    PROXY_CONNECTION,
                    TE,
                    TRANSFER_ENCODING,
                    UPGRADE -> false;
            case DATE, VIA -> true;
            case TRAILER -> trailers && !f.dropped(i);
            default -> !f.dropped(i);
        };
    }

    /** How the body ends, for the client; and the length of one that is not sent (RFC 9110 §8.6). */
    static void framing(Lines out, AnswerHead head, Framing framing) {
        boolean never = head.status() < 200 || head.status() == 204;
        if (framing == Framing.CHUNKED) {
            Text.line(out, CHUNKED);
        } else if (framing != Framing.UNTIL_CLOSE && !never && head.length() >= 0) {
            out.add(LENGTH);
            out.decimal(head.length());
            out.add(Text.CRLF);
        }
    }

    /** Persistence as the client's version needs it said (RFC 9112 §9.3). */
    static void persistence(Lines out, boolean keep, int clientMinor) {
        if (!keep) {
            Text.line(out, CLOSE);
        } else if (clientMinor == 0) {
            Text.line(out, KEEP);
        }
    }

    static void proof(Lines out, byte @Nullable [] proof, Attempts attempts) {
        if (proof != null) {
            out.add(proof);
            out.decimal(attempts.tried().count());
            out.add(Text.CRLF);
            id(out, attempts.id());
        }
    }

    /** The number by which the request's own proof is found. */
    static void id(Lines out, long id) {
        out.add(REQUEST);
        out.hex(id);
        out.add(Text.CRLF);
    }

    /** Each attempt and how it ended, for whoever asked. */
    static void tries(Lines out, String told) {
        out.add(TRIES);
        Text.line(out, Text.bytes(told));
    }

    static void upgrade(Lines out, AnswerHead head) {
        Text.line(out, UPGRADE);
        Fields f = head.fields();
        int i = f.first(FieldName.UPGRADE);
        if (i >= 0) {
            Text.field(out, f, i);
        }
    }
}
