package io.echogate.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules for numbers, durations, sizes, flags and words. */
final class Rules {
    private static final Pattern WHOLE = Pattern.compile("0|[1-9][0-9]*");
    private static final Pattern SIGNED = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern AMOUNT = Pattern.compile("(-?[0-9]+)(\\.[0-9]+)?([^0-9.].*)?", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern TARGET = Pattern.compile("/[!-~&&[^#]]*");

    private static final Pattern FILE = Pattern.compile("[^\\p{Cntrl}]*[^\\p{Cntrl}/]");

    /** Neither control characters nor line ends, and nothing that Unicode or XML has no place for. */
    private static final Pattern LABEL = Pattern.compile("[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\uFFFE\\uFFFF]{0,64}");

    private Rules() {}

    static Rule<Duration> duration(Duration min, Duration max) {
        String expected = "a duration from " + Units.text(min) + " to " + Units.text(max);
        return new Rule<>(expected, true, text -> {
            Value<Long> millis = amount(text, Units.TIMES, "ms, s, m, h or d", min.toMillis(), max.toMillis());
            return switch (millis) {
                case Value.Ok<Long> ok -> new Value.Ok<>(Duration.ofMillis(ok.value()));
                case Value.No<Long> no -> new Value.No<>(no.problem());
            };
        });
    }

    static Rule<Long> size(long min, long max) {
        String expected = "a size from " + Units.size(min) + " to " + Units.size(max);
        return new Rule<>(expected, true, text -> amount(text, Units.SIZES, "B, KiB, MiB or GiB", min, max));
    }

    private static Value<Long> amount(String text, Map<String, Long> units, String names, long min, long max) {
        Matcher parts = AMOUNT.matcher(text);
        if (!parts.matches()) {
            return new Value.No<>(Rule.shown(text) + " is not a number with a unit");
        }
        String unit = parts.group(3) == null ? "" : parts.group(3);
        Long factor = units.get(unit);
        if (unit.isEmpty()) {
            return new Value.No<>(Rule.shown(text) + " has no unit (" + names + ")");
        }
        if (factor == null) {
            return new Value.No<>(Rule.shown(text) + " has an unknown unit (" + names + ")");
        }
        if (parts.group(2) != null) {
            return new Value.No<>(Rule.shown(text) + " is not a whole number: use a smaller unit");
        }
        return within(new BigInteger(parts.group(1)).multiply(BigInteger.valueOf(factor)), text, min, max);
    }

    static Rule<Integer> whole(int min, int max) {
        return new Rule<>("a whole number from " + min + " to " + max, false, text -> whole(text, text, min, max));
    }

    static Rule<Integer> status() {
        return whole(200, 599);
    }

    static Rule<Integer> percent() {
        return new Rule<>(
                "a percentage from 0% to 100%",
                true, text -> whole(text.endsWith("%") ? text.substring(0, text.length() - 1) : text, text, 0, 100));
    }

    private static Value<Integer> whole(String digits, String text, int min, int max) {
        if (!WHOLE.matcher(digits).matches()) {
            boolean number = SIGNED.matcher(digits).matches();
            return new Value.No<>(Rule.shown(text) + (number ? " is out of range" : " is not a whole number"));
        }
        return switch (within(new BigInteger(digits), text, min, max)) {
            case Value.Ok<Long> ok -> new Value.Ok<>(Math.toIntExact(ok.value()));
            case Value.No<Long> no -> new Value.No<>(no.problem());
        };
    }

    private static Value<Long> within(BigInteger value, String text, long min, long max) {
        if (value.compareTo(BigInteger.valueOf(min)) < 0) {
            return new Value.No<>(Rule.shown(text) + " is too little");
        }
        if (value.compareTo(BigInteger.valueOf(max)) > 0) {
            return new Value.No<>(Rule.shown(text) + " is too much");
        }
        return new Value.Ok<>(value.longValueExact());
    }

    static Rule<Boolean> flag() {
        return new Rule<>("true or false", false, text -> switch (text) {
            case "true" -> new Value.Ok<>(true);
            case "false" -> new Value.Ok<>(false);
            default -> new Value.No<>(Rule.shown(text) + " is neither");
        });
    }

    static Rule<String> name() {
        return matching(NAME, "1 to 64 letters, digits, dots, dashes or underscores", "is not a name");
    }

    static Rule<String> target() {
        return matching(TARGET, "a path that begins with a slash, in visible ASCII without #", "is not a path");
    }

    private static Rule<String> matching(Pattern pattern, String expected, String problem) {
        return new Rule<>(
                expected,
                true,
                text -> pattern.matcher(text).matches() && text.length() <= 1024
                        ? new Value.Ok<>(text)
                        : new Value.No<>(Rule.shown(text) + " " + problem));
    }

    static Rule<String> text() {
        return new Rule<>("text of at most " + Rule.MAX_LENGTH + " characters", true, Value.Ok::new);
    }

    static Rule<String> label() {
        return matching(LABEL, "text of at most 64 characters on one line", "is too long or not on one line");
    }

    /** A label that says something. */
    static Rule<String> title() {
        return new Rule<>("text of 1 to 64 characters on one line", true, text -> {
            boolean says = LABEL.matcher(text).matches() && !text.isBlank();
            return says
                    ? new Value.Ok<>(text.strip())
                    : new Value.No<>(Rule.shown(text) + " is empty, too long or not on one line");
        });
    }

    static Rule<String> file(String example) {
        return matching(FILE, "a file's path, such as " + example, "is not a file's path");
    }

    static Rule<AccessLogRules.Format> accessFormat() {
        return choice(
                "json or combined",
                "is not a format",
                Map.of("json", AccessLogRules.Format.JSON, "combined", AccessLogRules.Format.COMBINED));
    }

    static Rule<PolicyRules.Key> hashKey() {
        Map<String, PolicyRules.Key> keys = Stream.of(PolicyRules.Key.values())
                .collect(Collectors.toMap(key -> key.name().toLowerCase(Locale.ROOT), Function.identity()));
        return choice("header, cookie, path or client", "is nothing to hash", keys);
    }

    static Rule<PolicyName> policy() {
        Map<String, PolicyName> policies =
                Stream.of(PolicyName.values()).collect(Collectors.toMap(PolicyName::word, Function.identity()));
        return choice("one of " + PolicyName.words(), "is not a policy", policies);
    }

    private static <T> Rule<T> choice(String expected, String problem, Map<String, T> choices) {
        return new Rule<>(expected, true, text -> {
            T chosen = choices.get(text);
            return chosen == null ? new Value.No<>(Rule.shown(text) + " " + problem) : new Value.Ok<>(chosen);
        });
    }
}
