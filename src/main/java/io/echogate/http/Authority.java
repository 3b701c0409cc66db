package io.echogate.http;

/** {@code uri-host [ ":" port ]} of RFC 9110 §7.2, checked byte by byte. */
final class Authority {
    private static final int MOST_PORT_DIGITS = 5;

    private Authority() {}

    /** True for a host that is not empty, with or without a port; user information is refused. */
    static boolean valid(byte[] b, int start, int end) {
        if (start == end) {
            return false;
        }
        int at = b[start] == '[' ? literalEnd(b, start, end) : nameEnd(b, start, end);
        return at > start && (at == end || (b[at] == ':' && port(b, at + 1, end)));
    }

    private static int nameEnd(byte[] b, int start, int end) {
        int at = start;
        while (at < end && Chars.host(b[at])) {
            if (b[at] == '%' && !(at + 2 < end && Chars.hex(b[at + 1]) >= 0 && Chars.hex(b[at + 2]) >= 0)) {
                return -1;
            }
            at++;
        }
        return at;
    }

    private static int literalEnd(byte[] b, int start, int end) {
        int at = start + 1;
        while (at < end && (Chars.hex(b[at]) >= 0 || b[at] == ':' || b[at] == '.')) {
            at++;
        }
        return at > start + 2 && at < end && b[at] == ']' ? at + 1 : -1;
    }

    private static boolean port(byte[] b, int start, int end) {
        if (end - start > MOST_PORT_DIGITS) {
            return false;
        }
        int n = 0;
        for (int i = start; i < end; i++) {
            if (!Chars.digit(b[i])) {
                return false;
            }
            n = n * 10 + (b[i] - '0');
        }
        return n <= 65_535;
    }
}
