package io.echogate.http;

/** The request methods that a proxy treats differently; every other one is {@link #OTHER} and is passed on as it came. */
public enum Verb {
    GET(true),
    HEAD(true),
    POST(false),
    PUT(true),
    DELETE(true),
    OPTIONS(true),
    TRACE(true),
    CONNECT(false),
    PATCH(false),
    OTHER(false);

    private static final Verb[] ALL = values();
    private final boolean idempotent;

    Verb(boolean idempotent) {
        this.idempotent = idempotent;
    }

    /** RFC 9110 §9.2.2. */
    public boolean idempotent() {
        return idempotent;
    }

    /** Methods are case-sensitive (RFC 9110 §9.1). */
    static Verb of(byte[] bytes, int start, int end) {
        for (Verb v : ALL) {
            if (v != OTHER && matches(v.name(), bytes, start, end)) {
                return v;
            }
        }
        return OTHER;
    }

    private static boolean matches(String name, byte[] bytes, int start, int end) {
        if (name.length() != end - start) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (bytes[start + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
