package io.echogate.model;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one picture: an immutable snapshot, replaced whole by one writer. Readers take the reference once and keep to it.
 *
 * @param epoch names one run of the writer; sequence numbers compare only within it
 * @param seq rises with every snapshot and every event; gaps are normal
 * @param changedSeq the newest {@code seq} at which a verdict, an order, an address or a machine's state was another than
 *     before: who has seen that snapshot need not look through the members again
 * @param pressedSeq the newest {@code seq} at which some member's {@code pressedNanos} was another than before
 * @param at wall-clock time of publication
 * @param atNanos monotonic time of publication
 * @param isolated it is us: the last verdicts stand
 * @param shared requests are shared among all who serve; otherwise the first of them gets every one
 * @param icmp what the host allows
 * @param drill the failure that is played, or null
 * @param members the pool, in order of preference
 * @param watched those who are asked and judged like members and never given a request; their indexes go on behind the
 *     pool's
 * @param rotation members that may be given a request, best first: UP, then RECOVERING, then SUSPECT, within a state the
 *     lower tier, within a tier in order of preference. Those that share the load lead it and are the ones that are
 *     {@link Member#serving}. The same instance as in the snapshot before when nothing about it changed
 * @param events the newest, oldest first, bounded by {@link #EVENTS}
 * @param incidents those that last, and the newest of those that have ended; oldest first, bounded by {@link #INCIDENTS}
 */
public record Fleet(
        long epoch,
        long seq,
        long changedSeq,
        long pressedSeq,
        Instant at,
        long atNanos,
        boolean isolated,
        boolean shared,
        Icmp icmp,
        @Nullable Drill drill,
        List<Member> members,
        List<Member> watched,
        List<Member> rotation,
        List<Event> events,
        List<Incident> incidents) {
    /** How many events a snapshot carries. */
    public static final int EVENTS = 500;

    /** How many incidents a snapshot carries; more than that only when more than that last. */
    public static final int INCIDENTS = 50;

    /** One of a time without incidents, with nobody who is only watched. */
    public Fleet(
            long epoch,
            long seq,
            long changedSeq,
            long pressedSeq,
            Instant at,
            long atNanos,
            boolean isolated,
            boolean shared,
            Icmp icmp,
            @Nullable Drill drill,
            List<Member> members,
            List<Member> rotation,
            List<Event> events) {
        this(
                epoch,
                seq,
                changedSeq,
                pressedSeq,
                at,
                atNanos,
                isolated,
                shared,
                icmp,
                drill,
                members,
                List.of(),
                rotation,
                events,
                List.of());
    }

    /** The pool, then those who are only watched: each at its index. */
    public Stream<Member> everybody() {
        return Stream.concat(members.stream(), watched.stream());
    }

    /** The member of that name, of the pool or only watched, or null. Linear: not for a request's path. */
    public @Nullable Member member(String name) {
        return everybody().filter(m -> m.name().equals(name)).findFirst().orElse(null);
    }

    /** True of a member that the next request may go to, nothing having gone wrong yet. */
    public boolean chosen(Member member) {
        return shared
                ? member.serving()
                : !rotation.isEmpty() && rotation.getFirst().index() == member.index();
    }

    /** The member at that place in the pool. */
    public Member at(int index) {
        return members.get(index);
    }
}
