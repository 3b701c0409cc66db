package io.echogate.http;

/** How the end of a message's body is known (RFC 9112 §6.3). */
public enum Framing {
    /** There is no body. */
    NONE,
    /** {@code Content-Length} bytes. */
    LENGTH,
    /** Chunked transfer coding. */
    CHUNKED,
    /** Until the peer closes; answers only. */
    UNTIL_CLOSE
}
