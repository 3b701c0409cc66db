package io.echogate.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The machine under a member, as ICMP sees it. Labels only: it never decides whether requests go there.
 *
 * @param state {@link State#UP} answers, {@link State#SUSPECT} missed one, {@link State#DOWN} silent,
 *     {@link State#RECOVERING} answers again, {@link State#UNKNOWN} never answered or ICMP is not to be had
 * @param rttNanos round trip of the newest answer, or {@link Timing#UNREACHED}
 * @param lossPercent share of unanswered requests among the strip's beats, 0 to 100
 * @param lastEchoAt when the newest question was closed
 * @param strip the newest closed questions
 */
public record HostView(
        State state,
        long rttNanos,
        double lossPercent,
        @Nullable Instant lastEchoAt,
        Strip strip) {
    public static final HostView UNASKED = new HostView(State.UNKNOWN, Timing.UNREACHED, 0, null, Strip.EMPTY);

    public HostView withState(State now) {
        return new HostView(now, rttNanos, lossPercent, lastEchoAt, strip);
    }
}
