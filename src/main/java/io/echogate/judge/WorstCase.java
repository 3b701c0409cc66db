package io.echogate.judge;

import io.echogate.config.Config;
import io.echogate.model.Ask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /**
     * Machine off or unplugged: HTTP and ICMP fall silent together, and the slower of the two decides, unless HTTP alone
     * has convicted before.
     */
    public Line off() {
        String what = "machine off → DOWN";
        Line alone = new Line(what, uncorroborated().terms());
        if (!config.icmp().enabled()) {
            return alone;
        }
        Line http = new Line(what, silent(config.ping().fall(), config.ping().timeout()));
        Line icmp = new Line(what, silent(config.icmp().fall(), config.icmp().timeout()));
        Line both = shorter(http, icmp) ? icmp : http;
        return shorter(alone, both) ? alone : both;
    }

    private static boolean shorter(Line a, Line b) {
        return a.total().compareTo(b.total()) < 0;
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

    /** Well again, but it keeps going down. */
    private Line heldDown() {
        long longest = new Steadiness(Steadiness.MOST_RELAPSES, 0, true)
                .holdNanos(config.ping().holdDown().toNanos());
        return new Line(
                "well again, but it flaps → UP, at most",
                List.of(back().terms().getFirst(), Duration.ofNanos(longest)));
    }

    /** Machine off, watched by ICMP alone: nothing corroborates its silence. */
    public Line watchedOff() {
        return new Line(
                "watched by ICMP alone, machine off → DOWN",
                silent(2 * config.icmp().fall(), config.icmp().timeout()));
    }

    /** There may be nobody of that kind. */
    private Stream<Line> machineOff() {
        return byIcmpAlone(watchedOff());
    }

    /** Well again, watched by ICMP alone. */
    public Line watchedBack() {
        return new Line(
                "watched by ICMP alone, well again → UP",
                terms(config.pollFreq(), config.icmp().rise() - 1, config.ping().doubtFreq()));
    }

    private Stream<Line> byIcmpAlone(Line line) {
        boolean somebody = config.watch().stream().anyMatch(a -> a.ask() == Ask.ICMP);
        return config.icmp().enabled() && somebody ? Stream.of(line) : Stream.empty();
    }

    /** All figures, most telling first. */
    public List<Line> lines() {
        Stream<Line> members = Stream.of(killed(), frozen(), off(), uncorroborated(), left(), back());
        Stream<Line> held = config.ping().holdDown().isZero() ? Stream.empty() : Stream.of(heldDown());
        Stream<Line> watched = Stream.concat(machineOff(), byIcmpAlone(watchedBack()));
        return Stream.of(members, held, watched).flatMap(lines -> lines).toList();
    }

    /** The longest time until a failure is declared. */
    public Line longest() {
        return Stream.concat(Stream.of(killed(), frozen(), off(), uncorroborated()), machineOff())
                .max((a, b) -> a.total().compareTo(b.total()))
                .orElseThrow();
    }

    private List<Duration> repeated(int times, boolean whileDown) {
        Duration first = whileDown ? config.ping().downFreqMax() : config.pollFreq();
        return terms(first, times, config.ping().doubtFreq());
    }

    private List<Duration> silent(int failures, Duration timeout) {
        List<Duration> terms = new ArrayList<>(List.of(config.pollFreq()));
        terms.addAll(gaps(failures - 1));
        terms.add(timeout);
        return terms;
    }

    /**
     * Start to start of the questions that follow an unanswered one. Until it is overdue they come every
     * {@code pollFreq}; then at once, but not sooner than {@code doubtFreq} after the last; then every {@code doubtFreq}.
     */
    private List<Duration> gaps(int count) {
        Duration overdue = config.ping().doubtAfter();
        List<Duration> gaps = new ArrayList<>();
        Duration last = Duration.ZERO;
        while (gaps.size() < count) {
            Duration soonest = last.plus(config.ping().doubtFreq());
            Duration doubted = soonest.compareTo(overdue) > 0 ? soonest : overdue;
            Duration usual = last.plus(config.pollFreq());
            Duration next = usual.compareTo(doubted) < 0 ? usual : doubted;
            gaps.add(next.minus(last));
            last = next;
        }
        return gaps;
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
