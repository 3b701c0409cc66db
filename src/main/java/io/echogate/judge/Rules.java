package io.echogate.judge;

import io.echogate.config.Config;
import io.echogate.config.OutlierRules;
import io.echogate.config.PingRules;

/**
 * The thresholds that the judge goes by. All durations in nanoseconds.
 *
 * @param fall consecutive corroborated failures to DOWN; silence without a second fact takes twice as many
 * @param rise consecutive passes from DOWN to UP
 * @param hostFall consecutive ICMP misses until the host counts as silent
 * @param hostRise consecutive ICMP answers until it counts as answering again
 * @param intervalNanos members that fall silent within this time fell silent together
 * @param icmp whether machines are asked at all
 * @param holdDownNanos for how long one that has flapped once is held down; twice as long each further time; 0: not at all
 * @param outlier when what clients' requests show takes a member out
 * @param tape closed questions of one kind remembered of a member: as many as any streak that decides, and those that can
 *     be closed meanwhile
 */
public record Rules(
        int fall,
        int rise,
        int hostFall,
        int hostRise,
        long intervalNanos,
        boolean icmp,
        long holdDownNanos,
        OutlierRules outlier,
        int tape) {
    /** Twice the longest {@code fall} that the configuration allows. */
    private static final int LONGEST_TAPE = 64;

    private static final int SLACK = 4;

    public static Rules of(Config config) {
        return new Rules(
                config.ping().fall(),
                config.ping().rise(),
                config.icmp().fall(),
                config.icmp().rise(),
                config.pollFreq().toNanos(),
                config.icmp().enabled(),
                config.ping().holdDown().toNanos(),
                config.carry().outlier(),
                tape(config));
    }

    private static int tape(Config config) {
        PingRules ping = config.ping();
        int streak = 2
                * Math.max(
                        Math.max(ping.fall(), ping.rise()),
                        Math.max(config.icmp().fall(), config.icmp().rise()));
        long overlapping = ping.listenLate().toNanos() / ping.doubtFreq().toNanos();
        long whileDown = ping.downFreqMax().toNanos() / config.pollFreq().toNanos();
        return (int) Math.min(LONGEST_TAPE, streak + Math.max(overlapping, whileDown) + SLACK);
    }

    /** For a member that is asked by ICMP alone: what makes its machine silent and answering makes it so. */
    Rules byHost() {
        return new Rules(hostFall, hostRise, hostFall, hostRise, intervalNanos, icmp, holdDownNanos, outlier, tape);
    }

    /** The longest streak of passes that decides anything. */
    int passesThatCount() {
        return Math.max(rise, hostRise);
    }

    /** Failures that convict even without a second fact. */
    int uncorroboratedFall() {
        return 2 * fall;
    }
}
