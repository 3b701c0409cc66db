package io.echogate.model;

import io.echogate.judge.Rotation;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Fleets for tests, made by hand. */
public final class Fleets {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private Fleets() {}

    /** Members S1, S2, … at those addresses, all in that state. */
    public static Fleet all(State state, InetSocketAddress... addresses) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < addresses.length; i++) {
            members.add(member(i, state, state == State.UP ? Cause.NONE : Cause.PORT_CLOSED, addresses[i]));
        }
        return of(1, members);
    }

    /** The same fleet with one member in another state. */
    public static Fleet with(Fleet fleet, int index, State state) {
        return with(fleet, index, state, state == State.UP ? Cause.NONE : Cause.PORT_CLOSED);
    }

    /** The same for that cause. */
    public static Fleet with(Fleet fleet, int index, State state, Cause cause) {
        List<Member> members = new ArrayList<>(fleet.members());
        InetSocketAddress address = members.get(index).address();
        if (address == null) {
            throw new IllegalArgumentException("no address");
        }
        Member was = members.get(index);
        members.set(index, remade(member(index, state, cause, address), was.order(), was.standing()));
        return of(fleet.seq() + 1, members);
    }

    /** The same fleet with one member in another standing. */
    public static Fleet with(Fleet fleet, int index, Standing standing) {
        List<Member> members = new ArrayList<>(fleet.members());
        members.set(index, remade(members.get(index), members.get(index).order(), standing));
        return of(fleet.seq() + 1, members);
    }

    /** The same fleet with one member that an operator wants something of. */
    public static Fleet with(Fleet fleet, int index, Order order) {
        List<Member> members = new ArrayList<>(fleet.members());
        members.set(index, remade(members.get(index), order, members.get(index).standing()));
        return of(fleet.seq() + 1, members);
    }

    /** The same fleet while that member's failure is played. */
    public static Fleet drill(Fleet f, String member, Drill.Mode mode) {
        Drill drill = new Drill(member, mode, "alice", "exercise", AT, AT.plusSeconds(30), 0);
        return new Fleet(
                f.epoch(),
                f.seq() + 1,
                f.seq() + 1,
                f.pressedSeq(),
                f.at(),
                f.atNanos(),
                f.isolated(),
                f.shared(),
                f.icmp(),
                drill,
                f.members(),
                f.rotation(),
                f.events());
    }

    /** An order whose deadline is at that monotonic time. */
    public static Order drain(long cutNanos) {
        return new Order(Intent.DRAIN, "alice", "deploy", AT, null, AT.plusSeconds(300), cutNanos);
    }

    private static Member remade(Member m, Order order, Standing standing) {
        return new Member(
                m.index(),
                m.name(),
                m.url(),
                m.address(),
                m.verdict(),
                m.since(),
                order,
                m.proven(),
                m.serving(),
                m.pressedNanos(),
                m.host(),
                m.service(),
                standing);
    }

    private static Member member(int index, State state, Cause cause, InetSocketAddress address) {
        String name = "S" + (index + 1);
        return new Member(
                index,
                name,
                "http://" + name,
                address,
                new Verdict(state, cause, 0, "because"),
                AT,
                Order.READY,
                true,
                true,
                Long.MIN_VALUE,
                HostView.UNASKED,
                ServiceView.UNASKED,
                Standing.DEFAULT);
    }

    private static Fleet of(long seq, List<Member> members) {
        return of(seq, members, 1);
    }

    /** The same members where the next tier joins below that many. */
    public static Fleet joinBelow(Fleet fleet, int joinBelow) {
        return of(fleet.seq() + 1, fleet.members(), joinBelow);
    }

    private static Fleet of(long seq, List<Member> members, int joinBelow) {
        List<Member> rotation = Rotation.of(members, joinBelow);
        List<Member> marked = new ArrayList<>(members);
        marked.replaceAll(m -> m.withServing(false));
        rotation.forEach(m -> marked.set(m.index(), m));
        return new Fleet(
                1, seq, seq, 0, AT, 0, false, false, Icmp.UNTRIED, null, List.copyOf(marked), rotation, List.of());
    }
}
