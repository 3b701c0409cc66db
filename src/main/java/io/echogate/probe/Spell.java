package io.echogate.probe;

import java.util.Locale;

/** Durations in words for evidence lines. */
final class Spell {
    private Spell() {}

    /** {@code 0.31 ms}, {@code 4.2 ms}, {@code 812 ms}. */
    static String millis(long nanos) {
        double ms = nanos / 1e6;
        String form = ms < 1 ? "%.2f ms" : ms < 10 ? "%.1f ms" : "%.0f ms";
        return String.format(Locale.ROOT, form, ms);
    }
}
