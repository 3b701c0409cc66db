package io.echogate.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What {@code Content-Length} and {@code Transfer-Encoding} may say, RFC 9112 §6, in its strictest reading. */
final class FramingRules {
    /** Digits that cannot overflow a long. */
    private static final int MOST_DIGITS = 18;

    static final long NONE = -1;

    /** The codings of RFC 9112 §7.2 before the last one. */
    private static final Pattern COMPRESSED = Pattern.compile(
            "(?:(?:x-)?(?:gzip|compress)|deflate)(?: *, *(?:(?:x-)?(?:gzip|compress)|deflate))* *, *chunked",
            Pattern.CASE_INSENSITIVE);

    /** Longer lists of codings nobody sends, and matching them would take a client's word for how deep. */
    private static final int LONGEST = 64;

    private FramingRules() {}

    /** Null when the fields are free of contradiction. */
    static @Nullable Fault check(Fields f, int minor) {
        int lengths = f.count(FieldName.CONTENT_LENGTH);
        int codings = f.count(FieldName.TRANSFER_ENCODING);
        if (codings > 0) {
            return checkCoding(f, minor, lengths, codings);
        }
        if (lengths > 1) {
            return Fault.REPEATED_LENGTH;
        }
        return lengths == 1 && length(f) < 0 ? Fault.BAD_LENGTH : null;
    }

    private static @Nullable Fault checkCoding(Fields f, int minor, int lengths, int codings) {
        if (lengths > 0) {
            return Fault.LENGTH_AND_CODING;
        }
        if (minor == 0) {
            return Fault.CODING_IN_1_0;
        }
        boolean plain = codings == 1 && f.valueIs(f.first(FieldName.TRANSFER_ENCODING), "chunked");
        return plain ? null : isUnknown(f, codings) ? Fault.UNKNOWN_CODING : Fault.BAD_CODING;
    }

    /** A body that was compressed for this hop and then chunked: nobody can take it for anything else. */
    private static boolean isUnknown(Fields f, int codings) {
        int field = f.first(FieldName.TRANSFER_ENCODING);
        return codings == 1
                && f.valueEnd(field) - f.valueStart(field) <= LONGEST
                && COMPRESSED.matcher(f.value(field)).matches();
    }

    /** The value of the only Content-Length, or {@link #NONE} without one or when it is no plain decimal number. */
    static long length(Fields f) {
        int field = f.first(FieldName.CONTENT_LENGTH);
        if (field < 0) {
            return NONE;
        }
        int from = f.valueStart(field);
        int to = f.valueEnd(field);
        if (from == to || to - from > MOST_DIGITS) {
            return NONE;
        }
        long n = 0;
        for (int i = from; i < to; i++) {
            byte b = f.bytes()[i];
            if (!Chars.digit(b)) {
                return NONE;
            }
            n = n * 10 + (b - '0');
        }
        return n;
    }
}
