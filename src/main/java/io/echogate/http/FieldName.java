package io.echogate.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The header fields that framing, routing and forwarding look at. Found once while the head is parsed. */
public enum FieldName {
    ACCEPT("Accept"),
    CONNECTION("Connection"),
    CONTENT_LENGTH("Content-Length"),
    DATE("Date"),
    ECHOGATE_ATTEMPTS("Echogate-Attempts"),
    ECHOGATE_EXPLAIN("Echogate-Explain"),
    ECHOGATE_MEMBER("Echogate-Member"),
    ECHOGATE_REQUEST("Echogate-Request"),
    ECHOGATE_TRIES("Echogate-Tries"),
    EXPECT("Expect"),
    FORWARDED("Forwarded"),
    HOST("Host"),
    HTTP2_SETTINGS("HTTP2-Settings"),
    IDEMPOTENCY_KEY("Idempotency-Key"),
    KEEP_ALIVE("Keep-Alive"),
    MAX_FORWARDS("Max-Forwards"),
    PROXY_CONNECTION("Proxy-Connection"),
    TE("TE"),
    TRAILER("Trailer"),
    TRANSFER_ENCODING("Transfer-Encoding"),
    UPGRADE("Upgrade"),
    VIA("Via"),
    X_FORWARDED_FOR("X-Forwarded-For"),
    X_FORWARDED_HOST("X-Forwarded-Host"),
    X_FORWARDED_PROTO("X-Forwarded-Proto"),
    /** Any other field. */
    OTHER("");

    private static final int LONGEST = 32;
    private static final FieldName[][] BY_LENGTH = new FieldName[LONGEST][];

    static {
        List<List<FieldName>> lists = new ArrayList<>();
        for (int i = 0; i < LONGEST; i++) {
            lists.add(new ArrayList<>());
        }
        for (FieldName n : values()) {
            lists.get(n.spelling.length()).add(n);
        }
        lists.getFirst().clear();
        for (int i = 0; i < LONGEST; i++) {
            BY_LENGTH[i] = lists.get(i).toArray(FieldName[]::new);
        }
    }

    private final String spelling;
    private final String folded;

    FieldName(String spelling) {
        this.spelling = spelling;
        this.folded = spelling.toLowerCase(Locale.ROOT);
    }

    /** As it is written on the wire. */
    public String spelling() {
        return spelling;
    }

    /** Its place in a table of all known names. */
    @SuppressWarnings("EnumOrdinal") // a dense index is what it is used for
    int slot() {
        return ordinal();
    }

    /** Names match without regard to case, and with an underscore for a dash, which some servers take for the same. */
    static FieldName of(byte[] bytes, int start, int end) {
        int length = end - start;
        if (length < LONGEST) {
            for (FieldName n : BY_LENGTH[length]) {
                if (n.matches(bytes, start)) {
                    return n;
                }
            }
        }
        return OTHER;
    }

    private boolean matches(byte[] bytes, int start) {
        for (int i = 0; i < folded.length(); i++) {
            if (Chars.folded(bytes[start + i]) != folded.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
