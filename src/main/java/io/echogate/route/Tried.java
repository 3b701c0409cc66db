package io.echogate.route;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** The members that one request has been tried on, in order. Confined to one thread; reused from request to request. */
public final class Tried {
    private final IntPredicate full;
    private int[] members = new int[4];
    private int count;

    public Tried() {
        this(member -> false);
    }

    /** @param full true of a member that may be given no request now, tried or not */
    public Tried(IntPredicate full) {
        this.full = full;
    }

    public void add(int member) {
        if (count == members.length) {
            members = Arrays.copyOf(members, count * 2);
        }
        members[count++] = member;
    }

    public boolean has(int member) {
        for (int i = 0; i < count; i++) {
            if (members[i] == member) {
                return true;
            }
        }
        return false;
    }

    /** True of a member that is not to be chosen: tried, or full. */
    boolean bars(int member) {
        return has(member) || full.test(member);
    }

    /** How many attempts there were. */
    public int count() {
        return count;
    }

    public void clear() {
        count = 0;
    }
}
