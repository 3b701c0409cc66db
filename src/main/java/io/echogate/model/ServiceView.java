package io.echogate.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The service of a member, as {@code GET /ping} sees it.
 *
 * @param state the member's own state: the service decides it
 * @param timing phases of the newest closed question
 * @param rttNanos asked to answered of the newest answer, or {@link Timing#UNREACHED}
 * @param status HTTP status of the newest answer, or 0
 * @param lastEchoAt when the newest question was closed
 * @param detail evidence of the newest closed question, untrusted text
 * @param strip the newest closed questions
 */
public record ServiceView(
        State state,
        @Nullable Timing timing,
        long rttNanos,
        int status,
        @Nullable Instant lastEchoAt,
        String detail,
        Strip strip) {
    public static final ServiceView UNASKED =
            new ServiceView(State.UNKNOWN, null, Timing.UNREACHED, 0, null, "", Strip.EMPTY);

    public ServiceView withState(State now) {
        return new ServiceView(now, timing, rttNanos, status, lastEchoAt, detail, strip);
    }
}
