package io.echogate.history;

import io.echogate.config.AccessLogRules.Format;
import io.echogate.model.Access;
import io.echogate.model.RequestTrace;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Lines of an access log. Whatever a client sends stays within its field: quotes, backslashes, control characters and all
 * that is not ASCII are escaped, in JSON as RFC 8259 §7 has it, else as Apache does ({@code \xHH}), so that no request
 * can write a line of its own or speak to a terminal.
 */
final class AccessText {
    private static final DateTimeFormatter RFC_3339 = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter APACHE = DateTimeFormatter.ofPattern(
                    "dd/MMM/yyyy:HH:mm:ss +0000", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int DELETE = 0x7f;

    private final Format format;
    private final StringBuilder line = new StringBuilder(512);

    AccessText(Format format) {
        this.format = format;
    }

    /** One line with its end. Reused from line to line: one thread. */
    byte[] line(Access a, Instant at) {
        line.setLength(0);
        if (format == Format.JSON) {
            json(a, at);
        } else {
            combined(a, at);
        }
        return line.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void json(Access a, Instant at) {
        line.append("{\"at\":\"").append(RFC_3339.format(at)).append('"');
        text("id", a.id() == 0 ? null : RequestTrace.text(a.id()));
        text("client", a.client());
        text("method", a.method());
        text("target", a.target());
        text("version", a.method().isEmpty() ? null : version(a));
        text("host", a.host());
        number("status", a.status());
        text("member", a.member());
        number("attempts", a.attempts());
        number("receivedBytes", a.received());
        number("sentBytes", a.sent());
        line.append(",\"millis\":").append(String.format(Locale.ROOT, "%.3f", a.took() / NANOS_PER_MILLI));
        text("referer", a.referer());
        text("userAgent", a.agent());
        line.append('}');
    }

    private void text(String key, @Nullable String value) {
        line.append(",\"").append(key).append("\":");
        if (value == null) {
            line.append("null");
        } else {
            line.append('"');
            escaped(value, "\\u00");
            line.append('"');
        }
    }

    private void number(String key, long value) {
        line.append(",\"").append(key).append("\":").append(value);
    }

    private void combined(Access a, Instant at) {
        line.append(a.client()).append(" - - [").append(APACHE.format(at)).append("] \"");
        if (a.method().isEmpty()) {
            line.append('-');
        } else {
            escaped(a.method(), "\\x");
            line.append(' ');
            escaped(a.target(), "\\x");
            line.append(' ').append(version(a));
        }
        line.append("\" ").append(a.status()).append(' ').append(a.sent());
        quoted(a.referer());
        quoted(a.agent());
    }

    private void quoted(@Nullable String value) {
        line.append(" \"");
        escaped(value == null ? "-" : value, "\\x");
        line.append('"');
    }

    private static String version(Access a) {
        return a.minor() == 0 ? "HTTP/1.0" : "HTTP/1.1";
    }

    /** @param hex what goes before the two digits of a character that cannot stand as it is */
    private void escaped(String value, String hex) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c < ' ' || c >= DELETE) {
                line.append(hex).append(Character.forDigit(c >> 4 & 0xf, 16)).append(Character.forDigit(c & 0xf, 16));
            } else {
                line.append(c);
            }
        }
    }
}
