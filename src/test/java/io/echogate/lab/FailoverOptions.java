package io.echogate.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The command line of {@code ./bench/failover}.
 *
 * @param load what is handed to {@code bench/native/arrivals.c}
 * @param table the file for the tables; none if {@code null}
 */
record FailoverOptions(
        List<Blow> blows,
        List<Balancer> balancers,
        int members,
        int rounds,
        List<String> load,
        @Nullable Path table) {
    /** A wrong command line. */
    static final class WrongException extends RuntimeException {
        private static final long serialVersionUID = 1;

        WrongException(String message) {
            super(message);
        }
    }

    static FailoverOptions of(String... args) {
        List<Blow> blows = new ArrayList<>();
        List<Balancer> balancers = List.of(Balancer.values());
        int members = 2;
        int rounds = 1;
        List<String> load = new ArrayList<>();
        Path table = null;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--members" -> members = number(args, ++i, 2, 20);
                case "--rounds" -> rounds = number(args, ++i, 1, 100);
                case "--rate" -> load.add("rate=" + number(args, ++i, 10, 5000));
                case "--table" -> table = Path.of(value(args, ++i));
                case "--proxies" ->
                    balancers = Arrays.stream(value(args, ++i).split(","))
                            .map(key -> named(key, Balancer.values(), Balancer::key))
                            .toList();
                default -> blows.add(named(args[i], Blow.values(), Blow::key));
            }
        }
        List<Blow> all = blows.isEmpty() ? List.of(Blow.values()) : blows;
        return new FailoverOptions(all, balancers, members, rounds, load, table);
    }

    private static String value(String[] args, int i) {
        if (i >= args.length) {
            throw new WrongException(args[i - 1] + " needs a value");
        }
        return args[i];
    }

    private static int number(String[] args, int i, int least, int most) {
        String text = value(args, i);
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new WrongException(args[i - 1] + " needs a whole number from " + least + " to " + most);
        }
        return Integer.parseInt(text);
    }

    private static <T> T named(String key, T[] all, Function<T, String> name) {
        return Arrays.stream(all)
                .filter(t -> name.apply(t).equals(key))
                .findFirst()
                .orElseThrow(() -> new WrongException("unknown: " + key + "; there are "
                        + String.join(" ", Arrays.stream(all).map(name).toList())));
    }
}
