package io.echogate.route;

/**
 * Bounds how many requests are on a further attempt at once, so that retries cannot double the load of a fleet that
 * fails: a share of the requests in flight, and never less than a floor. Confined to one event loop.
 */
public final class RetryBudget {
    private final int percent;
    private final int floor;
    private int inFlight;
    private int retrying;

    public RetryBudget(int percent, int floor) {
        this.percent = percent;
        this.floor = floor;
    }

    public void begin() {
        inFlight++;
    }

    /** Ends a request that held {@code retries} of the budget. */
    public void end(int retries) {
        inFlight--;
        retrying -= retries;
    }

    public boolean hasRoom() {
        return retrying < Math.max(floor, (long) inFlight * percent / 100);
    }

    /** Takes one; given back by {@link #end}. */
    public void take() {
        retrying++;
    }

    public int inFlight() {
        return inFlight;
    }
}
