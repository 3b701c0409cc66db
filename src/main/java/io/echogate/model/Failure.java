package io.echogate.model;

/**
 * How one attempt on a member failed, as far as the decision to try again needs it.
 *
 * @param kind what went wrong
 * @param sent at least one byte of the request may have reached the member
 * @param answered at least one byte of an answer has gone to the client
 * @param reused the connection had carried a request before
 */
public record Failure(Kind kind, boolean sent, boolean answered, boolean reused) {
    /** True for a status by which a member says that it cannot: 500, 502, 503 or 504. */
    public static boolean error(int status) {
        return status == 500 || (status >= 502 && status <= 504);
    }

    /** Whose doing a failure is. */
    public enum Side {
        CLIENT,
        UPSTREAM,
        US
    }

    /** What went wrong. */
    public enum Kind {
        REFUSED(Side.UPSTREAM, "connection refused"),
        UNREACHABLE(Side.UPSTREAM, "no way to the machine"),
        NO_ROUTE(Side.UPSTREAM, "no route"),
        CONNECT_TIMEOUT(Side.UPSTREAM, "connecting took too long"),
        /** Reset or closed before the answer's head was complete. */
        RESET(Side.UPSTREAM, "connection broke before the answer"),
        FIRST_BYTE_TIMEOUT(Side.UPSTREAM, "no answer in time"),
        BAD_ANSWER(Side.UPSTREAM, "answer is not valid HTTP"),
        /** The answer broke off after its head. */
        CUT_SHORT(Side.UPSTREAM, "answer cut short"),
        /** The answer stood still after its head. */
        STALLED(Side.UPSTREAM, "answer stood still"),
        /** 500, 502, 503 or 504. */
        ERROR_STATUS(Side.UPSTREAM, "answered with an error"),
        /** It turned SUSPECT or DOWN while the request waited for its first byte. */
        DOUBTED(Side.UPSTREAM, "in doubt while we waited"),
        /** Another member, asked as well, was faster. */
        OVERTAKEN(Side.US, "another member answered first"),
        /** The operator wants it out of service, and the deadline for what still ran there is over. */
        DRAINED(Side.US, "taken out of service by the operator"),
        /** The time for the whole request is up. */
        REQUEST_TIMEOUT(Side.US, "time for the whole request is up"),
        /** No descriptor or no buffer to be had. */
        NO_SOCKET(Side.US, "no socket to be had here"),
        /** The client went away. */
        CLIENT_GONE(Side.CLIENT, "client went away"),
        /** The client's body is malformed, too large or too slow. */
        CLIENT_FAULT(Side.CLIENT, "client's body is at fault");

        private final Side side;
        private final String words;

        Kind(Side side, String words) {
            this.side = side;
            this.words = words;
        }

        public Side side() {
            return side;
        }

        /** True when it is the member that failed. */
        public boolean blames() {
            return side == Side.UPSTREAM || this == REQUEST_TIMEOUT;
        }

        /** The kind in words for people, lower case, no full stop. */
        public String words() {
            return words;
        }

        /**
         * True when a further attempt counts against the retry budget: the failure may be a sign of overload. A broken
         * or refused connection is none: what moves then is what would move if the member were known to be down.
         */
        public boolean budgeted() {
            return this == FIRST_BYTE_TIMEOUT || this == ERROR_STATUS || this == BAD_ANSWER || this == STALLED;
        }

        /** True when time ran out: the client gets 504 rather than 502. */
        public boolean timeout() {
            return this == CONNECT_TIMEOUT || this == FIRST_BYTE_TIMEOUT || this == REQUEST_TIMEOUT || this == STALLED;
        }
    }
}
