package io.echogate.probe;

/** Durations in words for evidence lines. Written for every echo, so without a formatter; rounds down. */
final class Spell {
    private static final long MILLI = 1_000_000;

    private Spell() {}

    /** {@code 0.31 ms}, {@code 4.2 ms}, {@code 812 ms}. */
    static String millis(long nanos) {
        if (nanos < MILLI) {
            long hundredths = Math.max(0, nanos) / 10_000;
            return (hundredths < 10 ? "0.0" : "0.") + hundredths + " ms";
        }
        if (nanos < 10 * MILLI) {
            return nanos / MILLI + "." + nanos % MILLI / 100_000 + " ms";
        }
        return nanos / MILLI + " ms";
    }
}
