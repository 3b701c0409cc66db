package io.echogate.exchange;

/** Why a request gets an answer of our own although it is well-formed. */
public enum Refusal {
    /** {@code OPTIONS} that may go no further (RFC 9110 §7.6.2). */
    LAST_HOP(200, "OK", "answered here: Max-Forwards is 0"),
    METHOD(405, "Method Not Allowed", "this proxy does not carry that method"),
    PAGE_IS_READ_ONLY(405, "Method Not Allowed", "only GET and HEAD here"),
    HEAD_TIMEOUT(408, "Request Timeout", "the request's head did not come in time"),
    BODY_TIMEOUT(408, "Request Timeout", "the request's body did not come in time"),
    BODY_TOO_LARGE(413, "Content Too Large", "the request's body is larger than allowed here"),
    /** Gets no answer: it does not read the one it has. */
    SLOW_READER(0, "", "the client does not take its answer"),
    /** Whoever is left has as many requests as it may have. */
    BUSY(503, "Service Unavailable", "every member has as many requests as it may have"),
    NOBODY_SERVES(503, "Service Unavailable", "no member serves"),
    PAGE_UNAVAILABLE(502, "Bad Gateway", "the page cannot be reached"),
    ATTEMPTS_FAILED(502, "Bad Gateway", "every attempt failed"),
    ATTEMPTS_TIMED_OUT(504, "Gateway Timeout", "every attempt failed, the last one by its time-out");

    private final int status;
    private final String reason;
    private final String words;

    Refusal(int status, String reason, String words) {
        this.status = status;
        this.reason = reason;
        this.words = words;
    }

    public int status() {
        return status;
    }

    String reason() {
        return reason;
    }

    String words() {
        return words;
    }
}
