package io.echogate.fleet;

import io.echogate.judge.Rotation;
import io.echogate.model.Member;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The part of each snapshot that is members, those only watched included. Takes up only what was touched since the one before and arranges anew only when a
 * verdict or the like is another, so that one echo among thousands of members costs little. Touched by the writer's
 * thread only.
 */
final class Roster {
    private final List<MemberFile> files;
    private final Member[] views;
    private final BitSet touched = new BitSet();
    private final int joinBelow;
    private final int pool;
    private Pages members;
    private Pages watched;
    private List<Member> rotation = List.of();
    private boolean pressed;

    /**
     * Nothing is touched so far.
     *
     * @param pool in order of preference, each at its index
     * @param watched behind the pool, each at its index
     * @param joinBelow the next tier joins while fewer members of the better ones are UP
     */
    Roster(Collection<MemberFile> pool, Collection<MemberFile> watched, int joinBelow) {
        this.joinBelow = joinBelow;
        this.pool = pool.size();
        this.files = Stream.concat(pool.stream(), watched.stream()).toList();
        this.views = this.files.stream().map(MemberFile::view).toArray(Member[]::new);
        arrange(Instant.EPOCH); // nobody is proven, so nobody serves
        this.members = Pages.of(ofPool());
        this.watched = Pages.of(List.of(views).subList(this.pool, views.length));
    }

    /** Something about that member is to be shown anew. */
    void touch(MemberFile file) {
        touched.set(file.index());
    }

    /**
     * Takes up what was touched; true when anything is another that routing or pacing goes by.
     *
     * @param now who comes to serve serves since then
     */
    boolean takeUp(Instant now) {
        pressed = false;
        if (touched.isEmpty()) {
            return false;
        }
        boolean changed = false;
        boolean moved = false;
        for (int i = touched.nextSetBit(0); i >= 0; i = touched.nextSetBit(i + 1)) {
            Member was = views[i];
            views[i] = files.get(i).view().withServing(was.serving(), was.servingSince());
            boolean other = !alike(was, views[i]);
            changed |= other;
            moved |= other && i < pool;
            pressed |= was.pressedNanos() != views[i].pressedNanos();
        }
        if (moved) {
            arrange(now);
            members = Pages.of(ofPool());
        } else {
            members = members.with(touched.get(0, pool), i -> views[i]);
        }
        watched = watched.with(touched.get(pool, views.length), i -> views[pool + i]);
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

    private List<Member> ofPool() {
        return List.of(views).subList(0, pool);
    }

    private void arrange(Instant now) {
        List<Member> next = Rotation.of(ofPool(), joinBelow);
        BitSet serving = new BitSet();
        next.stream().filter(Member::serving).forEach(m -> serving.set(m.index()));
        for (int i = 0; i < pool; i++) {
            boolean was = views[i].serving();
            boolean is = serving.get(i);
            views[i] = is == was ? views[i] : views[i].withServing(is, is ? now : null);
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

    /** Those who are only watched, as configured. */
    List<Member> watched() {
        return watched;
    }

    /** Best first; the same instance for as long as nothing that routing reads has changed. */
    List<Member> rotation() {
        return rotation;
    }
}
