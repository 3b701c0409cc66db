package io.echogate.bench;

import static org.awaitility.Awaitility.await;

import io.echogate.clock.Clock;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * {@code ./bench/probes http}: how thousands of members are asked at {@code pollFreq: 1s}, with HAProxy's checks of the
 * same members beside it, and what 200 members that freeze at once do to the others. All members are addresses of
 * 127.0.0.0/8 that two processes serve, one of which is the one that freezes. HAProxy serves them, too, since they share
 * the processors with what is measured and it costs the least.
 */
final class HttpScale {
    private static final Clock CLOCK = Clock.system();
    private static final int FROZEN = 200;
    private static final Duration WARM_UP = Duration.ofSeconds(12);
    private static final Duration WINDOW = Duration.ofSeconds(8);

    /** Long enough to hold what is rare: a collection, and the scrape that begins it. */
    private static final Duration LAG_WINDOW = Duration.ofSeconds(20);

    private final Path directory;
    private final int members;
    private final int wellPort;
    private final Child freezing;
    private final int freezingPort;
    private int run;

    private HttpScale(Path directory, int members, int wellPort, Child freezing, int freezingPort) {
        this.directory = directory;
        this.members = members;
        this.wellPort = wellPort;
        this.freezing = freezing;
        this.freezingPort = freezingPort;
    }

    /** @param args each {@code MEMBERS:ROUNDS}, rounds beside HAProxy */
    static void main(String[] args) throws IOException {
        Path directory = Files.createTempDirectory("echogate-bench-");
        int wellPort = freePort();
        int freezingPort = freePort();
        try (Child well = machines(directory, "well", wellPort);
                Child freezing = machines(directory, "freezing", freezingPort)) {
            pause(Duration.ofSeconds(1));
            well.requireAlive();
            freezing.requireAlive();
            for (String arg : args) {
                String[] part = arg.split(":", 2);
                new HttpScale(directory, Integer.parseInt(part[0]), wellPort, freezing, freezingPort)
                        .measure(Integer.parseInt(part[1]));
            }
        } finally {
            try (var files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    static Child machines(Path directory, String name, int port) throws IOException {
        Path config = directory.resolve(name + ".cfg");
        Files.writeString(config, """
                global
                    maxconn 8000
                    nbthread 1
                defaults
                    mode http
                    timeout client 10s
                frontend machines
                    bind 0.0.0.0:%d
                    http-request return status 200 content-type text/plain string pong
                """.formatted(port));
        return Child.start(directory.resolve(name + ".log"), List.of("haproxy", "-db", "-f", config.toString()));
    }

    private void measure(int rounds) throws IOException {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            ours.add(echogateAlone());
            theirs.add(haproxy());
            ratios.add(ours.getLast() / theirs.getLast());
        }
        if (rounds > 0) {
            print(String.format(
                    Locale.ROOT,
                    "%d members, GET /ping each second, %d rounds in turn: processor time per check, median (all)",
                    members,
                    rounds));
            print(String.format(
                    Locale.ROOT,
                    "  echogate %s µs   haproxy %s µs   ratio %s",
                    spread(ours),
                    spread(theirs),
                    spread(ratios)));
        }
        freeze();
    }

    /** With HTTP alone, as HAProxy asks; microseconds of processor time per check. */
    private double echogateAlone() throws IOException {
        try (Child monitor = monitor(false);
                Gauge gauge = gauge(monitor)) {
            pause(WARM_UP);
            long began = CLOCK.nanos();
            Gauge.Reading before = gauge.read();
            long cpu = cpuOf(monitor, WINDOW);
            Gauge.Reading after = gauge.read();
            double seconds = (CLOCK.nanos() - began) / 1e9;
            double perSecond = after.since(before, "http", "answered") / seconds;
            return cpu / 1e3 / (perSecond * WINDOW.toSeconds());
        }
    }

    private double haproxy() throws IOException {
        Path config = directory.resolve("haproxy-" + ++run + ".cfg");
        Files.writeString(config, haproxyConfig());
        try (Child haproxy = Child.start(
                directory.resolve("haproxy-" + run + ".log"), List.of("haproxy", "-db", "-f", config.toString()))) {
            pause(WARM_UP);
            haproxy.requireAlive();
            long cpu = cpuOf(haproxy, WINDOW);
            return cpu / 1e3 / ((double) members * WINDOW.toSeconds());
        }
    }

    private static long cpuOf(Child child, Duration window) {
        long before = child.cpuNanos();
        pause(window);
        return child.cpuNanos() - before;
    }

    /** Everything on, ICMP too: from the start to a freeze of {@link #FROZEN} members and back. */
    private void freeze() throws IOException {
        try (Child monitor = monitor(true);
                Gauge gauge = gauge(monitor)) {
            print(String.format(
                    Locale.ROOT,
                    "%d members by HTTP and ICMP each second on %d processors",
                    members,
                    Runtime.getRuntime().availableProcessors()));
            print("  everybody asked for the first time, after the start: "
                    + monitor.said("everybody_asked .* after_millis=(\\d+)") + " ms");
            pause(WARM_UP);
            Gauge.Reading quiet = gauge.read();
            window("all well", monitor, gauge, quiet);

            Gauge.Reading before = gauge.read();
            freezing.signal("STOP");
            try {
                pause(Duration.ofMillis(2_200 + 300));
                print(String.format(
                        Locale.ROOT,
                        "  frozen %d: named DOWN FROZEN within 2.5 s: %d",
                        FROZEN,
                        gauge.members("DOWN", "FROZEN")));
                window("while frozen", monitor, gauge, before);
                print(String.format(
                        Locale.ROOT, "  others not UP meanwhile: %d", members - FROZEN - gauge.members("UP", "NONE")));
            } finally {
                freezing.signal("CONT");
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> gauge.members("UP", "NONE") == members);
            print(String.format(
                    Locale.ROOT, "  all UP again; resident memory at its highest %d MiB", monitor.peakMebibytes()));
        }
    }

    private void window(String name, Child monitor, Gauge gauge, Gauge.Reading before) {
        long cpu = cpuOf(monitor, LAG_WINDOW);
        Gauge.Reading after = gauge.read();
        double failed = 0;
        for (String outcome : List.of("silent", "connect_silent", "refused", "reset", "stalled", "overdue")) {
            failed += after.since(before, "http", outcome) + after.since(before, "icmp", outcome);
        }
        print(String.format(
                Locale.ROOT,
                "  %s: %.0f %% of one core; asked later than planned: p50 <= %.1f ms, p99 <= %.1f ms, %.3f %% within 20 ms;"
                        + " failed or overdue: %.0f",
                name,
                100.0 * cpu / LAG_WINDOW.toNanos(),
                after.lagMillis(before, 0.50),
                after.lagMillis(before, 0.99),
                100 * after.lagWithin(before, 0.02),
                failed));
    }

    private Child monitor(boolean icmp) throws IOException {
        Path config = directory.resolve("monitor-" + ++run + ".yaml");
        Files.writeString(config, echogateConfig(icmp));
        return Child.echogate(directory.resolve("monitor-" + run + ".log"), "monitor", "--config", config.toString());
    }

    private static Gauge gauge(Child monitor) {
        return new Gauge(Integer.parseInt(monitor.said("monitor_listening .* admin=.*:(\\d+)")));
    }

    private String echogateConfig(boolean icmp) {
        StringBuilder yaml = new StringBuilder("listen: 127.0.0.1:0\nadmin: 127.0.0.1:0\npollFreq: 1s\n");
        yaml.append("stateDir: ").append(directory.resolve("state-" + run)).append('\n');
        yaml.append("icmp: {enabled: ").append(icmp).append("}\nmembers:\n");
        for (int i = 0; i < members; i++) {
            yaml.append("  - {name: M")
                    .append(i)
                    .append(", url: \"http://")
                    .append(address(i))
                    .append("\"}\n");
        }
        return yaml.toString();
    }

    private String haproxyConfig() {
        StringBuilder text = new StringBuilder("""
                global
                    maxconn 1000
                defaults
                    mode http
                    timeout connect 800ms
                    timeout check 800ms
                    timeout client 10s
                    timeout server 10s
                frontend clients
                    bind %s
                    default_backend members
                backend members
                    option httpchk
                    http-check send meth GET uri /ping ver HTTP/1.1 hdr Host echogate
                    http-check expect string pong
                    default-server check inter 1s fastinter 200ms downinter 1s fall 3 rise 2
                """.formatted(directory.resolve("clients.sock")));
        for (int i = 0; i < members; i++) {
            text.append("    server m").append(i).append(' ').append(address(i)).append('\n');
        }
        return text.toString();
    }

    /** The first {@link #FROZEN} are on the machine service that freezes. */
    private String address(int i) {
        return host(i) + ':' + (i < FROZEN ? freezingPort : wellPort);
    }

    /** Of 127.0.0.0/8, another for each. */
    static String host(int i) {
        return "127." + (1 + i / 62_500) + '.' + (i / 250 % 250) + '.' + (1 + i % 250);
    }

    private static String spread(List<Double> figures) {
        double[] sorted = figures.stream().mapToDouble(d -> d).sorted().toArray();
        return String.format(
                Locale.ROOT, "%.2f (%.2f to %.2f)", sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }

    static void pause(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(10)).until(() -> true);
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
