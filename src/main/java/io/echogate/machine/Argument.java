package io.echogate.machine;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One argument of a query, read as a decimal number. Both its text and its digits are bounded before any arithmetic:
 * {@code 1e999999999} is short to write and a gigabyte to write out.
 */
sealed interface Argument {
    /** Digits before, and digits after, the decimal point of a number written out. */
    int MAX_DIGITS = 100;

    /** It isn't there. */
    record Absent() implements Argument {}

    record Decimal(BigDecimal value) implements Argument {}

    /** It is there, and cannot be used; {@code why} completes a sentence that begins with its name. */
    record Wrong(String why) implements Argument {}

    /**
     * Reads {@code name} from a query ({@code a=1&b=2}): percent-encoding and plus signs decoded, other arguments
     * ignored.
     */
    static Argument read(String query, String name) {
        List<String> values = values(query, name);
        return switch (values.size()) {
            case 0 -> new Absent();
            case 1 -> number(values.getFirst());
            default -> new Wrong("is given " + values.size() + " times");
        };
    }

    private static List<String> values(String query, String name) {
        List<String> values = new ArrayList<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (name.equals(decoded(key))) {
                values.add(equals < 0 ? "" : pair.substring(equals + 1));
            }
        }
        return values;
    }

    private static Argument number(String encoded) {
        String text = decoded(encoded);
        if (text == null) {
            return new Wrong("has a % without two hexadecimal digits after it");
        }
        if (text.isEmpty()) {
            return new Wrong("has no value");
        }
        if (text.indexOf(' ') >= 0) {
            return new Wrong("has a space in it (a plus sign is written %2B)");
        }
        if (text.length() > Decimals.MAX_LENGTH) {
            return new Wrong("has " + text.length() + " characters, more than " + Decimals.MAX_LENGTH);
        }
        Matcher parts = Decimals.SYNTAX.matcher(text);
        return parts.matches() ? bounded(text, parts.group("exponent")) : new Wrong(Decimals.notANumber(text));
    }

    private static Argument bounded(String text, @Nullable String exponent) {
        Wrong tooLong = new Wrong("has more than " + MAX_DIGITS + " digits before or after its decimal point");
        if (exponent != null && exponent.length() > 4) {
            return tooLong;
        }
        BigDecimal value = new BigDecimal(text);
        boolean fits = value.precision() - value.scale() <= MAX_DIGITS && value.scale() <= MAX_DIGITS;
        return fits ? new Decimal(value) : tooLong;
    }

    /** Null when it is not percent-encoding. Bytes that are not UTF-8 become replacement characters. */
    private static @Nullable String decoded(String encoded) {
        ByteBuffer bytes = ByteBuffer.allocate(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c != '%') {
                bytes.put((byte) (c == '+' ? ' ' : c));
                continue;
            }
            if (i + 2 >= encoded.length() || hex(encoded.charAt(i + 1)) < 0 || hex(encoded.charAt(i + 2)) < 0) {
                return null;
            }
            bytes.put((byte) (hex(encoded.charAt(i + 1)) << 4 | hex(encoded.charAt(i + 2))));
            i += 2;
        }
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }

    private static int hex(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    /** What a decimal number looks like. */
    final class Decimals {
        /** Sign, point, exponent and leading zeros beside the digits. */
        static final int MAX_LENGTH = 2 * MAX_DIGITS + 20;

        static final Pattern SYNTAX =
                Pattern.compile("[-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?0*(?<exponent>[0-9]+))?");

        private static final int SHOWN = 40;

        private Decimals() {}

        static String notANumber(String text) {
            StringBuilder shown = new StringBuilder();
            text.codePoints().limit(SHOWN).forEach(c -> {
                if (c > ' ' && c < 127) {
                    shown.append((char) c);
                } else {
                    shown.append(String.format("\\u%04x", c));
                }
            });
            return "is not a decimal number: " + shown + (text.length() > SHOWN ? "..." : "");
        }
    }
}
