package io.echogate.lab;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The hosts of {@code bench/failover}: members, a proxy, and one that sends the load. Members and proxy are started anew
 * for each cell, so that none remembers what happened in another.
 */
final class Stand implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int STATS_MILLIS = 50;
    private static final String PROXY = "1.2.3.150";

    private final Switch network;
    private final List<Host> hosts;
    private final Host middle;
    private final Host clients;
    private List<Member> members = List.of();

    Stand(int members) {
        network = Switch.plugIn();
        hosts = IntStream.rangeClosed(1, members)
                .mapToObj(i -> network.host("s" + i, "1.2.3." + (100 + i)))
                .toList();
        middle = network.host("proxy", PROXY);
        clients = network.host("clients", "1.2.3.160");
    }

    Switch network() {
        return network;
    }

    List<Member> members() {
        return members;
    }

    /** The preferred member, which is the one that is struck. */
    Member first() {
        return members.getFirst();
    }

    /**
     * One cell: everything started, the load, the blow, and everything ended.
     *
     * @param logs an empty directory for what everybody wrote
     */
    Cell measure(Blow blow, Balancer balancer, int round, Path logs, List<String> load) {
        members = hosts.stream().map(host -> new Member(host, logs).begin()).toList();
        members.forEach(Member::awaitListening);
        Path config = logs.resolve("config");
        Text.write(config, balancer.config(hosts, logs));
        HostProcess proxy = middle.start(logs.resolve("proxy.log"), balancer.command(config, logs));
        try {
            proxy.awaitListening(Lab.PORT);
            awaitAnswer();
            return strike(blow, balancer, round, logs, load);
        } finally {
            end(proxy, balancer);
            members.forEach(Member::kill);
        }
    }

    /** nginx has children that only it can end. */
    private static void end(HostProcess proxy, Balancer balancer) {
        if (balancer == Balancer.NGINX || balancer == Balancer.NGINX_TUNED) {
            proxy.stop();
        } else {
            proxy.kill();
        }
    }

    private void awaitAnswer() {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .untilAsserted(
                        () -> clients.run("curl -sSf -o /dev/null --max-time 2 http://" + PROXY + ":3000/small"));
    }

    private Cell strike(Blow blow, Balancer balancer, int round, Path logs, List<String> options) {
        Path record = logs.resolve("arrivals");
        Path said = logs.resolve("load.log");
        List<String> command = new ArrayList<>(List.of(
                Path.of("target/bench/arrivals").toAbsolutePath().toString(), PROXY, Lab.PORT + "", record.toString()));
        command.addAll(options);
        command.add("seconds=" + Timeline.whole(round));
        HostProcess load = clients.start(said, command);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .failFast(load::requireAlive)
                .until(() -> load.output().contains("\n"));
        long began =
                Long.parseLong(load.output().lines().findFirst().orElseThrow().split(" ")[1]);
        Timeline time = Timeline.beginning(began, round);
        Optional<Notice> notice = play(blow, balancer, logs, time);
        load.awaitEnd();
        String last = load.output().lines().reduce((a, b) -> b).orElseThrow();
        return new Cell(
                blow,
                Arrival.read(record, began),
                time.struck(),
                time.mended(),
                notice.or(() -> noticeInEvents(balancer, logs, time)),
                doubled(),
                Long.parseLong(last.replaceAll(".*lag_p99=(\\d+) .*", "$1")));
    }

    private Optional<Notice> play(Blow blow, Balancer balancer, Path logs, Timeline time) {
        Path socket = logs.resolve("haproxy.sock");
        List<Notice> seen = new ArrayList<>();
        Thread watch = Thread.ofVirtual().unstarted(() -> {
            while (seen.isEmpty() && time.mended() == 0) {
                Notice.onSocket(socket, first().name()).ifPresent(seen::add);
                Lab.pass(Duration.ofMillis(STATS_MILLIS));
            }
        });
        if (balancer.source() == Notice.Source.STATS) {
            watch.start();
        }
        blow.script.play(this, time);
        try {
            watch.join(Duration.ofSeconds(5));
        } catch (IllegalThreadStateException notStarted) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return seen.stream().findFirst();
    }

    private Optional<Notice> noticeInEvents(Balancer balancer, Path logs, Timeline time) {
        if (balancer.source() != Notice.Source.EVENTS) {
            return Optional.empty();
        }
        String events = fromAdmin("/-/api/v1/events?after=0");
        Text.write(logs.resolve("events.json"), events);
        Text.write(logs.resolve("metrics.txt"), fromAdmin("/-/metrics"));
        return Notice.inEvents(events, first().name(), time.struck());
    }

    private String fromAdmin(String path) {
        return Run.now(Run.inside(middle.namespace(), List.of("curl", "-sSf", "http://127.0.0.1:3001" + path))
                .toArray(String[]::new));
    }

    /** How many requests ran more than once at the members. */
    private long doubled() {
        List<String> ran = members.stream().flatMap(m -> m.ran().stream()).toList();
        return ran.size() - ran.stream().distinct().count();
    }

    static Path fresh(Path directory) {
        try {
            Run.now("rm", "-rf", directory.toString());
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
