package io.echogate.fleet;

import io.echogate.judge.Rotation;
import io.echogate.model.Member;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * The members' part of each snapshot. Takes up only what was touched since the one before and arranges anew only when a
 * verdict or the like is another, so that one echo among thousands of members costs little. Touched by the writer's
 * thread only.
 */
final class Roster {
    private final List<MemberFile> files;
    private final Member[] views;
    private final BitSet touched = new BitSet();
    private final int joinBelow;
    private Pages members;
    private List<Member> rotation = List.of();
    private boolean pressed;

    /**
     * Nothing is touched so far.
     *
     * @param files in order of preference, each at its index
     * @param joinBelow the next tier joins while fewer members of the better ones are UP
     */
    Roster(List<MemberFile> files, int joinBelow) {
        this.joinBelow = joinBelow;
        this.files = List.copyOf(files);
        this.views = this.files.stream().map(MemberFile::view).toArray(Member[]::new);
        arrange();
        members = Pages.of(List.of(views));
    }

    /** Something about that member is to be shown anew. */
    void touch(MemberFile file) {
        touched.set(file.index());
    }

    /** Takes up what was touched; true when anything is another that routing or pacing goes by. */
    boolean takeUp() {
        pressed = false;
        if (touched.isEmpty()) {
            return false;
        }
        boolean changed = false;
        for (int i = touched.nextSetBit(0); i >= 0; i = touched.nextSetBit(i + 1)) {
            Member was = views[i];
            views[i] = files.get(i).view().withServing(was.serving());
            changed |= !alike(was, views[i]);
            pressed |= was.pressedNanos() != views[i].pressedNanos();
        }
        if (changed) {
            arrange();
            members = Pages.of(List.of(views));
        } else {
            members = members.with(touched, i -> views[i]);
        }
        touched.clear();
        return changed;
    }

    private static boolean alike(Member was, Member is) {
        return was.verdict().equals(is.verdict())
                && was.order().equals(is.order())
                && was.proven() == is.proven()
                && was.host().state() == is.host().state()
                && Objects.equals(was.address(), is.address());
    }

    private void arrange() {
        List<Member> next = Rotation.of(List.of(views), joinBelow);
        BitSet serving = new BitSet();
        next.stream().filter(Member::serving).forEach(m -> serving.set(m.index()));
        for (int i = 0; i < views.length; i++) {
            views[i] = views[i].withServing(serving.get(i));
        }
        rotation = Rotations.keepIfSame(rotation, next);
    }

    /** What was taken up last told of a request that waits for unusually long. */
    boolean pressed() {
        return pressed;
    }

    /** In order of preference. */
    List<Member> members() {
        return members;
    }

    /** Best first; the same instance for as long as nothing that routing reads has changed. */
    List<Member> rotation() {
        return rotation;
    }
}
