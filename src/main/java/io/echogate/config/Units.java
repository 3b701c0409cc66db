package io.echogate.config;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** Durations and sizes as people write and read them. */
final class Units {
    static final long KIB = 1024;
    static final long MIB = 1024 * KIB;
    static final long GIB = 1024 * MIB;

    /** Milliseconds of each unit of time. */
    static final Map<String, Long> TIMES =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    /** Those that a duration of less than two days is written in. */
    private static final Map<String, Long> UP_TO_HOURS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);

    /** Bytes of each unit of size. Binary ones only: whoever writes 64KB may mean either. */
    static final Map<String, Long> SIZES = Map.of("B", 1L, "KiB", KIB, "MiB", MIB, "GiB", GIB);

    private Units() {}

    /** So many times as long. {@link Duration}'s own way goes through decimals, which are slow to load at the start. */
    static Duration times(Duration duration, long factor) {
        return Duration.ofMillis(Math.multiplyExact(duration.toMillis(), factor));
    }

    /** In the largest unit that leaves a whole number: {@code 1500ms}, {@code 90s}, {@code 2m}. */
    static String text(Duration duration) {
        boolean days = duration.compareTo(Duration.ofDays(2)) >= 0;
        return duration.isZero() ? "0s" : inLargest(duration.toMillis(), days ? TIMES : UP_TO_HOURS);
    }

    /** In the largest unit that leaves a whole number: {@code 64KiB}. */
    static String size(long bytes) {
        return bytes == 0 ? "0B" : inLargest(bytes, SIZES);
    }

    private static String inLargest(long amount, Map<String, Long> units) {
        TreeMap<Long, String> largestFirst = new TreeMap<>(Comparator.reverseOrder());
        units.forEach((name, factor) -> largestFirst.put(factor, name));
        return largestFirst.entrySet().stream()
                .filter(unit -> amount % unit.getKey() == 0)
                .findFirst()
                .map(unit -> amount / unit.getKey() + unit.getValue())
                .orElseThrow();
    }
}
