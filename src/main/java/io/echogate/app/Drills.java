package io.echogate.app;

import io.echogate.fleet.FleetWriter;
import io.echogate.model.Cause;
import io.echogate.model.Command;
import io.echogate.model.Drill;
import io.echogate.model.DrillReport;
import io.echogate.model.Event;
import io.echogate.model.Fleet;
import io.echogate.model.Member;
import io.echogate.model.State;
import io.echogate.page.Desk.Outcome;
import io.echogate.relay.Relay;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Drills from their beginning to their report: hands them to the one writer, ends them in time, and takes down what becomes
 * of the member. {@link #onFleet} is called by the writer's thread alone.
 */
final class Drills {
    private final FleetWriter fleet;
    private final ScheduledExecutorService thread;
    private volatile @Nullable Relay relay;
    private volatile @Nullable DrillReport report;
    private long endedNanos; // on the writer's thread

    Drills(FleetWriter fleet, ScheduledExecutorService thread) {
        this.fleet = fleet;
        this.thread = thread;
    }

    /** From now on there are requests. */
    void begin(Relay carrying) {
        relay = carrying;
        var _ = fleet.subscribe(this::onFleet);
    }

    void begin(Drill drill, boolean force, Consumer<Outcome> then) {
        if (relay == null) {
            then.accept(new Outcome(false, "nothing is carried yet"));
            return;
        }
        fleet.accept(new Command.Drilled(drill, force, refusal -> thread.execute(() -> begun(drill, refusal, then))));
    }

    private void begun(Drill drill, @Nullable String refusal, Consumer<Outcome> then) {
        Drill lasts = fleet.get().drill();
        if (refusal == null && lasts != null) {
            long nanos = Duration.between(lasts.since(), drill.until()).toNanos();
            var _ = thread.schedule(() -> timeIsUp(lasts), Math.max(0, nanos), TimeUnit.NANOSECONDS);
        }
        settle(refusal, then);
    }

    private void timeIsUp(Drill drill) {
        if (drill.equals(fleet.get().drill())) {
            fleet.accept(new Command.DrillEnds(drill.member(), "its time is up", refusal -> {}));
        }
    }

    void end(String member, String by, Consumer<Outcome> then) {
        fleet.accept(new Command.DrillEnds(
                member, "ended by " + by, refusal -> thread.execute(() -> settle(refusal, then))));
    }

    /** Tells it once every loop goes by it. */
    private void settle(@Nullable String refusal, Consumer<Outcome> then) {
        Relay carrying = relay;
        if (refusal == null && carrying != null) {
            carrying.caughtUp(() -> then.accept(new Outcome(true, null)));
        } else {
            then.accept(new Outcome(refusal == null, refusal));
        }
    }

    /** What the newest one has shown; any thread. */
    @Nullable
    DrillReport report() {
        DrillReport known = report;
        Relay carrying = relay;
        return known == null || carrying == null ? known : known.with(carrying.rehearsed());
    }

    private void onFleet(Fleet now) {
        Drill drill = now.drill();
        DrillReport known = report;
        if (drill != null && (known == null || !known.drill().equals(drill))) {
            Relay carrying = relay;
            Member m = now.member(drill.member());
            known = DrillReport.begun(drill, carrying == null || m == null ? 0 : carrying.running(m.index()));
        }
        if (known != null && (known.ended() == null || known.backNanos() == DrillReport.NOT_YET)) {
            report = next(known, now);
        }
    }

    private DrillReport next(DrillReport known, Fleet now) {
        Member m = now.member(known.drill().member());
        if (m == null) {
            return known;
        }
        if (known.ended() == null && now.drill() == null) {
            endedNanos = now.atNanos();
            return known.ended(now.at(), why(now.events()), m.state() == State.UP);
        }
        return known.ended() == null ? lasting(known, m) : returning(known, m);
    }

    private static DrillReport lasting(DrillReport known, Member m) {
        boolean out = m.state() == State.DOWN;
        boolean left = out || m.state() == State.SUSPECT;
        long after = m.verdict().sinceNanos() - known.drill().sinceNanos();
        return left ? known.left(after, out ? after : DrillReport.NOT_YET, out ? m.cause() : Cause.NONE) : known;
    }

    private DrillReport returning(DrillReport known, Member m) {
        return m.state() == State.UP ? known.back(Math.max(0, m.verdict().sinceNanos() - endedNanos)) : known;
    }

    private static String why(List<Event> events) {
        return events.reversed().stream()
                .filter(e -> e.type().equals("drill_ends"))
                .map(Event::why)
                .findFirst()
                .orElse("");
    }
}
