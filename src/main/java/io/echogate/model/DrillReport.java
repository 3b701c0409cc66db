package io.echogate.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Drill} has shown so far, or in all.
 *
 * @param drill what is, or was, played
 * @param ended when it ended; null while it lasts
 * @param end why it ended, for people; empty while it lasts
 * @param running requests and tunnels that ran at the member when it began: they finish there, and a real failure would
 *     have met them as well
 * @param leftNanos from its beginning until new requests went elsewhere (SUSPECT or DOWN); {@link #NOT_YET}
 * @param downNanos from its beginning until DOWN; {@link #NOT_YET}
 * @param cause that was named when it was DOWN, {@link Cause#NONE} before
 * @param backNanos from its end until UP again; {@link #NOT_YET}
 * @param requests what clients saw
 */
public record DrillReport(
        Drill drill,
        @Nullable Instant ended,
        String end,
        int running,
        long leftNanos,
        long downNanos,
        Cause cause,
        long backNanos,
        Requests requests) {
    /** It has not come to that. */
    public static final long NOT_YET = -1;

    /** Of a drill that has just begun. */
    public static DrillReport begun(Drill drill, int running) {
        return new DrillReport(drill, null, "", running, NOT_YET, NOT_YET, Cause.NONE, NOT_YET, Requests.NONE);
    }

    /** New requests go elsewhere, and perhaps it is DOWN; what was known before of either stays. */
    public DrillReport left(long after, long down, Cause named) {
        return new DrillReport(
                drill,
                ended,
                end,
                running,
                leftNanos == NOT_YET ? after : leftNanos,
                downNanos == NOT_YET ? down : downNanos,
                named == Cause.NONE ? cause : named,
                backNanos,
                requests);
    }

    /** It has ended, and the member never went away if {@code up}. */
    public DrillReport ended(Instant at, String why, boolean up) {
        return new DrillReport(drill, at, why, running, leftNanos, downNanos, cause, up ? 0 : NOT_YET, requests);
    }

    public DrillReport back(long after) {
        return new DrillReport(drill, ended, end, running, leftNanos, downNanos, cause, after, requests);
    }

    public DrillReport with(Requests seen) {
        return new DrillReport(drill, ended, end, running, leftNanos, downNanos, cause, backNanos, seen);
    }

    /**
     * Clients' requests during a drill that went to its member first.
     *
     * @param met those that met the played failure
     * @param elsewhere of these, answered by another member
     * @param failed of these, answered by nobody, or given up by their clients
     * @param spared carried to the member in earnest because nobody else could have answered: lost, had it been real
     * @param worstNanos longest time that one of {@code met} took; 0 without any
     * @param p50Nanos half of {@code met} took less
     * @param p99Nanos 99 in 100 of {@code met} took less
     */
    public record Requests(
            long met, long elsewhere, long failed, long spared, long worstNanos, long p50Nanos, long p99Nanos) {
        public static final Requests NONE = new Requests(0, 0, 0, 0, 0, 0, 0);
    }
}
