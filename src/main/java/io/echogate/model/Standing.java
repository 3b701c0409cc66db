package io.echogate.model;

/**
 * A member's place among those that share the load. Immutable, part of one {@link Member}.
 *
 * @param weight its share beside the others'; 1 to 1,000
 * @param tier the lowest first; the next one joins when too few of the better ones are UP
 * @param returnedNanos monotonic time at which it was last UP again after having been DOWN; {@link #NEVER} for a member
 *     that has not been DOWN since the monitor started
 */
public record Standing(int weight, int tier, long returnedNanos) {
    public static final long NEVER = Long.MIN_VALUE;

    /** Of a member about which the configuration says nothing and that has not been DOWN. */
    public static final Standing DEFAULT = new Standing(1, 1, NEVER);

    public boolean returned() {
        return returnedNanos != NEVER;
    }
}
