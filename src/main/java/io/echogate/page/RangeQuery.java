package io.echogate.page;

import io.echogate.config.Durations;
import io.echogate.history.Archive.Range;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a question about the past says, parameter by parameter. Whatever is wrong with one is an IllegalArgumentException,
 * whose message is for people. Pure.
 */
record RangeQuery(MultiMap said, Instant now) {
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("3000-01-01T00:00:00Z");
    private static final Duration USUAL = Duration.ofHours(1);

    /** Refuses every other parameter: a misspelt one must not be taken for one that is absent. */
    void only(List<String> names) {
        for (String name : said.names()) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException(
                        Wanted.shown(name) + " is unknown; expected some of " + String.join(", ", names));
            }
        }
    }

    /** {@code from} and {@code to}, or the {@code last} while; without any the last hour. */
    Range range() {
        Duration last = duration("last");
        Instant from = time("from");
        Instant to = time("to");
        if (last != null && (from != null || to != null)) {
            throw new IllegalArgumentException("last has no meaning beside from and to");
        }
        Instant end = to == null ? now : to;
        return new Range(from == null ? end.minus(last == null ? USUAL : last) : from, end);
    }

    /** Null when it is absent. */
    @Nullable
    Instant time(String name) {
        String text = one(name);
        if (text == null) {
            return null;
        }
        Instant time;
        try {
            time = Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    name + ": " + Wanted.shown(text) + " is no time; expected one such as 2026-01-31T15:00:00Z", e);
        }
        if (time.isBefore(EARLIEST) || !time.isBefore(LATEST)) {
            throw new IllegalArgumentException(
                    name + ": " + Wanted.shown(text) + "; expected a time of the years 1970 to 2999");
        }
        return time;
    }

    /** Null when it is absent. */
    @Nullable
    Duration duration(String name) {
        String text = one(name);
        try {
            return text == null ? null : Durations.of(text, Duration.ofSeconds(1), LONGEST);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    long number(String name, long min, long max, long usual) {
        String text = one(name);
        if (text == null) {
            return usual;
        }
        if (text.matches("-?[0-9]{1,18}")) {
            long value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                name + ": " + Wanted.shown(text) + "; expected a number from " + min + " to " + max);
    }

    boolean flag(String name) {
        String text = one(name);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(name + ": " + Wanted.shown(text) + "; expected true or false");
        }
        return "true".equals(text);
    }

    String text(String name) {
        String text = one(name);
        return text == null ? "" : text;
    }

    List<String> all(String name) {
        return said.getAll(name);
    }

    private @Nullable String one(String name) {
        List<String> values = said.getAll(name);
        if (values.size() > 1) {
            throw new IllegalArgumentException(name + " is there " + values.size() + " times; expected it once");
        }
        return values.isEmpty() ? null : values.getFirst();
    }
}
