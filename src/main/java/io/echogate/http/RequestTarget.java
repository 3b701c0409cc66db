package io.echogate.http;

import org.jspecify.annotations.Nullable;

/** The request target (RFC 9112 §3.2) as offsets into its head's bytes. Belongs to one {@link RequestHead}. */
public final class RequestTarget {
    /** The four forms of RFC 9112 §3.2. */
    public enum Form {
        ORIGIN,
        ABSOLUTE,
        AUTHORITY,
        ASTERISK
    }

    private Form form = Form.ORIGIN;
    private int authorityStart;
    private int authorityEnd;
    private int pathStart;
    private int pathEnd;

    RequestTarget() {}

    @Nullable
    Fault parse(byte[] b, int from, int to, Verb verb) {
        pathStart = from;
        pathEnd = to;
        authorityStart = from;
        authorityEnd = from;
        if (verb == Verb.CONNECT) {
            form = Form.AUTHORITY;
            authorityEnd = to;
            return Authority.valid(b, from, to) ? null : Fault.BAD_TARGET;
        }
        for (int i = from; i < to; i++) {
            if (b[i] == '#') {
                return Fault.BAD_TARGET;
            }
        }
        if (b[from] == '/') {
            form = Form.ORIGIN;
            return null;
        }
        if (b[from] == '*') {
            form = Form.ASTERISK;
            return to - from == 1 && verb == Verb.OPTIONS ? null : Fault.BAD_TARGET;
        }
        return absolute(b, from, to);
    }

    private @Nullable Fault absolute(byte[] b, int from, int to) {
        form = Form.ABSOLUTE;
        authorityStart = Math.max(skip(b, from, to, "http://"), skip(b, from, to, "https://"));
        if (authorityStart < 0) {
            return Fault.BAD_TARGET;
        }
        authorityEnd = authorityStart;
        while (authorityEnd < to && b[authorityEnd] != '/' && b[authorityEnd] != '?') {
            authorityEnd++;
        }
        pathStart = authorityEnd;
        return Authority.valid(b, authorityStart, authorityEnd) ? null : Fault.BAD_TARGET;
    }

    private static int skip(byte[] b, int from, int to, String scheme) {
        if (to - from < scheme.length()) {
            return -1;
        }
        for (int i = 0; i < scheme.length(); i++) {
            if (Chars.folded(b[from + i]) != scheme.charAt(i)) {
                return -1;
            }
        }
        return from + scheme.length();
    }

    public Form form() {
        return form;
    }

    /** Host and port of the absolute and the authority form; empty in the others. */
    public int authorityStart() {
        return authorityStart;
    }

    public int authorityEnd() {
        return authorityEnd;
    }

    /** Path and query; may be empty, or begin with the query, in the absolute form (RFC 9112 §3.2.1). */
    public int pathStart() {
        return pathStart;
    }

    public int pathEnd() {
        return pathEnd;
    }
}
