package io.echogate.route;

/**
 * Bounds second attempts to a share of the requests of the last ten seconds, and never less than a floor: what was not
 * used up in quiet seconds is there when a member freezes. Confined to one event loop; time is an argument.
 */
public final class HedgeBudget {
    private static final int SECONDS = 10;
    private static final int FLOOR = 3;
    private static final long SECOND = 1_000_000_000;

    private final int percent;
    private final int[] requests = new int[SECONDS];
    private final int[] hedges = new int[SECONDS];
    private long requestSum;
    private long hedgeSum;
    private long second = Long.MIN_VALUE;

    /** @param percent of the requests; 0 for none at all, not even the floor */
    public HedgeBudget(int percent) {
        this.percent = percent;
    }

    /** A request has come. */
    public void request(long now) {
        requests[slot(now)]++;
        requestSum++;
    }

    public boolean hasRoom(long now) {
        slot(now);
        return percent > 0 && hedgeSum < Math.max(FLOOR, requestSum * percent / 100);
    }

    /** A second attempt begins. */
    public void take(long now) {
        hedges[slot(now)]++;
        hedgeSum++;
    }

    private int slot(long now) {
        long current = Math.floorDiv(now, SECOND);
        if (current != second) {
            forget(current);
        }
        return (int) Math.floorMod(current, (long) SECONDS);
    }

    private void forget(long current) {
        long gone = second == Long.MIN_VALUE ? SECONDS : Math.min(SECONDS, current - second);
        for (long s = current - gone + 1; s <= current; s++) {
            int i = (int) Math.floorMod(s, (long) SECONDS);
            requestSum -= requests[i];
            hedgeSum -= hedges[i];
            requests[i] = 0;
            hedges[i] = 0;
        }
        second = current;
    }
}
