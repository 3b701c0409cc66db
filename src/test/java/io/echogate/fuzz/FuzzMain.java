package io.echogate.fuzz;

import io.echogate.clock.Clock;
import io.echogate.relay.RelayFuzz;
import java.util.ArrayList;
import java.util.List;

/** {@code ./bench/fuzz [seconds [seed]]}: every target in turn until the time is up. A finding is printed and ends it with 1. */
public final class FuzzMain {
    private static final int PARSED = 2_000;
    private static final int CARRIED = 500;
    private static final int RELAYED = 40;

    private FuzzMain() {}

    public static void main(String[] args) throws Exception {
        try {
            if (args.length == 4 && args[0].equals("again")) {
                again(args[1], Long.parseLong(args[2]), args[3]);
            } else {
                run(Long.parseLong(args[0]), Long.parseLong(args[1]));
            }
        } catch (AssertionError e) {
            System.out.println("FINDING " + e.getMessage());
            Throwable cause = e.getCause();
            if (cause != null) {
                cause.printStackTrace(System.out);
            }
            System.exit(1);
        }
    }

    private static void run(long seconds, long seed) throws Exception {
        Clock clock = Clock.system();
        long end = clock.nanos() + seconds * 1_000_000_000;
        List<Fuzz> all = new ArrayList<>(Fuzz.pure());
        try (RelayFuzz relay = new RelayFuzz()) {
            all.add(new Fuzz("relay-request", "requests.txt", relay::request));
            all.add(new Fuzz("relay-answer", "answers.txt", relay::answer));
            all.forEach(f -> f.corpus(seed));
            while (clock.nanos() < end) {
                for (Fuzz f : all) {
                    f.mutants(seed, batch(f.name()));
                }
                relay.settled();
            }
            relay.settled();
        }
        all.forEach(System.out::println);
        System.out.println("fuzz: " + all.stream().mapToLong(Fuzz::tried).sum() + " inputs, no finding, seed " + seed);
    }

    private static int batch(String name) {
        return switch (name) {
            case "requests", "answers" -> CARRIED;
            case "relay-request", "relay-answer" -> RELAYED;
            default -> PARSED;
        };
    }

    private static void again(String name, long seed, String hex) throws Exception {
        try (RelayFuzz relay = new RelayFuzz()) {
            List<Fuzz> all = new ArrayList<>(Fuzz.pure());
            all.add(new Fuzz("relay-request", "requests.txt", relay::request));
            all.add(new Fuzz("relay-answer", "answers.txt", relay::answer));
            all.stream().filter(f -> f.name().equals(name)).forEach(f -> f.again(seed, hex));
            relay.settled();
        }
        System.out.println("fuzz: nothing found");
    }
}
