package io.echogate.machine;

import java.time.Duration;

/**
 * How long a connection may take.
 *
 * @param request from a request's first byte to the end of its body; then 408
 * @param idle between requests, and while the client doesn't read; then closed
 * @param lingering after the last answer, for the client to read it before the connection is reset
 */
record Patience(Duration request, Duration idle, Duration lingering) {
    static final Patience DEFAULT = new Patience(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(1));
}
