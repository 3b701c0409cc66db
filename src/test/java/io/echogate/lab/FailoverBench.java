package io.echogate.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * {@code ./bench/failover}: what clients notice of a member's failure behind Echogate and behind its peers. In each round
 * every proxy has its turn, and the next round begins with another, so that what disturbs the machine disturbs all.
 */
final class FailoverBench {
    private static final Path LOGS = Path.of("target/failover").toAbsolutePath();

    private final FailoverOptions options;
    private final Stand stand;

    private FailoverBench(FailoverOptions options, Stand stand) {
        this.options = options;
        this.stand = stand;
    }

    @SuppressWarnings("SystemExitOutsideMain")
    static void main(String[] args) {
        try {
            FailoverOptions options = FailoverOptions.of(args);
            try (Stand stand = new Stand(options.members())) {
                new FailoverBench(options, stand).run();
            }
        } catch (FailoverOptions.WrongException e) {
            System.err.println("bench/failover: " + e.getMessage());
            System.exit(2);
        }
    }

    private void run() {
        for (Blow blow : options.blows()) {
            Map<Balancer, List<Cell>> cells = new EnumMap<>(Balancer.class);
            for (int round = 0; round < options.rounds(); round++) {
                List<Balancer> order = new ArrayList<>(options.balancers());
                Collections.rotate(order, -round);
                for (Balancer balancer : order) {
                    cells.computeIfAbsent(balancer, b -> new ArrayList<>()).add(measure(blow, balancer, round));
                }
            }
            report(
                    blow,
                    options.balancers().stream()
                            .map(b -> new Trial(b, cells.getOrDefault(b, List.of())))
                            .toList());
        }
    }

    private Cell measure(Blow blow, Balancer balancer, int round) {
        String name = blow.key() + "-" + options.members() + "-" + balancer.key() + "-" + (round + 1);
        Cell cell = stand.measure(blow, balancer, round, Stand.fresh(LOGS.resolve(name)), options.load());
        System.err.print(name + " " + new Trial(balancer, List.of(cell)).row());
        return cell;
    }

    private void report(Blow blow, List<Trial> trials) {
        StringBuilder text = new StringBuilder("### ")
                .append(blow.key())
                .append(", ")
                .append(options.members())
                .append(" members\n\n")
                .append(Trial.HEAD);
        trials.forEach(trial -> text.append(trial.row()));
        trials.stream()
                .filter(t -> t.balancer() == Balancer.ECHOGATE)
                .findFirst()
                .ifPresent(ours -> text.append('\n')
                        .append(Verdict.of(blow, ours, others(trials)))
                        .append('\n'));
        text.append('\n');
        System.out.print(text);
        append(text.toString());
    }

    private static List<Trial> others(List<Trial> trials) {
        return trials.stream().filter(t -> t.balancer() != Balancer.ECHOGATE).toList();
    }

    private void append(String text) {
        Path table = options.table();
        if (table == null) {
            return;
        }
        try {
            Files.writeString(table, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
