package io.echogate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** System calls that a proxy makes for a request, as counted by perf(1) in a run of its own. */
final class SystemCalls {
    private static final Pattern COUNT = Pattern.compile("(?m)^(\\d+),,raw_syscalls:sys_enter");
    private static final double SECONDS = 1;
    private static final String PERF = "perf";

    private SystemCalls() {}

    /** Empty where perf is missing or may not count. */
    static OptionalDouble perRequest(Bed bed, Bed.Proxy proxy, List<String> load) {
        if (!available()) {
            return OptionalDouble.empty();
        }
        try {
            Path log = Files.createTempFile("echogate-perf-", ".log");
            try (Child perf = Child.start(
                    log,
                    List.of(
                            PERF,
                            "stat",
                            "-x,",
                            "-e",
                            "raw_syscalls:sys_enter",
                            "-p",
                            proxy.child().pids()))) {
                RelayRound round = RelayRound.measure(bed, proxy, load, SECONDS);
                perf.signal("INT");
                perf.ended();
                Matcher count = COUNT.matcher(perf.output());
                return count.find()
                        ? OptionalDouble.of(Double.parseDouble(count.group(1))
                                / round.cost().echoes())
                        : OptionalDouble.empty();
            } finally {
                Files.delete(log);
            }
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }

    private static boolean available() {
        for (String directory : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(directory, PERF))) {
                return true;
            }
        }
        return false;
    }
}
