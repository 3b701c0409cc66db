package io.echogate.route;

import java.util.Arrays;

/** The members that one request has been tried on, in order. Confined to one thread; reused from request to request. */
public final class Tried {
    private int[] members = new int[4];
    private int count;

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

    /** How many attempts there were. */
    public int count() {
        return count;
    }

    public void clear() {
        count = 0;
    }
}
