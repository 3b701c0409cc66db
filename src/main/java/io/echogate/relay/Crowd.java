package io.echogate.relay;

import io.echogate.config.Config;
import io.echogate.exchange.Seats;
import org.jspecify.annotations.Nullable;

/**
 * What happens on one loop when more requests come than members may be given.
 *
 * @param seats how many each may be given; null: any number
 * @param waiting how many requests may wait on the loop
 */
record Crowd(Seats.@Nullable Rules seats, int waiting) {
    /** For each of that many loops. */
    static Crowd of(Config config, int members, int loops) {
        int bound = config.limits().inFlightPerMember();
        long slowStart = config.policy().slowStart().toNanos();
        int waiting = (config.limits().queue() + loops - 1) / loops;
        return new Crowd(bound == 0 ? null : Room.rules(members, bound, loops, slowStart), waiting);
    }
}
