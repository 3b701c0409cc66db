package io.echogate.relay;

import io.echogate.exchange.Seats;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** The seats of all members that no loop has taken; any thread. */
final class Room implements Seats.Hall {
    /** So many portions of a loop's share that what lies idle on other loops is little of the bound. */
    private static final int PORTIONS = 16;

    private final AtomicIntegerArray free;
    private final AtomicIntegerArray wanted;

    /** @param bound seats of each member */
    private Room(int members, int bound) {
        free = new AtomicIntegerArray(members);
        wanted = new AtomicIntegerArray(members);
        for (int i = 0; i < members; i++) {
            free.set(i, bound);
        }
    }

    /** How each of that many loops sees a bound. */
    static Seats.Rules rules(int members, int bound, int loops, long slowStart) {
        int share = Math.max(1, bound / loops);
        return new Seats.Rules(new Room(members, bound), share, Math.max(1, share / PORTIONS), slowStart);
    }

    @Override
    public int take(int member, int most) {
        if (member >= free.length()) {
            return most;
        }
        int got = Math.min(free.getAndUpdate(member, n -> Math.max(0, n - most)), most);
        int want = got == 0 ? 1 : 0;
        if (wanted.get(member) != want) {
            wanted.set(member, want);
        }
        return got;
    }

    @Override
    public boolean wanted(int member) {
        return member < wanted.length() && wanted.getOpaque(member) > 0;
    }

    @Override
    public void giveBack(int member, int seats) {
        if (member < free.length()) {
            free.getAndAdd(member, seats);
        }
    }
}
