package io.echogate.model;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
        members.set(index, member(index, state, cause, address));
        return of(fleet.seq() + 1, members);
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
                Intent.READY,
                true,
                true,
                Long.MIN_VALUE,
                HostView.UNASKED,
                ServiceView.UNASKED);
    }

    private static Fleet of(long seq, List<Member> members) {
        List<Member> rotation = members.stream()
                .filter(m -> rank(m.state()) < 3)
                .sorted(Comparator.comparingInt(m -> rank(m.state())))
                .toList();
        return new Fleet(1, seq, seq, 0, AT, 0, false, Icmp.UNTRIED, List.copyOf(members), rotation, List.of());
    }

    private static int rank(State state) {
        return switch (state) {
            case UP -> 0;
            case RECOVERING -> 1;
            case SUSPECT -> 2;
            case UNKNOWN, DOWN -> 3;
        };
    }
}
