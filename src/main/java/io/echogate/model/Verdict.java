package io.echogate.model;

/**
 * What the judge concludes about a member.
 *
 * @param state operational state
 * @param cause exactly one; {@link Cause#NONE} for {@link State#UP} and for a member not yet doubted
 * @param sinceNanos monotonic time at which {@code state} was reached
 * @param why one sentence for people
 */
public record Verdict(State state, Cause cause, long sinceNanos, String why) {}
