package io.echogate.exchange;

import io.echogate.model.Fleet;
import io.echogate.model.Member;
import io.echogate.model.State;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How many more requests each member may be given by one event loop. The bound holds for all loops together: each takes
 * seats from the {@link Hall} a few at a time, so that a request costs nothing that is shared, and gives back what it does
 * not need. A member that comes back has a tenth of its seats at first, and as many tenths as have passed of the slow start,
 * so that those who waited do not all run to it at once. Confined to that loop.
 */
public final class Seats {
    /** Where all loops' seats are. Any thread. */
    public interface Hall {
        /** Up to that many of the member's free seats; 0: there are none, and the member's seats are wanted. */
        int take(int member, int most);

        void giveBack(int member, int seats);

        /** Some loop has found none: nobody is to keep what it does not need. */
        boolean wanted(int member);
    }

    /**
     * The bound, as one loop sees it.
     *
     * @param hall where the seats are
     * @param share of the bound for this loop, as long as a member comes back; at least 1
     * @param portion seats that are taken from the hall at a time; at least 1
     * @param slowStart nanoseconds from coming back to the whole share
     */
    public record Rules(Hall hall, int share, int portion, long slowStart) {}

    private static final int TENTHS = 10;

    private final @Nullable Rules rules;
    private Runnable freed = () -> {};
    private int[] held = new int[0];
    private int[] taken = new int[0];
    private @Nullable Member[] young = new @Nullable Member[0];
    private long now;

    /**
     * Nobody sits.
     *
     * @param rules null: no bound
     */
    public Seats(@Nullable Rules rules) {
        this.rules = rules;
    }

    /** Has {@code then} called whenever a seat was left. */
    public void watch(Runnable then) {
        freed = then;
    }

    /** A newer snapshot. */
    public void fleet(Fleet newer) {
        if (rules == null) {
            return;
        }
        int n = newer.members().size();
        grow(n - 1);
        for (int i = 0; i < n; i++) {
            Member m = newer.at(i);
            boolean comesBack = m.state() == State.RECOVERING || m.standing().returned();
            young[i] = comesBack ? m : null;
        }
    }

    private void grow(int member) {
        if (member >= held.length) {
            held = Arrays.copyOf(held, member + 1);
            taken = Arrays.copyOf(taken, member + 1);
            young = Arrays.copyOf(young, member + 1);
        }
    }

    /** Time goes on. */
    public void at(long nanos) {
        now = nanos;
    }

    /** True when that member may be given no further request now. */
    public boolean full(int member) {
        if (rules == null) {
            return false;
        }
        grow(member);
        if (young[member] != null && taken[member] >= few(member, rules)) {
            return true;
        }
        if (taken[member] >= held[member]) {
            held[member] += rules.hall().take(member, rules.portion());
        }
        return taken[member] >= held[member];
    }

    /** What a member that comes back may be given. */
    private int few(int member, Rules r) {
        Member m = young[member];
        if (m == null) {
            return Integer.MAX_VALUE;
        }
        long passed = m.state() == State.UP ? now - m.standing().returnedNanos() : 0;
        if (passed >= r.slowStart() && m.state() == State.UP) {
            young[member] = null;
            return Integer.MAX_VALUE;
        }
        long tenths = r.slowStart() == 0 ? 1 : Math.max(1, passed * TENTHS / r.slowStart());
        return (int) Math.max(1, r.share() * tenths / TENTHS);
    }

    /** A request begins there, whether or not there was room. */
    public void take(int member) {
        if (rules != null) {
            grow(member);
            taken[member]++;
        }
    }

    /** A request that had begun there is over. */
    public void leave(int member) {
        if (rules == null) {
            return;
        }
        taken[member]--;
        share(member, rules);
        freed.run();
    }

    /** Now and then: gives back what others want and this loop does not need. */
    public void share() {
        if (rules != null) {
            for (int i = 0; i < held.length; i++) {
                share(i, rules);
            }
        }
    }

    private void share(int member, Rules r) {
        int idle = held[member] - taken[member];
        int spare = idle - r.portion();
        int back = idle > 0 && r.hall().wanted(member) ? idle : spare >= r.portion() ? spare : 0;
        if (back > 0) {
            held[member] -= back;
            r.hall().giveBack(member, back);
        }
    }
}
