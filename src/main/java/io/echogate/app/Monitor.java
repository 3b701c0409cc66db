package io.echogate.app;

import io.echogate.clock.Chance;
import io.echogate.clock.Clock;
import io.echogate.config.Config;
import io.echogate.fleet.FleetWriter;
import io.echogate.history.AccessLog;
import io.echogate.history.History;
import io.echogate.history.OrderFile;
import io.echogate.history.Recorder;
import io.echogate.meter.Meters;
import io.echogate.model.Access;
import io.echogate.net.EventLoops;
import io.echogate.probe.Prober;
import io.echogate.relay.Relay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running monitor: everything is made here, joined here, and closed here in the opposite order. Clients are let go
 * first, then nobody is asked any more, then the page says goodbye.
 */
final class Monitor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Monitor.class);

    private static final long RECALL_MILLIS = 300;

    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    private boolean running;
    private int clientPort;
    private int adminPort;

    private Monitor() {}

    static Monitor start(Config config) throws IOException {
        return start(config, null);
    }

    /**
     * Starts all parts, or none: what had started is closed again when a later part cannot start.
     *
     * @param record where to record what is heard, or null
     */
    static Monitor start(Config config, @Nullable RecordTo record) throws IOException {
        Monitor monitor = new Monitor();
        try {
            monitor.startParts(config, record);
            return monitor;
        } catch (IOException | RuntimeException e) {
            monitor.close();
            throw e;
        }
    }

    /** What every part is given. */
    record Ground(
            Config config,
            Clock clock,
            Meters meters,
            FleetWriter fleet,
            @Nullable History history,
            Operator operator,
            Carried carried,
            Insights insights,
            @Nullable Path pageSocket) {}

    private void startParts(Config config, @Nullable RecordTo record) throws IOException {
        Clock clock = Clock.system();
        AtomicReference<IntToLongFunction> answered = new AtomicReference<>(index -> Long.MIN_VALUE);
        ExecutorService writerThread = keep(Executors.newSingleThreadExecutor(Monitor::writerThread));
        long epoch = clock.now().toEpochMilli();
        FleetWriter fleet = new FleetWriter(
                config, clock, epoch, writerThread, index -> answered.get().applyAsLong(index));
        if (record != null) {
            startRecording(record, fleet);
        }
        Meters meters = new Meters();
        CompletableFuture<Void> recalled = new CompletableFuture<>();
        History history = startHistory(config, clock, meters, fleet, recalled);
        Operator operator = keep(new Operator(fleet, clock, orderFile(config), history));
        operator.recall();
        Ground ground = new Ground(
                config,
                clock,
                meters,
                fleet,
                history,
                operator,
                new Carried(),
                new Insights(config),
                config.page() ? keep(PrivateDirectory.make()).resolve("page.sock") : null);

        Starting<Shown> page = keep(Starting.begin("page-start", () -> Shown.start(ground)));
        await(recalled);
        startProbes(ground);
        adminPort = page.get().page().port();
        Relay relay = startRelay(ground);
        answered.set(relay::lastAnsweredNanos);
        operator.begin(relay);
        ground.carried().begin(relay);

        clientPort = relay.address().getPort();
        running = true;
        if (history != null) {
            history.store();
        }
        log.info(
                "monitor_listening clients={} admin={}:{}",
                relay.address(),
                config.admin().host(),
                adminPort);
    }

    /** Closed last, so that it has everything. */
    private void startRecording(RecordTo record, FleetWriter fleet) throws IOException {
        Recorder recorder = record.begin(fleet.get());
        started.addLast(recorder);
        fleet.tap(recorder);
    }

    /** Closed last, but for a recording. Where nothing was stored yet, there is no hurry to begin. */
    private @Nullable History startHistory(
            Config config, Clock clock, Meters meters, FleetWriter fleet, CompletableFuture<Void> recalled) {
        Path directory = stateDirectory(config);
        if (!config.history().enabled()) {
            recalled.complete(null);
            return null;
        }
        Path file = directory.resolve("history-" + StateDirectory.own(config) + ".db");
        History history = History.begin(config.history(), file, clock, meters, fleet.get(), known -> {
            fleet.accept(known);
            recalled.complete(null);
        });
        started.addLast(history);
        fleet.tap(history);
        if (config.history().url() != null || Files.exists(file)) {
            history.store();
        } else {
            recalled.complete(null);
        }
        return history;
    }

    /** What an earlier run knew is worth a moment, and no more: monitoring does not wait for a database. */
    private static void await(CompletableFuture<Void> recalled) {
        try {
            recalled.get(RECALL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.info("history_slow: nobody waits for what it knew");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    static Path stateDirectory(Config config) {
        @Nullable String given = config.stateDir();
        return given == null
                ? StateDirectory.standard(System.getenv(), Path.of(System.getProperty("user.home")))
                : Path.of(given);
    }

    private static @Nullable OrderFile orderFile(Config config) {
        Path directory = stateDirectory(config);
        try {
            Keys.token(directory);
            return new OrderFile(directory.resolve("orders-" + StateDirectory.own(config) + ".json"));
        } catch (IOException | UnsupportedOperationException e) {
            log.warn("no_state_directory path={} reason=\"{}\" remedy=\"set stateDir\"", directory, e.toString());
            return null;
        }
    }

    private void startProbes(Ground g) {
        EventLoops loops = keep(EventLoops.start("probe", 1));
        Prober prober = Prober.start(g.config(), loops, g.clock(), g.meters(), Chance.secure(), g.fleet()::acceptAll);
        g.insights().begin(prober);
        keep(g.fleet().subscribe(prober::onFleet));
        g.operator().begin(prober::nextNanos);
        keep(prober);
    }

    /** Closed after the relay, so that it has every request. */
    private @Nullable Supplier<Consumer<Access>> startAccessLog(Ground g) throws IOException {
        if (g.config().accessLog().file() == null) {
            return null;
        }
        AccessLog access = keep(AccessLog.start(g.config().accessLog(), g.clock(), g.meters()));
        HangUp.hear(access::reopen);
        return access::queue;
    }

    private Relay startRelay(Ground g) throws IOException {
        EventLoops loops = keep(EventLoops.start("relay", Runtime.getRuntime().availableProcessors()));
        Relay relay = Relay.start(
                g.config(),
                loops,
                g.clock(),
                g.meters(),
                g.fleet(),
                g.fleet(),
                startAccessLog(g),
                g.pageSocket(),
                StickySecret.of(g.config()));
        keep(g.fleet().subscribe(relay::onFleet));
        relay.onFleet(g.fleet().get());
        keep(relay);
        return relay;
    }

    /** The port that clients come in by. */
    int clientPort() {
        return clientPort;
    }

    /** The port of page, API and metrics. */
    int adminPort() {
        return adminPort;
    }

    private static Thread writerThread(Runnable work) {
        Thread thread = new Thread(work, "fleet");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((t, e) -> {
            log.error("fleet_writer_broken: without it nothing is known, so the monitor ends", e);
            Runtime.getRuntime().halt(1);
        });
        return thread;
    }

    /** Remembers what is to be closed, the newest first: a subscription goes before the loops that it posts to. */
    private <T extends AutoCloseable> T keep(T part) {
        started.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            AutoCloseable part = started.pop();
            try {
                part.close();
            } catch (Exception e) {
                log.error("close_failed part={}", part, e);
            }
        }
        if (running) {
            log.info("monitor_ended");
        }
    }
}
