package io.echogate.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One failure from beginning to end, with one root cause: a fold over events. Times are of the wall clock.
 *
 * @param id unique over all runs
 * @param seq of the newest event that is part of it
 * @param kind what failed
 * @param subject the member's name, the machine's host, or empty when it is us
 * @param members whom it took out, in the order in which it did
 * @param cause the one named last while it lasted
 * @param lastGood the last proof before it that the first of {@code members} was well; null when there was none
 * @param firstBad when the first of what then failed was asked; null as {@code lastGood}
 * @param left when new requests went elsewhere; null when there was nobody else
 * @param named when it was named: the verdict DOWN, or ISOLATED
 * @param ended when the last of {@code members} was UP again; null while it lasts. Set back to null when it comes again soon
 * @param times how often it came to that: more than one is flapping
 * @param promised the computed worst case for its cause; null where none is computed
 * @param drill it was played
 * @param planned its member was in maintenance or drained when it began
 * @param outage when, while it lasted, nobody served any more; null when somebody always did
 * @param timeline what happened, oldest first; bounded
 * @param leftOut entries that had no room in {@code timeline}
 * @param remarks what people said, oldest first
 */
public record Incident(
        String id,
        long seq,
        Kind kind,
        String subject,
        List<String> members,
        Cause cause,
        @Nullable Instant lastGood,
        @Nullable Instant firstBad,
        @Nullable Instant left,
        Instant named,
        @Nullable Instant ended,
        int times,
        @Nullable Duration promised,
        boolean drill,
        boolean planned,
        @Nullable Instant outage,
        List<Entry> timeline,
        int leftOut,
        List<Remark> remarks) {
    /** What failed. */
    public enum Kind {
        /** One member's service. */
        SERVICE,
        /** A machine, with every member on it. */
        MACHINE,
        /** This monitor was cut off. */
        ISOLATION
    }

    /**
     * One line of the timeline.
     *
     * @param member empty when it concerns the fleet or the monitor
     * @param type as of {@link Event}
     * @param evidence untrusted text
     */
    public record Entry(Instant at, String type, String member, String text, List<String> evidence) {}

    /** What somebody said; untrusted text. */
    public record Remark(Instant at, String by, String text, boolean acknowledges) {}

    public Incident {
        members = List.copyOf(members);
        timeline = List.copyOf(timeline);
        remarks = List.copyOf(remarks);
    }

    /** The same, over. */
    public Incident ended(Instant at) {
        return new Incident(
                id, seq, kind, subject, members, cause, lastGood, firstBad, left, named, at, times, promised, drill,
                planned, outage, timeline, leftOut, remarks);
    }

    /** True while it lasts. */
    public boolean open() {
        return ended == null;
    }

    /** From the last proof of life to its being named: never less than what it truly took. Null without such a proof. */
    public @Nullable Duration detection() {
        return lastGood == null ? null : Duration.between(lastGood, named);
    }

    /** From the last proof of life until new requests went elsewhere; null when it did not come to that. */
    public @Nullable Duration rerouting() {
        return lastGood == null || left == null ? null : Duration.between(lastGood, left);
    }
}
