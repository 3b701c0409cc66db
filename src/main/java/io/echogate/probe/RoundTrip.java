package io.echogate.probe;

/**
 * Smoothed round trip of one member and kind, and from it the silence after which doubt is fair: RFC 6298 §2,
 * SRTT + 4 × RTTVAR with alpha 1/8 and beta 1/4. Every question has its own nonce or connection, so no sample is
 * ambiguous. The very first sample pays for cold code and caches on both sides and is left out.
 */
final class RoundTrip {
    private int samples;
    private long smoothed;
    private long deviation;

    /** Takes in one answered question. */
    void heard(long rttNanos) {
        samples++;
        if (samples == 2) {
            smoothed = rttNanos;
            deviation = rttNanos / 2;
        } else if (samples > 2) {
            deviation += (Math.abs(smoothed - rttNanos) - deviation) / 4;
            smoothed += (rttNanos - smoothed) / 8;
        }
    }

    /** Nanoseconds of silence that are still ordinary for this member; 0 before anything is known. */
    long ordinaryNanos() {
        return smoothed + 4 * deviation;
    }
}
