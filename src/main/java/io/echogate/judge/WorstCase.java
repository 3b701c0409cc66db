package io.echogate.judge;

import io.echogate.config.Config;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Pure: how long each kind of failure can go unnoticed with nobody's traffic to help, worked out from the
 * configuration. One interval until the next question, then overlapping re-asks, then the last time-out.
 */
public final class WorstCase {
    /**
     * One figure with its working.
     *
     * @param what the failure, in words
     * @param terms the sum's terms, in order
     */
    public record Line(String what, List<Duration> terms) {
        public Line {
            terms = List.copyOf(terms);
        }

        public Duration total() {
            return terms.stream().reduce(Duration.ZERO, Duration::plus);
        }

        /** {@code 1.0 + 0.2 + 0.2 = 1.4 s}. */
        public String sum() {
            String sum = terms.stream().map(WorstCase::seconds).collect(Collectors.joining(" + "));
            return terms.size() == 1 ? sum + " s" : sum + " = " + seconds(total()) + " s";
        }
    }

    private final Config config;

    private WorstCase(Config config) {
        this.config = config;
    }

    public static WorstCase of(Config config) {
        return new WorstCase(config);
    }

    /** Process gone, port closed, wrong answer, connection reset: every question fails at once. */
    public Line killed() {
        return new Line(
                "service stopped, or answers wrongly → DOWN",
                repeated(config.ping().fall() - 1, false));
    }

    /** Process frozen: acknowledged and never answered. */
    public Line frozen() {
        return new Line(
                "service frozen or too slow → DOWN",
                silent(config.ping().fall(), config.ping().timeout()));
    }

    /** Machine off or unplugged: HTTP and ICMP fall silent together. */
    public Line off() {
        Line http = new Line(
                "machine off → DOWN", silent(config.ping().fall(), config.ping().timeout()));
        Line icmp = new Line(
                "machine off → DOWN", silent(config.icmp().fall(), config.icmp().timeout()));
        if (!config.icmp().enabled()) {
            return new Line(http.what(), uncorroborated().terms());
        }
        return icmp.total().compareTo(http.total()) > 0 ? icmp : http;
    }

    /** Silence without a second fact: a filter on the port, or ICMP not to be had. */
    public Line uncorroborated() {
        return new Line(
                "port filtered, or silence without a second fact → DOWN",
                silent(2 * config.ping().fall(), config.ping().timeout()));
    }

    /** First doubt: new requests go elsewhere. */
    public Line left() {
        return new Line(
                "any of these → no new requests",
                List.of(config.pollFreq(), config.ping().doubtAfter()));
    }

    /** Well again after a long time down. */
    public Line back() {
        return new Line("well again → UP", repeated(config.ping().rise() - 1, true));
    }

    /** All figures, most telling first. */
    public List<Line> lines() {
        return List.of(killed(), frozen(), off(), uncorroborated(), left(), back());
    }

    /** The longest time until a failure is declared. */
    public Line longest() {
        return List.of(killed(), frozen(), off(), uncorroborated()).stream()
                .max((a, b) -> a.total().compareTo(b.total()))
                .orElseThrow();
    }

    private List<Duration> repeated(int times, boolean whileDown) {
        Duration first = whileDown ? config.ping().downFreqMax() : config.pollFreq();
        return terms(first, times, config.ping().doubtFreq());
    }

    private List<Duration> silent(int failures, Duration timeout) {
        List<Duration> terms = new ArrayList<>(List.of(config.pollFreq()));
        if (failures > 1) {
            terms.addAll(terms(
                    config.ping().doubtAfter(), failures - 2, config.ping().doubtFreq()));
        }
        terms.add(timeout);
        return terms;
    }

    private static List<Duration> terms(Duration first, int times, Duration each) {
        List<Duration> terms = new ArrayList<>(List.of(first));
        for (int i = 0; i < times; i++) {
            terms.add(each);
        }
        return terms;
    }

    private static String seconds(Duration d) {
        String text = String.format(Locale.ROOT, "%.3f", d.toNanos() / 1e9);
        String cut = text.replaceAll("0+$", "");
        return cut.endsWith(".") ? cut + "0" : cut;
    }
}
