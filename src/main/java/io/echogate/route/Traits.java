package io.echogate.route;

/**
 * What the decision to send a request again needs to know of it.
 *
 * @param repeatable its method is idempotent (RFC 9110 §9.2.2) or it carries an {@code Idempotency-Key}
 * @param bodyAtHand every byte of the body that was read from the client is still held
 */
public record Traits(boolean repeatable, boolean bodyAtHand) {}
