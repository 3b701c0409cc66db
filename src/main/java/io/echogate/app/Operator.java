package io.echogate.app;

import io.echogate.clock.Clock;
import io.echogate.fleet.FleetWriter;
import io.echogate.history.History;
import io.echogate.history.OrderFile;
import io.echogate.model.Command;
import io.echogate.model.Detail;
import io.echogate.model.Drill;
import io.echogate.model.DrillReport;
import io.echogate.model.Fleet;
import io.echogate.model.Intent;
import io.echogate.model.Member;
import io.echogate.model.Order;
import io.echogate.page.Desk;
import io.echogate.relay.Relay;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Operators' orders on their way: into the one writer, onto the disk, to every loop, and only then back to whoever gave
 * them. Once a second it looks for orders that have come to their end and for requests that a deadline has cut. What could
 * not be stored is stored later. Has one thread of its own, which may wait for the disk.
 */
final class Operator implements Desk, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Operator.class);

    private final FleetWriter fleet;
    private final Clock clock;
    private final @Nullable OrderFile file;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Operator::thread);
    private final Drills drills;
    private final @Nullable History history;
    private final Map<String, Long> cuts = new HashMap<>();
    private Map<String, Order> stored = Map.of();
    private @Nullable String unstored;
    private volatile @Nullable Relay relay;
    private volatile IntToLongFunction next = index -> UNKNOWN;

    /**
     * @param file null: orders are not kept over a restart
     * @param history null: nothing is remembered
     */
    Operator(FleetWriter fleet, Clock clock, @Nullable OrderFile file, @Nullable History history) {
        this.fleet = fleet;
        this.clock = clock;
        this.file = file;
        this.drills = new Drills(fleet, thread);
        this.history = history;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "operator");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Gives out the orders that were stored, before anybody is asked or served. Those of members that the configuration
     * no longer has are dropped, and said.
     *
     * @throws IOException when there are some that cannot be read
     */
    void recall() throws IOException {
        if (file == null) {
            return;
        }
        stored = file.read(clock.now());
        List<CompletableFuture<Void>> given = new ArrayList<>();
        stored.forEach((member, order) -> {
            if (order.lapsed(clock.now())) {
                log.info("order_lapsed member={} intent={} until={}", member, order.intent(), order.until());
            } else if (!ofPool(fleet.get().member(member))) {
                log.warn("order_dropped member={} intent={} reason=\"no such member\"", member, order.intent());
            } else {
                CompletableFuture<Void> done = new CompletableFuture<>();
                fleet.accept(new Command.Ordered(member, order, true, refusal -> done.complete(null)));
                given.add(done);
            }
        });
        CompletableFuture.allOf(given.toArray(CompletableFuture<?>[]::new)).join();
    }

    private static boolean ofPool(@Nullable Member member) {
        return member != null && !member.ask().onlyWatches();
    }

    /** From now on there are requests. */
    void begin(Relay carrying) {
        relay = carrying;
        drills.begin(carrying);
        var _ = thread.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void order(String member, Order order, boolean force, Consumer<Outcome> then) {
        fleet.accept(new Command.Ordered(member, order, force, refusal -> thread.execute(() -> settle(refusal, then))));
    }

    private void settle(@Nullable String refusal, Consumer<Outcome> then) {
        if (refusal != null) {
            then.accept(new Outcome(false, refusal));
            return;
        }
        store();
        Outcome outcome = new Outcome(true, unstored);
        Relay carrying = relay;
        if (carrying == null) {
            then.accept(outcome);
        } else {
            carrying.caughtUp(() -> then.accept(outcome));
        }
    }

    private void look() {
        try {
            Fleet now = fleet.get();
            if (now.members().stream().anyMatch(m -> m.order().lapsed(clock.now()))) {
                fleet.accept(new Command.Lapse());
            }
            store();
            Relay carrying = relay;
            if (carrying != null) {
                tellCuts(now, carrying);
            }
        } catch (RuntimeException e) {
            log.error("orders_not_looked_after", e);
        }
    }

    /** All of them, when they are others than those that the disk has. */
    private void store() {
        Map<String, Order> orders = held(fleet.get());
        if (file == null) {
            unstored = "there is no directory for what is to outlive the monitor: see its log, and `stateDir`";
        } else if (unstored != null || !orders.equals(stored)) {
            try {
                file.write(orders);
                stored = orders;
                unstored = null;
            } catch (IOException e) {
                if (unstored == null) {
                    log.error("orders_not_stored reason=\"{}\"", e.toString());
                }
                unstored = e.toString();
            }
        }
    }

    private static Map<String, Order> held(Fleet now) {
        Map<String, Order> orders = new LinkedHashMap<>();
        for (Member m : now.members()) {
            if (m.intent() != Intent.READY) {
                orders.put(m.name(), m.order().timeless());
            }
        }
        return orders;
    }

    private void tellCuts(Fleet now, Relay carrying) {
        for (Member m : now.members()) {
            long count = carrying.cut(m.index());
            long more = count - cuts.getOrDefault(m.name(), 0L);
            if (more > 0) {
                cuts.put(m.name(), count);
                fleet.accept(new Command.Cut(m.name(), more));
            }
        }
    }

    @Override
    public void drill(Drill drill, boolean force, Consumer<Outcome> then) {
        drills.begin(drill, force, then);
    }

    @Override
    public void endDrill(String member, String by, Consumer<Outcome> then) {
        drills.end(member, by, then);
    }

    @Override
    public void remark(Detail.Remark remark, Consumer<Outcome> then) {
        fleet.accept(new Command.Remarked(remark, refusal -> {
            if (refusal != null) {
                then.accept(new Outcome(false, refusal));
            } else if (history == null) {
                then.accept(new Outcome(true, "nothing is remembered: `history.enabled` is false"));
            } else {
                history.stored(why -> then.accept(new Outcome(true, why)));
            }
        }));
    }

    @Override
    public @Nullable DrillReport drillReport() {
        return drills.report();
    }

    /** From now on members are asked; {@code nextNanos} is for {@link #nextNanos}. */
    void begin(IntToLongFunction nextNanos) {
        next = nextNanos;
    }

    @Override
    public long nextNanos(int index) {
        return next.applyAsLong(index);
    }

    @Override
    public int running(int member) {
        Relay carrying = relay;
        return carrying == null ? 0 : carrying.running(member);
    }

    @Override
    public void close() {
        if (relay != null) {
            thread.execute(this::store); // a start that failed must not touch what a running monitor has stored
        }
        thread.shutdown();
        try {
            if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
                log.warn("orders_not_stored reason=\"the disk does not answer\"");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
