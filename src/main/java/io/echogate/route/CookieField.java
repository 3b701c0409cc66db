package io.echogate.route;

import io.echogate.http.Fields;

/** Finds a cookie among a request's {@code Cookie} fields (RFC 6265 §4.2) without copying anything. */
final class CookieField {
    private static final String COOKIE = "Cookie";
    static final long NONE = -1;

    private CookieField() {}

    /** Where the first cookie's value of that name is: its start in the upper half, its end in the lower one. */
    static long find(Fields f, byte[] name) {
        for (int i = f.find(COOKIE, 0); i >= 0; i = f.find(COOKIE, i + 1)) {
            long found = find(f.bytes(), f.valueStart(i), f.valueEnd(i), name);
            if (found != NONE) {
                return found;
            }
        }
        return NONE;
    }

    private static long find(byte[] b, int from, int to, byte[] name) {
        int at = from;
        while (at < to) {
            int end = at;
            while (end < to && b[end] != ';') {
                end++;
            }
            int start = skipBlanks(b, at, end);
            if (names(b, start, end, name)) {
                return span(b, start + name.length + 1, end);
            }
            at = end + 1;
        }
        return NONE;
    }

    private static int skipBlanks(byte[] b, int from, int to) {
        int at = from;
        while (at < to && (b[at] == ' ' || b[at] == '\t')) {
            at++;
        }
        return at;
    }

    private static boolean names(byte[] b, int from, int to, byte[] name) {
        if (to - from <= name.length || b[from + name.length] != '=') {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (b[from + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    private static long span(byte[] b, int from, int end) {
        int to = end;
        while (to > from && (b[to - 1] == ' ' || b[to - 1] == '\t')) {
            to--;
        }
        return (long) from << 32 | to;
    }

    static int start(long span) {
        return (int) (span >>> 32);
    }

    static int end(long span) {
        return (int) span;
    }
}
