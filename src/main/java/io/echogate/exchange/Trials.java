package io.echogate.exchange;

import io.echogate.model.Cause;
import io.echogate.model.Fleet;
import io.echogate.model.Member;
import io.echogate.model.State;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which members this loop does not quite trust: those that have just broken an answer, and those on trial after they did,
 * which get a request now and then. Their answers are held back until they are complete. Confined to one event loop.
 */
final class Trials {
    private static final long APART_NANOS = 100_000_000;
    private static final long MISTRUST_NANOS = 10_000_000_000L;

    private List<Member> candidates = List.of();
    private long[] brokeAt = new long[0];
    private long nextAt;
    private int turn;

    /** A newer snapshot. */
    void fleet(Fleet newer) {
        List<Member> rotation = newer.rotation();
        boolean well = !rotation.isEmpty() && rotation.getFirst().state() == State.UP;
        candidates = well ? rotation.stream().filter(Trials::onTrial).toList() : List.of();
    }

    private static boolean onTrial(Member m) {
        return m.state() == State.RECOVERING && m.cause() == Cause.BROKEN;
    }

    boolean any() {
        return !candidates.isEmpty();
    }

    /** Whose turn it is to be tried, or null while the last trial is too short ago. */
    @Nullable
    Member next(long now) {
        if (candidates.isEmpty() || (nextAt != 0 && now - nextAt < 0)) {
            return null;
        }
        nextAt = now + APART_NANOS;
        turn = (turn + 1) % candidates.size();
        return candidates.get(turn);
    }

    /** It has just broken an answer. */
    void broke(Member m, long now) {
        if (m.index() >= brokeAt.length) {
            int before = brokeAt.length;
            brokeAt = Arrays.copyOf(brokeAt, m.index() + 8);
            Arrays.fill(brokeAt, before, brokeAt.length, now - MISTRUST_NANOS);
        }
        brokeAt[m.index()] = now;
    }

    boolean mistrusts(Member m, long now) {
        boolean lately = m.index() < brokeAt.length && now - brokeAt[m.index()] < MISTRUST_NANOS;
        return lately || (m.cause() == Cause.BROKEN && m.state() != State.UP);
    }
}
