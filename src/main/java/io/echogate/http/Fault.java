package io.echogate.http;

/** Why a message is refused, with the status that a client gets for it. From a server every fault means 502. */
public enum Fault {
    BAD_REQUEST_LINE(400, "malformed request line"),
    BAD_STATUS_LINE(400, "malformed status line"),
    BAD_TARGET(400, "malformed request target"),
    BAD_VERSION(505, "unsupported HTTP version"),
    TARGET_TOO_LONG(414, "request target too long"),
    HEAD_TOO_LARGE(431, "head too large"),
    TOO_MANY_FIELDS(431, "too many header fields"),
    BARE_LF(400, "line ends with a bare LF"),
    BARE_CR(400, "CR without LF"),
    CONTROL(400, "control character in the head"),
    OBS_FOLD(400, "folded header line"),
    LEADING_SPACE(400, "white space before the first header field"),
    SPACE_BEFORE_COLON(400, "white space between field name and colon"),
    BAD_NAME(400, "malformed field name"),
    LOOKALIKE_NAME(400, "underscore in the name of a field that has a meaning to proxies"),
    BAD_LENGTH(400, "malformed Content-Length"),
    REPEATED_LENGTH(400, "more than one Content-Length"),
    LENGTH_AND_CODING(400, "Content-Length beside Transfer-Encoding"),
    BAD_CODING(400, "Transfer-Encoding is not exactly chunked"),
    /** Well-formed, but one that we do not know (RFC 9112 §6.1). */
    UNKNOWN_CODING(501, "a transfer coding other than chunked"),
    CODING_IN_1_0(400, "Transfer-Encoding in HTTP/1.0"),
    NO_HOST(400, "no Host"),
    REPEATED_HOST(400, "more than one Host"),
    BAD_HOST(400, "malformed Host"),
    BAD_CHUNK(400, "malformed chunk"),
    BAD_TRAILER(400, "malformed trailer"),
    CHUNK_OVERHEAD(400, "chunk extensions or trailers too long"),
    CUT_BODY(400, "the body ended too early");

    private final int status;
    private final String words;

    Fault(int status, String words) {
        this.status = status;
        this.words = words;
    }

    /** The status of the answer to a client. */
    public int status() {
        return status;
    }

    /** The fault in words for people, no full stop. */
    public String words() {
        return words;
    }
}
