package io.echogate.model;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an operator wants of one member, with who said so, why and until when. Times of the wall clock are for people and
 * survive a restart; {@code cutNanos} is what the relay goes by.
 *
 * @param intent what is wanted
 * @param by who wants it; empty when nobody ever said anything
 * @param why for people; may be empty; untrusted text
 * @param since when it was ordered; null when it never was
 * @param until when the member is {@link Intent#READY} again by itself; null: until somebody says so
 * @param deadline when what still runs at the member is cut; null for {@link Intent#READY}
 * @param cutNanos the same as monotonic time, worked out by the writer; {@link #NEVER} without a deadline
 */
public record Order(
        Intent intent,
        String by,
        String why,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable Instant deadline,
        long cutNanos) {
    /** No deadline. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Nobody ever ordered anything. */
    public static final Order READY = new Order(Intent.READY, "", "", null, null, null, NEVER);

    /** An order to take requests again. */
    public static Order ready(String by, String why, Instant since) {
        return new Order(Intent.READY, by, why, since, null, null, NEVER);
    }

    /** The same order with its deadline on the monotonic clock that shows {@code nanos} when the wall clock shows {@code now}. */
    public Order timed(Instant now, long nanos) {
        long cut = deadline == null
                ? NEVER
                : nanos + Duration.between(now, deadline).toNanos();
        return new Order(intent, by, why, since, until, deadline, cut);
    }

    /** The same order as it is remembered: monotonic time means nothing to another run. */
    public Order timeless() {
        return new Order(intent, by, why, since, until, deadline, NEVER);
    }

    /** True when the order is to hold no longer. */
    public boolean lapsed(Instant now) {
        return until != null && !now.isBefore(until);
    }

    /** True when what still runs at the member is to be cut now. */
    public boolean cuts(long nanos) {
        return cutNanos != NEVER && nanos - cutNanos >= 0;
    }
}
