package io.echogate.http;

/** {@code HTTP-version} of RFC 9112 §2.3. */
final class Version {
    private static final int LENGTH = 8;

    private Version() {}

    /** Major × 10 + minor, or -1 when it is no version at all. */
    static int read(byte[] b, int from, int to) {
        boolean shaped = to - from == LENGTH
                && b[from] == 'H'
                && b[from + 1] == 'T'
                && b[from + 2] == 'T'
                && b[from + 3] == 'P'
                && b[from + 4] == '/'
                && Chars.digit(b[from + 5])
                && b[from + 6] == '.'
                && Chars.digit(b[from + 7]);
        return shaped ? (b[from + 5] - '0') * 10 + (b[from + 7] - '0') : -1;
    }
}
