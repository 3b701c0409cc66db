package io.echogate.judge;

import io.echogate.model.Intent;
import io.echogate.model.Member;
import io.echogate.model.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Pure: which members may be given a request, best first. First doubt takes a member behind every UP one, and no member
 * is dropped for mere doubt: when nobody is UP, the recovering and then the suspect are still tried.
 */
public final class Rotation {
    private static final List<State> STATES = List.of(State.UP, State.RECOVERING, State.SUSPECT);

    private static final Comparator<Member> BEST_FIRST =
            Comparator.<Member>comparingInt(m -> STATES.indexOf(m.state())).thenComparingInt(m -> tier(m));

    private Rotation() {}

    /**
     * Members by state, then by tier, then in order of preference. The leading ones share the load and are marked as
     * serving: of the best state that anybody is in, the best tier, and each next one for as long as there are fewer
     * than {@code joinBelow} members in those before it.
     */
    public static List<Member> of(List<Member> members, int joinBelow) {
        List<Member> rotation = new ArrayList<>(members.size());
        for (Member m : members) {
            if (eligible(m)) {
                rotation.add(m);
            }
        }
        rotation.sort(BEST_FIRST);
        int serving = serving(rotation, joinBelow);
        for (int i = 0; i < rotation.size(); i++) {
            rotation.set(i, rotation.get(i).withServing(i < serving));
        }
        return List.copyOf(rotation);
    }

    private static int serving(List<Member> rotation, int joinBelow) {
        for (int i = 1; i < rotation.size(); i++) {
            Member before = rotation.get(i - 1);
            Member m = rotation.get(i);
            if (m.state() != before.state() || (tier(m) != tier(before) && i >= joinBelow)) {
                return i;
            }
        }
        return rotation.size();
    }

    private static int tier(Member m) {
        return m.standing().tier();
    }

    static boolean eligible(Member m) {
        return STATES.contains(m.state()) && m.proven() && m.intent() == Intent.READY && m.address() != null;
    }
}
