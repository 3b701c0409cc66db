package io.echogate.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The rounds of one blow with one proxy, as a row of a table: medians, and sums where every single one counts. */
record Trial(Balancer balancer, List<Cell> cells) {
    static final String HEAD =
            "| proxy | idempotent failed | others failed | how | late | worst ms | p99.9 ms | others' worst ms"
                    + " | before p99.9 ms | noticed for s | knew after s | said | back after s | ran twice |\n"
                    + "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n";

    /** The median; NaN, which stands for "never", counts as the longest. */
    double median(ToDoubleFunction<Cell> figure) {
        double[] sorted = cells.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** Over the requests of all rounds: one round has too few for it. */
    double p999Millis() {
        return Cell.quantileMillis(cells.stream().flatMapToLong(c -> c.waits(true)), 0.999);
    }

    /** The same before the blow. */
    double usualMillis() {
        return Cell.quantileMillis(cells.stream().flatMapToLong(Cell::usual), 0.999);
    }

    double worstMillis(boolean idempotent) {
        return median(c -> c.worstMillis(idempotent));
    }

    long sum(ToLongFunction<Cell> figure) {
        return cells.stream().mapToLong(figure).sum();
    }

    private String how() {
        Map<String, Long> all = new TreeMap<>();
        cells.forEach(cell -> cell.failures().forEach((kind, n) -> all.merge(kind, n, Long::sum)));
        return all.isEmpty()
                ? "–"
                : all.entrySet().stream()
                        .map(e -> e.getValue() + " " + e.getKey())
                        .collect(Collectors.joining(", "));
    }

    private String said() {
        List<String> words = new ArrayList<>();
        cells.forEach(cell -> cell.notice().ifPresent(n -> words.add(n.what())));
        return words.isEmpty()
                ? "–"
                : String.join(", ", words.stream().distinct().toList());
    }

    private static String seconds(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.2f", value);
    }

    private static String millis(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
    }

    private long disturbed() {
        return cells.stream().filter(Cell::disturbed).count();
    }

    String row() {
        String name = balancer.key() + (disturbed() > 0 ? " (load late in " + disturbed() + ")" : "");
        return "| "
                + String.join(
                        " | ",
                        name,
                        sum(c -> c.failed(true)) + " of " + sum(c -> c.sent(true)),
                        sum(c -> c.failed(false)) + " of " + sum(c -> c.sent(false)),
                        how(),
                        Long.toString(sum(Cell::late)),
                        millis(worstMillis(true)),
                        millis(p999Millis()),
                        millis(worstMillis(false)),
                        millis(usualMillis()),
                        Double.isNaN(median(Cell::noticedSeconds)) ? "all" : seconds(median(Cell::noticedSeconds)),
                        seconds(median(Cell::knewSeconds)),
                        said(),
                        seconds(median(Cell::backSeconds)),
                        Long.toString(sum(Cell::doubled)))
                + " |\n";
    }
}
