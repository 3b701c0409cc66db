package io.echogate.config;

import java.time.Duration;

/** Durations as the configuration writes them, for whoever else is told one. */
public final class Durations {
    private Durations() {}

    /**
     * A duration within bounds.
     *
     * @param text such as {@code 800ms} or {@code 10m}
     * @throws IllegalArgumentException says what is wrong with it and what is expected
     */
    public static Duration of(String text, Duration min, Duration max) {
        Rule<Duration> rule = Rules.duration(min, max);
        return switch (rule.reader().apply(text)) {
            case Value.Ok<Duration>(Duration value) -> value;
            case Value.No<Duration>(String problem) ->
                throw new IllegalArgumentException(problem + "; expected " + rule.expected());
        };
    }
}
