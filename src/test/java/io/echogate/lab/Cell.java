package io.echogate.lab;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What one round of one blow did to the clients of one proxy. Times are microseconds.
 *
 * @param notice when the proxy knew, if it says so
 * @param doubled requests that are not idempotent and ran more than once
 * @param lag the 99th percentile of how late the load itself was
 */
record Cell(
        Blow blow, List<Arrival> arrivals, long struck, long mended, Optional<Notice> notice, long doubled, long lag) {
    private static final long SECOND = 1_000_000;
    private static final long LATE = 20_000;
    private static final long LAG_LIMIT = 20_000;

    /** The load itself was late: nothing can be said of latencies. */
    boolean disturbed() {
        return lag > LAG_LIMIT;
    }

    /** What ended after the blow, until the last request of the round. */
    private List<Arrival> struckOnes(Predicate<Arrival> which) {
        return arrivals.stream().filter(a -> a.end() >= struck).filter(which).toList();
    }

    private List<Arrival> held(Predicate<Arrival> which) {
        return struckOnes(which.and(a -> a.due() < mended));
    }

    private List<Arrival> before() {
        return arrivals.stream().filter(a -> a.end() < struck && a.idempotent()).toList();
    }

    long sent(boolean idempotent) {
        return struckOnes(a -> a.idempotent() == idempotent).size();
    }

    long failed(boolean idempotent) {
        return struckOnes(a -> a.idempotent() == idempotent && a.failed()).size();
    }

    /** Idempotent ones that failed although they were due a second after the blow, or later. */
    long failedLater() {
        return struckOnes(a -> a.idempotent() && a.failed() && a.due() >= struck + SECOND)
                .size();
    }

    /** How those of all kinds failed, with their numbers. */
    Map<String, Long> failures() {
        return struckOnes(Arrival::failed).stream()
                .collect(Collectors.groupingBy(Arrival::failure, TreeMap::new, Collectors.counting()));
    }

    /** Before the blow, idempotent ones, in microseconds. */
    LongStream usual() {
        return before().stream().mapToLong(Arrival::micros);
    }

    /** How long clients waited while the blow lasted, for an answer or for a failure. */
    LongStream waits(boolean idempotent) {
        return held(a -> a.idempotent() == idempotent).stream().mapToLong(Arrival::micros);
    }

    /** Idempotent ones that took at least 20 ms longer than the slowest used to, while the blow lasted. */
    long late() {
        return held(a -> a.idempotent() && isLate(a)).size();
    }

    private boolean isLate(Arrival a) {
        return a.micros() > quantileMillis(usual(), 0.999) * 1000 + LATE;
    }

    double worstMillis(boolean idempotent) {
        return quantileMillis(waits(idempotent), 1);
    }

    /** By nearest rank. */
    static double quantileMillis(LongStream micros, double share) {
        long[] sorted = micros.sorted().toArray();
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, rank - 1)] / 1000.0;
    }

    /**
     * Seconds from the blow to the last request that a client noticed it by: one that failed or came late. NaN: until the
     * end.
     */
    double noticedSeconds() {
        long last = held(a -> a.failed() || isLate(a)).stream()
                .mapToLong(Arrival::due)
                .max()
                .orElse(struck);
        return last > mended - SECOND / 4 ? Double.NaN : Math.max(0, last - struck) / 1e6;
    }

    /** Seconds from the blow; NaN if it never knew, or does not say. */
    double knewSeconds() {
        return notice.map(n -> (n.at() - struck) / 1e6).orElse(Double.NaN);
    }

    /** Seconds from the repair to the first answer of the member that was struck; NaN if there was none. */
    double backSeconds() {
        return arrivals.stream()
                .filter(a -> a.due() >= mended && !a.failed() && a.member().equals("S1"))
                .mapToLong(Arrival::due)
                .min()
                .stream()
                .mapToDouble(due -> (due - mended) / 1e6)
                .findFirst()
                .orElse(Double.NaN);
    }
}
