package io.echogate.page;

import io.echogate.model.Ask;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long each kind of failure can go unnoticed at the worst, with nobody's traffic to help: computed from the
 * configuration, as {@code echogate check} prints it.
 *
 * @param stopped service stopped, or answers wrongly, until DOWN
 * @param frozen service frozen or too slow, until DOWN
 * @param off machine off, until DOWN
 * @param filtered port filtered, or silence without a second fact, until DOWN
 * @param diverted any of these, until new requests go elsewhere
 * @param back well again, until UP
 * @param watchedOff machine off of one watched by ICMP alone, until DOWN
 * @param watchedBack well again of such a one, until UP
 */
public record Promise(
        Duration stopped,
        Duration frozen,
        Duration off,
        Duration filtered,
        Duration diverted,
        Duration back,
        Duration watchedOff,
        Duration watchedBack) {
    /** As far as it concerns one who is asked in that way; null for what cannot happen to it. */
    JsonObject json(Ask ask) {
        boolean service = ask != Ask.ICMP;
        return new JsonObject()
                .put("stoppedMillis", millis(service ? stopped : null))
                .put("frozenMillis", millis(service ? frozen : null))
                .put("offMillis", millis(service ? off : watchedOff))
                .put("filteredMillis", millis(service ? filtered : null))
                .put("divertedMillis", millis(ask.onlyWatches() ? null : diverted))
                .put("backMillis", millis(service ? back : watchedBack));
    }

    private static @Nullable Long millis(@Nullable Duration d) {
        return d == null ? null : d.toMillis();
    }
}
