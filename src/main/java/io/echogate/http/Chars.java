package io.echogate.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Character classes of RFC 9110 and RFC 3986 as tables. */
final class Chars {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101010101010101L;
    private static final boolean[] TOKEN = table("!#$%&'*+-.^_`|~", true);
    private static final boolean[] HOST = table("-._~%!$&'()*+;=", true);
    private static final boolean[] LINE = new boolean[256];
    private static final byte[] FOLDED = new byte[256];
    private static final byte[] HEX = new byte[256];

    static {
        for (int c = 0; c < 256; c++) {
            LINE[c] = c == '\t' || (c >= 0x20 && c != 0x7f);
            FOLDED[c] = (byte) (c >= 'A' && c <= 'Z' ? c + 32 : c == '_' ? '-' : c);
            HEX[c] = (byte) Character.digit(c < 128 ? c : 0, 16);
        }
    }

    private Chars() {}

    /** {@code tchar}, RFC 9110 §5.6.2. */
    static boolean token(byte b) {
        return TOKEN[b & 0xff];
    }

    /** May stand in a line of a head: visible, space, tab or obs-text (RFC 9110 §5.5). */
    static boolean line(byte b) {
        return LINE[b & 0xff];
    }

    /** Where from {@code from} on the first byte is that is not one of a {@link #line}; {@code to} when there is none. */
    static int lineEnd(byte[] b, int from, int to) {
        int at = from;
        while (at <= to - Long.BYTES && lines((long) LONGS.get(b, at))) {
            at += Long.BYTES;
        }
        while (at < to && line(b[at])) {
            at++;
        }
        return at;
    }

    /**
     * True only when all of eight bytes may stand in a line; false also for some that may, such as a tab. A byte's highest bit
     * is set where taking 0x20 away borrows, or where nothing is left of it beside 0x7f (Warren, Hacker's Delight, 6-1).
     */
    private static boolean lines(long eight) {
        long deleted = eight ^ (ONES * 0x7f);
        long controls = (eight - ONES * 0x20) & ~eight;
        long deletes = (deleted - ONES) & ~deleted;
        return ((controls | deletes) & (ONES << 7)) == 0;
    }

    /** {@code reg-name} of RFC 3986 §3.2.2 without the comma, which list-minded servers split at. */
    static boolean host(byte b) {
        return HOST[b & 0xff];
    }

    static boolean visible(byte b) {
        return b > 0x20 && b < 0x7f;
    }

    static boolean blank(byte b) {
        return b == ' ' || b == '\t';
    }

    static boolean digit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** Lower case, and a dash for an underscore. */
    static byte folded(byte b) {
        return FOLDED[b & 0xff];
    }

    /** Value of a hexadecimal digit, or -1. */
    static int hex(byte b) {
        return HEX[b & 0xff];
    }

    private static boolean[] table(String others, boolean alphanumeric) {
        boolean[] t = new boolean[256];
        for (int c = 0; c < 128; c++) {
            t[c] = others.indexOf(c) >= 0 || (alphanumeric && Character.isLetterOrDigit(c));
        }
        return t;
    }
}
