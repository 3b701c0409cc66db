package io.echogate.page;

import io.echogate.clock.Clock;
import io.echogate.config.StatusRules.Component;
import io.echogate.history.History;
import io.echogate.history.Shown;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the public may know of the past, asked once a minute however many look, and less often when the answer takes long.
 * The newest answer is shown meanwhile. Confined to the page's loop.
 */
final class StatusPast {
    private static final Logger log = LoggerFactory.getLogger(StatusPast.class);
    private static final long EACH_MILLIS = Duration.ofMinutes(1).toMillis();

    /** While there is no answer yet. */
    private static final long FIRST_MILLIS = Duration.ofSeconds(2).toMillis();

    /** Of the time that an answer takes, so long passes before it is asked again: at most a twentieth is spent on it. */
    private static final long REST = 20;

    /** An older answer is no longer shown. */
    private static final Duration MOST_AGE = Duration.ofMinutes(10);

    private final Vertx vertx;
    private final Context context;
    private final Clock clock;
    private final @Nullable History history;
    private final List<Component> components;
    private @Nullable Shown newest;
    private boolean failed;

    StatusPast(Vertx vertx, Context context, Clock clock, @Nullable History history, List<Component> components) {
        this.vertx = vertx;
        this.context = context;
        this.clock = clock;
        this.history = history;
        this.components = components;
    }

    /** Asks for the first time, and from then on by itself. */
    void start() {
        if (history != null) {
            ask(history);
        }
    }

    private void ask(History of) {
        long asked = clock.nanos();
        of.archive()
                .shown(components)
                .whenComplete((shown, e) -> context.runOnContext(x -> {
                    long took = Duration.ofNanos(clock.nanos() - asked).toMillis();
                    answered(shown, e);
                    long pause = newest == null ? FIRST_MILLIS : EACH_MILLIS;
                    vertx.setTimer(Math.max(pause, REST * took), timer -> ask(of));
                }));
    }

    private void answered(@Nullable Shown shown, @Nullable Throwable e) {
        if (shown != null) {
            newest = shown;
        } else if (!failed && newest != null) {
            log.warn("status_past_unknown reason=\"{}\"", e == null ? "" : e.getMessage());
        }
        failed = shown == null;
    }

    /** Null while it is not known. */
    @Nullable
    Shown newest() {
        Shown shown = newest;
        return shown == null || shown.at().isBefore(clock.now().minus(MOST_AGE)) ? null : shown;
    }
}
