package io.echogate.judge;

import io.echogate.config.Config;

/**
 * The thresholds that the judge goes by. All durations in nanoseconds.
 *
 * @param fall consecutive corroborated failures to DOWN; silence without a second fact takes twice as many
 * @param rise consecutive passes from DOWN to UP
 * @param hostFall consecutive ICMP misses until the host counts as silent
 * @param hostRise consecutive ICMP answers until it counts as answering again
 * @param intervalNanos members that fall silent within this time fell silent together
 * @param icmp whether machines are asked at all
 */
public record Rules(int fall, int rise, int hostFall, int hostRise, long intervalNanos, boolean icmp) {
    public static Rules of(Config config) {
        return new Rules(
                config.ping().fall(),
                config.ping().rise(),
                config.icmp().fall(),
                config.icmp().rise(),
                config.pollFreq().toNanos(),
                config.icmp().enabled());
    }

    /** Failures that convict even without a second fact. */
    int uncorroboratedFall() {
        return 2 * fall;
    }
}
