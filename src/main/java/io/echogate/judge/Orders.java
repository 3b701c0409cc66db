package io.echogate.judge;

import io.echogate.model.Drill;
import io.echogate.model.Intent;
import io.echogate.model.Member;
import io.echogate.model.State;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Pure: which of an operator's orders are refused. */
public final class Orders {
    private static final int NAMED = 5;

    private Orders() {}

    /**
     * Why the member may not be taken out of service, or null. A member that gets requests, or would, stays when nobody in
     * as good a state is left: a rolling deployment must not take the second member out before the first one is back.
     *
     * @param members all, in order of preference
     */
    public static @Nullable String refusal(List<Member> members, Member member, Intent wanted, boolean force) {
        if (wanted == Intent.READY || force || !Rotation.eligible(member)) {
            return null;
        }
        List<Member> others =
                members.stream().filter(m -> m.index() != member.index()).toList();
        List<Member> left = Rotation.of(others, 1);
        if (!left.isEmpty() && worth(left.getFirst().state()) >= worth(member.state())) {
            return null;
        }
        return nobodyLeft(others, member, left.isEmpty());
    }

    /**
     * Why that member's failure may not be played, or null. Only one that would get requests shows anything, and only while
     * another one can answer them is nobody harmed.
     *
     * @param members all, in order of preference
     * @param lasts the drill that lasts already, or null
     */
    public static @Nullable String drillRefusal(
            List<Member> members, Member member, @Nullable Drill lasts, boolean force) {
        if (lasts != null) {
            return "the drill of " + lasts.member() + " still lasts: end it first";
        }
        if (member.intent() != Intent.READY) {
            return member.name() + " is wanted in " + member.intent() + ": it gets no requests";
        }
        if (member.state() != State.UP) {
            return member.name() + " is " + member.state() + ": there is nothing to play";
        }
        return refusal(members, member, Intent.DRAIN, force);
    }

    /** An operator wants it to serve, and it can be reached. */
    public static boolean mayServe(Member m) {
        return Rotation.eligible(m);
    }

    /** Rotation's tiers as numbers, the best the highest. */
    private static int worth(State state) {
        return switch (state) {
            case UP -> 3;
            case RECOVERING -> 2;
            case SUSPECT -> 1;
            case UNKNOWN, DOWN -> 0;
        };
    }

    private static String nobodyLeft(List<Member> others, Member member, boolean nobody) {
        String first = nobody
                ? "nobody would be left to serve"
                : "nobody who is " + member.state() + " would be left to serve";
        String named = others.stream().limit(NAMED).map(Orders::told).collect(Collectors.joining(", "));
        String more = others.size() > NAMED ? " and " + (others.size() - NAMED) + " more" : "";
        return others.isEmpty() ? first + ": it is the only member" : first + ": " + named + more;
    }

    private static String told(Member m) {
        String state = m.name() + " is " + m.state();
        return m.intent() == Intent.READY ? state : state + " and wanted in " + m.intent();
    }
}
