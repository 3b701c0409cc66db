package io.echogate.model;

/**
 * The newest look-up of a member's name, which goes on beside its questions: only one that has no address yet waits for it.
 *
 * @param tookNanos from being asked for to being known, in nanoseconds
 * @param endedNanos monotonic time at which it was known
 * @param failure why there was no address, or empty
 */
public record LookUp(long tookNanos, long endedNanos, String failure) {}
