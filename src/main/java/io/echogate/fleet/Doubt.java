package io.echogate.fleet;

import io.echogate.model.Detail;
import io.echogate.model.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A member's doubt that has led to nothing so far. Immutable.
 *
 * @param onset when what raised it began; null when the member never was well
 * @param left when its requests went to others; null while they have not
 */
record Doubt(
        Timeline timeline,
        Detail.@Nullable Onset onset,
        @Nullable Instant left) {
    static Doubt of(Event e) {
        Detail.Onset onset = e.detail() instanceof Detail.Onset o ? o : null;
        return new Doubt(Timeline.EMPTY.with(Timeline.entry(e)), onset, null);
    }

    Doubt with(Event e) {
        return new Doubt(timeline.with(Timeline.entry(e)), onset, left);
    }

    /** Its requests went to others; only the first time counts. */
    Doubt left(Instant at) {
        return left == null ? new Doubt(timeline, onset, at) : this;
    }
}
