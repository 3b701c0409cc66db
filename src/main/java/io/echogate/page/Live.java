package io.echogate.page;

import io.echogate.clock.Clock;
import io.echogate.history.History;
import io.echogate.meter.Buckets;
import io.echogate.meter.Meters;
import io.echogate.model.Fleet;
import io.echogate.model.Intent;
import io.echogate.model.Member;
import io.echogate.model.Toll;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The live stream: one snapshot, then numbered changes, the same text for all viewers. Confined to the page's loop but
 * for {@link #offer}, which any thread may call and which never waits. Changes of state go out at once, figures are
 * gathered for {@link #BATCH_MILLIS}. A beat each second carries the time, so that silence is noticed.
 */
final class Live {
    static final int MAX_VIEWERS = 2_000;
    static final long BATCH_MILLIS = 250;
    static final long BEAT_MILLIS = 1_000;
    /** For so long after the last viewer has gone, changes are still worked out for its return. */
    private static final long LINGER_NANOS = 30_000_000_000L;

    private static final int RING_ENTRIES = 256;
    private static final long RING_CHARS = 4L * 1024 * 1024;

    private final Vertx vertx;
    private final Context context;
    private final Clock clock;
    private final Meters meters;
    private final Setting setting;
    private final IntUnaryOperator running;
    private final @Nullable History history;
    private final PageMetrics metrics;
    private final AtomicReference<@Nullable Fleet> offered = new AtomicReference<>();
    private final Set<Viewer> viewers = new LinkedHashSet<>();
    private final Ring ring = new Ring(RING_ENTRIES, RING_CHARS);
    private final Rates rates = new Rates();
    private Fleet sent;
    private Fleet newest;
    private @Nullable String snapshot;
    private boolean gathering;
    private long lastViewerNanos;
    private long beatTimer;

    Live(
            Vertx vertx,
            Context context,
            Clock clock,
            Meters meters,
            Setting setting,
            Fleet first,
            IntUnaryOperator running,
            @Nullable History history) {
        this.vertx = vertx;
        this.context = context;
        this.clock = clock;
        this.meters = meters;
        this.setting = setting;
        this.running = running;
        this.history = history;
        this.metrics = new PageMetrics(meters);
        this.sent = first;
        this.newest = first;
        this.lastViewerNanos = clock.nanos() - LINGER_NANOS;
    }

    /** On the loop, once. */
    void start() {
        beatTimer = vertx.setPeriodic(BEAT_MILLIS, id -> beat());
    }

    /** Any thread: there is a new snapshot. Posts and returns; snapshots that come faster than we look are skipped. */
    void offer(Fleet fleet) {
        if (offered.getAndSet(fleet) == null) {
            context.runOnContext(x -> take());
        }
    }

    private void take() {
        Fleet fleet = offered.getAndSet(null);
        if (fleet == null || (fleet.epoch() == newest.epoch() && fleet.seq() <= newest.seq())) {
            return;
        }
        newest = fleet;
        if (Changes.urgent(sent, newest)) {
            flush();
        } else if (!gathering) {
            gathering = true;
            vertx.setTimer(BATCH_MILLIS, id -> {
                gathering = false;
                flush();
            });
        }
    }

    private void flush() {
        if (newest.epoch() == sent.epoch() && newest.seq() == sent.seq()) {
            return;
        }
        Fleet before = sent;
        sent = newest;
        snapshot = null;
        if (idle()) {
            ring.clear();
        } else if (Changes.comparable(before, sent)) {
            String text =
                    Changes.change(before, sent, clock.now(), rates.json()).encode();
            ring.add(before.seq(), sent.seq(), text);
            sendAll(text);
        } else {
            ring.clear();
            viewers.forEach(this::resync);
        }
    }

    private boolean idle() {
        return viewers.isEmpty() && clock.nanos() - lastViewerNanos > LINGER_NANOS;
    }

    private void beat() {
        if (idle()) {
            rates.forget(); // with thousands of members, counting for nobody costs more than asking
            return;
        }
        long[] times = new long[Buckets.COUNT];
        meters.times(times);
        rates.sample(clock.nanos(), meters.read(), times);
        if (!viewers.isEmpty()) {
            sendAll(beatText());
        }
    }

    private String beatText() {
        Map<String, Toll> tolls = history == null ? Map.of() : history.tolls();
        return new JsonObject()
                .put("type", "beat")
                .put("epoch", sent.epoch())
                .put("seq", sent.seq())
                .put("now", FleetJson.time(clock.now()))
                .put("rates", rates.json())
                .put("running", running())
                .put("tolls", LiveIncidents.tolls(sent, tolls, clock.now()))
                .put("history", HistoryJson.status(history))
                .encode();
    }

    /** Requests and tunnels at those that an operator wants to be without. */
    private JsonObject running() {
        JsonObject counts = new JsonObject();
        for (Member m : sent.members()) {
            if (m.intent() != Intent.READY) {
                counts.put(m.name(), running.applyAsInt(m.index()));
            }
        }
        return counts;
    }

    private void sendAll(String text) {
        for (Viewer viewer : new ArrayList<>(viewers)) {
            viewer.send(text);
        }
    }

    private void resync(Viewer viewer) {
        if (snapshot == null) {
            snapshot =
                    Changes.snapshot(sent, setting, clock.now(), rates.json()).encode();
        }
        metrics.snapshots.increment();
        viewer.send(snapshot);
    }

    /** True when one more viewer may come. */
    boolean admits() {
        if (viewers.size() < MAX_VIEWERS) {
            return true;
        }
        metrics.refused.increment();
        return false;
    }

    void refused() {
        metrics.refused.increment();
    }

    /** A viewer has come; {@code epoch} and {@code after} say where it left off, or are negative. */
    void join(ServerWebSocket socket, long epoch, long after) {
        Viewer viewer = new Viewer(socket, metrics, this::resync);
        socket.frameHandler(frame -> viewer.heard(frame, clock.nanos()));
        socket.closeHandler(x -> left(viewer));
        socket.exceptionHandler(x -> viewer.broken());
        if (idle()) {
            flush();
        }
        viewers.add(viewer);
        metrics.viewers.set(viewers.size());
        List<String> missed = epoch == sent.epoch() ? missed(after) : null;
        if (missed == null) {
            resync(viewer);
        } else {
            missed.forEach(viewer::send);
        }
        viewer.send(beatText());
    }

    private @Nullable List<String> missed(long after) {
        return after == sent.seq() ? List.of() : ring.after(after);
    }

    private void left(Viewer viewer) {
        viewers.remove(viewer);
        metrics.viewers.set(viewers.size());
        lastViewerNanos = clock.nanos();
    }

    /** On the loop: says goodbye to all viewers. */
    void stop() {
        vertx.cancelTimer(beatTimer);
        new ArrayList<>(viewers).forEach(Viewer::leave);
    }
}
