package io.echogate.judge;

import io.echogate.model.Intent;
import io.echogate.model.Member;
import io.echogate.model.State;
import java.util.ArrayList;
import java.util.List;

/**
 * Pure: which members may be given a request, best first. First doubt takes a member behind every UP one, and no member
 * is dropped for mere doubt: when nobody is UP, the recovering and then the suspect are still tried.
 */
public final class Rotation {
    private static final List<State> TIERS = List.of(State.UP, State.RECOVERING, State.SUSPECT);

    private Rotation() {}

    /** Members by tier, each tier in order of preference. */
    public static List<Member> of(List<Member> members) {
        List<Member> rotation = new ArrayList<>(members.size());
        for (State tier : TIERS) {
            for (Member m : members) {
                if (m.state() == tier && eligible(m)) {
                    rotation.add(m);
                }
            }
        }
        return List.copyOf(rotation);
    }

    /** True when the member is in the best tier that anybody is in. */
    public static boolean serves(Member member, List<Member> rotation) {
        return !rotation.isEmpty()
                && eligible(member)
                && member.state() == rotation.getFirst().state();
    }

    private static boolean eligible(Member member) {
        return member.proven() && member.intent() == Intent.READY && member.address() != null;
    }
}
