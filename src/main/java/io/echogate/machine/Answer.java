package io.echogate.machine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/**
 * What is answered to one request, not yet bytes.
 *
 * @param status one of those that {@link #reason} knows
 * @param type of the body
 */
record Answer(int status, String type, String body) {
    private static final String TEXT = "text/plain; charset=utf-8";

    /** A line of text, for people. */
    static Answer line(int status, String words) {
        return new Answer(status, TEXT, words + "\n");
    }

    /** Text with nothing added. */
    static Answer text(String text) {
        return new Answer(200, TEXT, text);
    }

    static Answer json(String json) {
        return new Answer(200, "application/json", json);
    }

    /**
     * The whole answer as it goes out, in one buffer.
     *
     * @param headOnly for HEAD: the length is told, the body is not
     * @param connection value of {@code Connection}; empty for none
     * @param date as in RFC 9110 §5.6.7
     */
    ByteBuf encode(ByteBufAllocator alloc, boolean headOnly, String connection, String date) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        ByteBuf out = alloc.buffer(256 + bytes.length);
        out.writeCharSequence("HTTP/1.1 " + status + " " + reason(status), StandardCharsets.US_ASCII);
        field(out, "Date", date);
        field(out, "Content-Type", type);
        field(out, "Content-Length", Integer.toString(bytes.length));
        field(out, "X-Content-Type-Options", "nosniff");
        field(out, "Cache-Control", "no-store");
        if (status == 405) {
            field(out, "Allow", "GET, HEAD");
        }
        if (!connection.isEmpty()) {
            field(out, "Connection", connection);
        }
        out.writeCharSequence("\r\n\r\n", StandardCharsets.US_ASCII);
        return headOnly ? out : out.writeBytes(bytes);
    }

    private static void field(ByteBuf out, String name, String value) {
        out.writeCharSequence("\r\n" + name + ": " + value, StandardCharsets.US_ASCII);
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 431 -> "Request Header Fields Too Large";
            case 505 -> "HTTP Version Not Supported";
            default -> "Error";
        };
    }
}
