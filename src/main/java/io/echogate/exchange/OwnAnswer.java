package io.echogate.exchange;

/** An answer that no member gave. */
final class OwnAnswer {
    private static final byte[] TYPE = Text.bytes("Content-Type: ");
    private static final byte[] TEXT = Text.bytes("text/plain; charset=utf-8");
    private static final byte[] JSON = Text.bytes("application/json");
    private static final byte[] LENGTH = Text.bytes("Content-Length: ");
    private static final byte[] NO_STORE = Text.bytes("Cache-Control: no-store");
    private static final byte[] RETRY_AFTER = Text.bytes("Retry-After: 1");

    private OwnAnswer() {}

    /**
     * Writes head and body.
     *
     * @param lines of date and proof, or empty
     * @param bodiless the answer to HEAD
     * @param allow methods for {@code Allow}, or empty
     */
    static void write(
            Lines out,
            byte[] lines,
            boolean bodiless,
            int minor,
            int status,
            String reason,
            boolean json,
            String allow,
            byte[] body,
            boolean keep) {
        statusLine(out, status, reason);
        out.add(lines);
        content(out, json, body.length);
        advice(out, status, allow);
        AnswerWriter.persistence(out, keep, minor);
        out.add(Text.CRLF);
        if (!bodiless) {
            out.add(body);
        }
    }

    private static void statusLine(Lines out, int status, String reason) {
        out.add(Text.HTTP_1_1);
        out.decimal(status);
        out.add(' ');
        Text.line(out, Text.bytes(reason));
    }

    private static void content(Lines out, boolean json, int length) {
        out.add(TYPE);
        Text.line(out, json ? JSON : TEXT);
        out.add(LENGTH);
        out.decimal(length);
        out.add(Text.CRLF);
        Text.line(out, NO_STORE);
    }

    private static void advice(Lines out, int status, String allow) {
        if (status == 503) {
            Text.line(out, RETRY_AFTER);
        }
        if (!allow.isEmpty()) {
            Text.line(out, Text.bytes("Allow: " + allow));
        }
    }
}
