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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The live stream: one snapshot, then numbered changes, the same bytes for all viewers. Confined to the page's loop but
 * for {@link #offer}, which never waits. Changes of state go out at once, figures are gathered for {@link #BATCH_MILLIS}. A
 * beat each second carries the time, so that silence is noticed. While nobody looks, nothing is worked out and the loop is
 * not woken.
 */
final class Live {
    static final int MAX_VIEWERS = 2_000;
    static final long BATCH_MILLIS = 250;
    static final long BEAT_MILLIS = 1_000;
    /** For so long after the last viewer has gone, changes are still worked out for its return. */
    private static final long LINGER_NANOS = 30_000_000_000L;

    private static final int RING_ENTRIES = 256;
    private static final long RING_BYTES = 4L * 1024 * 1024;

    /** A snapshot larger than that is told for {@link #KEPT_NANOS}, followed by the changes since. */
    private static final int LARGE_BYTES = 256 * 1024;

    private static final long KEPT_NANOS = 2_000_000_000L;

    private final Vertx vertx;
    private final Context context;
    private final Clock clock;
    private final Meters meters;
    private final Setting setting;
    private final Desk desk;
    private final @Nullable History history;
    private final PageMetrics metrics;
    private final AtomicReference<Fleet> offered;
    private final AtomicBoolean gathering = new AtomicBoolean();
    private final Set<Viewer> viewers = new LinkedHashSet<>();
    private final Ring ring = new Ring(RING_ENTRIES, RING_BYTES);
    private final Rates rates = new Rates();
    private volatile boolean watched;
    private Fleet sent;
    private @Nullable Frame snapshot;
    private long snapshotSeq;
    private long snapshotNanos;
    private long lastViewerNanos;
    private long beatTimer;

    Live(
            Vertx vertx,
            Context context,
            Clock clock,
            Meters meters,
            Setting setting,
            Fleet first,
            Desk desk,
            @Nullable History history) {
        this.vertx = vertx;
        this.context = context;
        this.clock = clock;
        this.meters = meters;
        this.setting = setting;
        this.desk = desk;
        this.history = history;
        this.metrics = new PageMetrics(meters);
        this.offered = new AtomicReference<>(first);
        this.sent = first;
        this.lastViewerNanos = clock.nanos() - LINGER_NANOS;
    }

    /** On the loop, once. */
    void start() {
        beatTimer = vertx.setPeriodic(BEAT_MILLIS, id -> beat());
    }

    /** Any thread: there is a new snapshot. Posts at most, and returns; those that come faster than we look are skipped. */
    void offer(Fleet fleet) {
        Fleet before = offered.getAndSet(fleet);
        if (watched && Changes.urgent(before, fleet)) {
            context.runOnContext(x -> flush());
        } else if (watched && gathering.compareAndSet(false, true)) {
            context.runOnContext(x -> vertx.setTimer(BATCH_MILLIS, id -> {
                gathering.set(false);
                flush();
            }));
        }
    }

    private void flush() {
        Fleet before = sent;
        Fleet newest = offered.get();
        if (newest.epoch() == before.epoch() && newest.seq() <= before.seq()) {
            return;
        }
        sent = newest;
        if (idle()) {
            forget();
        } else if (Changes.comparable(before, newest)) {
            Frame frame = Frame.of(Changes.change(before, newest, clock.now(), rates.json(), this::nextMillis));
            Ring.Change change = new Ring.Change(before.seq(), newest.seq(), frame);
            ring.add(change);
            all(viewer -> viewer.change(change));
        } else {
            forget();
            all(this::resync);
        }
    }

    private void forget() {
        ring.clear();
        snapshot = null;
    }

    /** Until that one is asked next, or -1 when nobody knows. */
    private long nextMillis(int index) {
        long next = desk.nextNanos(index);
        return next == Desk.UNKNOWN ? -1 : Math.max(0, (next - clock.nanos()) / 1_000_000);
    }

    private boolean idle() {
        return viewers.isEmpty() && clock.nanos() - lastViewerNanos > LINGER_NANOS;
    }

    private void beat() {
        if (idle()) {
            watched = false;
            forget();
            rates.forget(); // with thousands of members, counting for nobody costs more than asking
            return;
        }
        long[] times = new long[Buckets.COUNT];
        meters.times(times);
        rates.sample(clock.nanos(), meters.read(), times);
        if (!viewers.isEmpty()) {
            Frame frame = beatFrame();
            all(viewer -> viewer.send(frame));
        }
    }

    private Frame beatFrame() {
        Map<String, Toll> tolls = history == null ? Map.of() : history.tolls();
        return Frame.of(new JsonObject()
                .put("type", "beat")
                .put("epoch", sent.epoch())
                .put("seq", sent.seq())
                .put("now", FleetJson.time(clock.now()))
                .put("rates", rates.json())
                .put("running", running())
                .put("tolls", LiveIncidents.tolls(sent, tolls, clock.now()))
                .put("history", HistoryJson.status(history)));
    }

    /** Requests and tunnels at those that an operator wants to be without. */
    private JsonObject running() {
        JsonObject counts = new JsonObject();
        for (Member m : sent.members()) {
            if (m.intent() != Intent.READY) {
                counts.put(m.name(), desk.running(m.index()));
            }
        }
        return counts;
    }

    private void all(Consumer<Viewer> told) {
        new ArrayList<>(viewers).forEach(told);
    }

    private void resync(Viewer viewer) {
        Frame frame = snapshot();
        if (viewer.snapshot(frame, snapshotSeq)) {
            metrics.snapshots.increment();
            goOn(viewer);
        }
    }

    /** One is worked out for all who come within a moment, so that a crowd does not cost a crowd's work and memory. */
    private Frame snapshot() {
        Frame kept = snapshot;
        boolean old = clock.nanos() - snapshotNanos > KEPT_NANOS || missed(snapshotSeq) == null;
        if (kept == null || (snapshotSeq != sent.seq() && (kept.size() < LARGE_BYTES || old))) {
            kept = Frame.of(Changes.snapshot(sent, setting, clock.now(), rates.json(), this::nextMillis));
            snapshot = kept;
            snapshotSeq = sent.seq();
            snapshotNanos = clock.nanos();
        }
        return kept;
    }

    /** There is room again: it is told what it missed, or everything anew. */
    private void catchUp(Viewer viewer) {
        if (!goOn(viewer)) {
            resync(viewer);
        }
    }

    /** Tells it the changes after what it knows; false when they are no longer held. */
    private boolean goOn(Viewer viewer) {
        List<Ring.Change> missed = missed(viewer.at());
        if (missed == null) {
            return false;
        }
        for (Ring.Change change : missed) {
            if (!viewer.change(change)) {
                break;
            }
        }
        return true;
    }

    private @Nullable List<Ring.Change> missed(long after) {
        return after == sent.seq() ? List.of() : ring.after(after);
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
        Viewer viewer = new Viewer(socket, metrics, this::resync, this::catchUp);
        socket.frameHandler(frame -> viewer.heard(frame, clock.nanos()));
        socket.closeHandler(x -> left(viewer));
        socket.exceptionHandler(x -> viewer.broken());
        watched = true;
        if (idle()) {
            flush();
        }
        viewers.add(viewer);
        metrics.viewers.set(viewers.size());
        viewer.resume(epoch == sent.epoch() ? after : -1);
        catchUp(viewer);
        viewer.send(beatFrame());
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
