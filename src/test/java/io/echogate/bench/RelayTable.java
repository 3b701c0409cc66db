package io.echogate.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The rounds of one case as a table in Markdown: medians, and ratios of rounds pair by pair. */
final class RelayTable {
    private static final List<String> HEAD = List.of(
            "proxy",
            "CPU per request",
            "× HAProxy",
            "× nginx",
            "requests/s",
            "p50",
            "p99",
            "p99.9",
            "p99 × HAProxy",
            "resident",
            "calls/request",
            "segments/request");

    private final RelayCase what;
    private final Map<RelayPeer, List<RelayRound>> rounds;
    private final Map<RelayPeer, Double> calls;

    RelayTable(RelayCase what, Map<RelayPeer, List<RelayRound>> rounds, Map<RelayPeer, Double> calls) {
        this.what = what;
        this.rounds = rounds;
        this.calls = calls;
    }

    String text() {
        List<String> lines = new ArrayList<>(List.of("**" + what.title() + "** (`" + what.key() + "`)", ""));
        lines.add(line(HEAD));
        lines.add("|" + "---|".repeat(HEAD.size()));
        rounds.forEach((peer, own) -> lines.add(line(row(peer, own))));
        verdict().ifPresent(v -> lines.addAll(List.of("", v)));
        lines.add("");
        return String.join("\n", lines);
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private List<String> row(RelayPeer peer, List<RelayRound> own) {
        long errors = own.stream().mapToLong(r -> r.cost().lost()).sum();
        return List.of(
                peer.key() + (errors == 0 ? "" : " (" + errors + " errors)"),
                number("%.2f µs", Sample.median(own, RelayRound::cpuMicros)),
                ratio(peer, what.measure(), RelayRound::cpuMicros),
                ratio(peer, RelayPeer.NGINX, RelayRound::cpuMicros),
                number("%,.0f", Sample.median(own, r -> r.cost().perSecond())),
                micros(own, RelayRound::p50),
                micros(own, RelayRound::p99),
                micros(own, RelayRound::p999),
                ratio(peer, what.measure(), RelayRound::p99),
                number("%.1f MiB", Sample.median(own, RelayRound::resident) / 1024),
                Optional.ofNullable(calls.get(peer)).map(n -> number("%.2f", n)).orElse("not measured"),
                number("%.2f", Sample.median(own, RelayRound::segmentsPerRequest)));
    }

    private static String micros(List<RelayRound> own, ToDoubleFunction<RelayRound> of) {
        double micros = Sample.median(own, of);
        return micros < 1_000 ? number("%.0f µs", micros) : number("%.2f ms", micros / 1e3);
    }

    /** The median of the ratios within rounds, with the least and the greatest. */
    private String ratio(RelayPeer peer, RelayPeer to, ToDoubleFunction<RelayRound> of) {
        if (peer == to) {
            return "1";
        }
        double[] sorted = ratios(peer, to, of);
        return sorted.length == 0
                ? "–"
                : String.format(Locale.ROOT, "%.2f (%.2f–%.2f)", middle(sorted), sorted[0], sorted[sorted.length - 1]);
    }

    private double[] ratios(RelayPeer peer, RelayPeer to, ToDoubleFunction<RelayRound> of) {
        List<RelayRound> own = rounds.getOrDefault(peer, List.of());
        List<RelayRound> others = rounds.getOrDefault(to, List.of());
        double[] ratios = new double[Math.min(own.size(), others.size())];
        Arrays.setAll(ratios, i -> of.applyAsDouble(own.get(i)) / of.applyAsDouble(others.get(i)));
        Arrays.sort(ratios);
        return ratios;
    }

    private static double middle(double[] sorted) {
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** Whether ours is where it should be. */
    private Optional<String> verdict() {
        double[] cpu = ratios(RelayPeer.ECHOGATE, what.measure(), RelayRound::cpuMicros);
        double[] p99 = ratios(RelayPeer.ECHOGATE, what.measure(), RelayRound::p99);
        if (cpu.length == 0) {
            return Optional.empty();
        }
        String wanted = what.target() == 0
                ? "none"
                : number("≤ %.2f", what.target()) + (middle(cpu) <= what.target() ? ", reached" : ", not reached");
        return Optional.of(String.format(
                Locale.ROOT,
                "Target of %s against %s: CPU %s; p99 ≤ 1.00, %s.",
                what.key(),
                what.measure().key(),
                wanted,
                middle(p99) <= 1 ? "reached" : "not reached"));
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
