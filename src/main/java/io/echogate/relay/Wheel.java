package io.echogate.relay;

import org.jspecify.annotations.Nullable;

/**
 * Coarse deadlines of one event loop: a ring of slots, one per tick. An alarm whose deadline moves back stays where it
 * is and is looked at again when its slot comes, so that a request costs no timer operation. Confined to that loop.
 */
final class Wheel {
    /** Length of a tick in nanoseconds: nothing is later than two of them. */
    static final long TICK = 20_000_000;

    private static final int SLOTS = 512;

    /** Ticks that are missed by a loop that was suspended or starved, and not just busy. */
    private static final int SLEPT = 10;

    /** Whoever has a deadline. */
    interface Owner {
        /** Monotonic nanoseconds; may move with every event. */
        long deadline();

        void timeIsUp(long now);
    }

    /** An owner's place in the wheel. */
    static final class Alarm {
        private final Owner owner;
        private @Nullable Alarm before;
        private @Nullable Alarm after;
        private long tick = -1;
        private boolean live = true;

        Alarm(Owner owner) {
            this.owner = owner;
        }
    }

    private final @Nullable Alarm[] slots = new @Nullable Alarm[SLOTS];
    private final long origin;
    private long current;
    private boolean waking;

    Wheel(long now) {
        origin = now;
    }

    /** Sees to it that the alarm is looked at when its deadline has passed. */
    void watch(Alarm a) {
        a.live = true;
        long tick = tickOf(a.owner.deadline());
        if (a.tick >= 0) {
            if (a.tick <= tick) {
                return;
            }
            unlink(a);
        }
        link(a, tick);
    }

    private long tickOf(long deadline) {
        long tick = Math.floorDiv(deadline - origin, TICK) + 1;
        return Math.max(current + 1, Math.min(tick, current + SLOTS - 1));
    }

    /** Not looked at again unless it is watched anew. */
    void forget(Alarm a) {
        a.live = false;
        if (a.tick >= 0) {
            unlink(a);
        }
    }

    /**
     * Calls everybody whose deadline has passed. When ticks were missed, only the next turn does: what came in the
     * meantime is still to be read, and nobody is late only because we were.
     */
    void turn(long now) {
        long until = (now - origin) / TICK;
        waking = !waking && until - current > SLEPT;
        if (waking) {
            return;
        }
        while (current < until) {
            current++;
            int slot = (int) (current % SLOTS);
            for (Alarm a = slots[slot]; a != null; a = slots[slot]) {
                unlink(a);
                if (now - a.owner.deadline() >= 0) {
                    a.owner.timeIsUp(now);
                }
                if (a.live) {
                    watch(a);
                }
            }
        }
    }

    private void link(Alarm a, long tick) {
        int slot = (int) (tick % SLOTS);
        Alarm first = slots[slot];
        a.tick = tick;
        a.before = null;
        a.after = first;
        if (first != null) {
            first.before = a;
        }
        slots[slot] = a;
    }

    private void unlink(Alarm a) {
        Alarm before = a.before;
        Alarm after = a.after;
        if (before == null) {
            slots[(int) (a.tick % SLOTS)] = after;
        } else {
            before.after = after;
        }
        if (after != null) {
            after.before = before;
        }
        a.before = null;
        a.after = null;
        a.tick = -1;
    }
}
