package io.echogate.app;

import io.echogate.clock.Clock;
import io.echogate.clock.Pause;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks on while a drill lasts, says what happens, and returns when it has ended and the member is up again. */
final class DrillWatch {
    private static final long EVERY = Duration.ofMillis(250).toNanos();

    /** The newest drill's report, whenever asked. */
    @FunctionalInterface
    interface Look {
        @Nullable
        JsonObject report() throws MonitorClient.Unreachable;
    }

    private final Clock clock;
    private final Pause pause;
    private final Look look;
    private final Consumer<String> progress;
    private boolean left;
    private boolean named;

    DrillWatch(Clock clock, Pause pause, Look look, Consumer<String> progress) {
        this.clock = clock;
        this.pause = pause;
        this.look = look;
        this.progress = progress;
    }

    /**
     * The newest report: of a drill that is over and a member that is back, unless the time was over before.
     *
     * @param begun as the monitor acknowledged it
     * @throws Failure when the monitor has forgotten the drill, or another one has begun
     */
    JsonObject until(JsonObject begun, Duration timeout) {
        long end = clock.nanos() + timeout.toNanos();
        JsonObject newest = begun;
        while (true) {
            tell(newest);
            if (over(newest) || clock.nanos() - end >= 0) {
                return newest;
            }
            pause.nanos(EVERY);
            newest = seen(newest);
        }
    }

    /** Throws unless that report is of a drill that is over and a member that is back. */
    static void requireOver(JsonObject report) {
        if (!DrillWords.has(report, "ended")) {
            throw new Failure("the drill of " + DrillWords.member(report) + " has not ended, or the monitor does not"
                    + " answer: `./echogate status` says what it sees");
        }
        if (!over(report)) {
            throw new Failure(DrillWords.member(report) + " is not up again: `./echogate status` says why");
        }
    }

    private static boolean over(JsonObject report) {
        return DrillWords.has(report, "ended") && DrillWords.has(report, "backAfterMillis");
    }

    private void tell(JsonObject report) {
        if (!left && DrillWords.has(report, "leftAfterMillis")) {
            left = true;
            progress.accept(DrillWords.left(report));
        }
        if (!named && DrillWords.has(report, "downAfterMillis")) {
            named = true;
            progress.accept(DrillWords.named(report));
        }
    }

    /** The one before while the monitor cannot be reached. */
    private JsonObject seen(JsonObject before) {
        try {
            JsonObject now = look.report();
            if (now == null) {
                throw new Failure("the monitor knows of no drill any more: it was started again, which ends one");
            }
            if (!same(now, before, "member") || !same(now, before, "since")) {
                throw new Failure("another drill has begun meanwhile: " + DrillWords.begun(now));
            }
            return now;
        } catch (MonitorClient.Unreachable e) {
            return before;
        }
    }

    private static boolean same(JsonObject now, JsonObject before, String field) {
        return now.getString(field, "").equals(before.getString(field, ""));
    }
}
