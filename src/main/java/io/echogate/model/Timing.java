package io.echogate.model;

/**
 * How long each phase of one question took, in nanoseconds since the question was asked; {@link #UNREACHED} for a
 * phase that was not reached. ICMP fills {@code total} only.
 *
 * @param resolved name resolved, or 0 for a literal address
 * @param connected TCP connection established
 * @param firstByte first byte of the answer
 * @param total the question was closed, whatever the outcome
 */
public record Timing(long resolved, long connected, long firstByte, long total) {
    public static final long UNREACHED = -1;

    public static Timing total(long nanos) {
        return new Timing(UNREACHED, UNREACHED, UNREACHED, nanos);
    }
}
