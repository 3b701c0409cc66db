package io.echogate.config;

import java.util.function.Function;

/**
 * What a key's value must look like.
 *
 * @param expected for people: the second half of a fault
 * @param quotes whether it may stand in quotes; numbers and flags may not, quoted they are text
 * @param reader must not throw
 */
record Rule<T>(String expected, boolean quotes, Function<String, Value<T>> reader) {
    /** Longer values are refused unread: no key needs them, and some readers take time or stack that grows with them. */
    static final int MAX_LENGTH = 4096;

    private static final int SHOWN = 60;

    /** A piece of the file inside a message: on one line, and not too long. */
    static String shown(String text) {
        return "`" + plain(text) + "`";
    }

    /** The same without quotation marks. */
    static String plain(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().limit(SHOWN).forEach(c -> {
            if (Character.isISOControl(c)) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out + (text.codePointCount(0, text.length()) > SHOWN ? "…" : "");
    }

    Value<T> read(Node.Scalar scalar) {
        if (scalar.isNull()) {
            return new Value.No<>("has no value");
        }
        if (!scalar.plain() && !quotes) {
            return new Value.No<>(shown(scalar.text()) + " in quotes is text");
        }
        int length = scalar.text().length();
        return length > MAX_LENGTH ? new Value.No<>("has " + length + " characters") : reader.apply(scalar.text());
    }
}
