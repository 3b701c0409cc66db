package io.echogate.route;

import io.echogate.model.Member;
import io.echogate.model.Standing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Those that share the load, each at its place from 0, and how large each one's share is. Worked out anew when the
 * rotation is another, and in slow start ten times in its course; a request reads only. Confined to one event loop.
 *
 * <p>Slow start: the share of a member that has come back from DOWN is a tenth of what it will be, until two tenths of
 * the time have passed, and then as many tenths as have passed.
 */
final class Sharing {
    private static final int WHOLE = 10;

    private final boolean weighs;
    private final long slowStart;
    private @Nullable List<Member> rotation;
    private int[] tenths = new int[0];
    private int most = WHOLE;
    private boolean growing;
    private long stageEnds;

    /**
     * Nobody shares so far.
     *
     * @param weighs whether configured weights count
     * @param slowStart nanoseconds; 0: a member that has come back has its whole share at once
     */
    Sharing(boolean weighs, long slowStart) {
        this.weighs = weighs;
        this.slowStart = slowStart;
    }

    /** Looks at the newest rotation; true when the shares are others than at the last look. */
    @SuppressWarnings("ReferenceEquality") // the same instance for as long as nothing about it changed
    boolean look(List<Member> newest, long now) {
        if (newest == rotation && !(growing && now - stageEnds >= 0)) {
            return false;
        }
        rotation = newest;
        growing = false;
        most = 1;
        tenths = new int[serving(newest)];
        for (int i = 0; i < tenths.length; i++) {
            tenths[i] = tenths(newest.get(i).standing(), now);
            most = Math.max(most, tenths[i]);
        }
        return true;
    }

    private static int serving(List<Member> rotation) {
        int n = 0;
        while (n < rotation.size() && rotation.get(n).serving()) {
            n++;
        }
        return n;
    }

    private int tenths(Standing standing, long now) {
        long elapsed = now - standing.returnedNanos();
        if (!standing.returned() || elapsed >= slowStart) {
            return WHOLE;
        }
        int passed = Math.max(1, (int) (elapsed * WHOLE / slowStart));
        long ends = standing.returnedNanos() + slowStart * (passed + 1) / WHOLE;
        stageEnds = growing && stageEnds - ends < 0 ? stageEnds : ends;
        growing = true;
        return passed;
    }

    int size() {
        return tenths.length;
    }

    Member at(int place) {
        if (rotation == null) {
            throw new IllegalStateException("nobody has looked yet");
        }
        return rotation.get(place);
    }

    /** Weight and slow start together; comparable within one look. */
    int weight(int place) {
        return (weighs ? at(place).standing().weight() : 1) * tenths[place];
    }

    /** Somebody's share is still growing. */
    boolean growing() {
        return growing;
    }

    /** True of a member whose share has grown as far as anybody's. */
    boolean grown(int place) {
        return tenths[place] == most;
    }

    /** The first place from {@code from} on, around the end, whose member was not tried; -1 when all were. */
    int untried(Tried tried, int from) {
        for (int i = 0; i < size(); i++) {
            int place = (from + i) % size();
            if (!tried.bars(at(place).index())) {
                return place;
            }
        }
        return -1;
    }
}
