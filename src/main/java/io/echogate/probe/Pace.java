package io.echogate.probe;

import io.echogate.config.Config;
import io.echogate.config.PingRules;

/**
 * How often one kind of question is asked and how long its answers are waited for. All in nanoseconds.
 *
 * @param every start to start while the member is well
 * @param timeout of one question
 * @param doubtAfter least silence before doubt
 * @param doubtEvery start to start while in doubt
 * @param downEvery first interval while down
 * @param downMax the interval it grows to
 * @param listenLate how long after asking a late answer is still listened for; at least {@code timeout}
 */
record Pace(long every, long timeout, long doubtAfter, long doubtEvery, long downEvery, long downMax, long listenLate) {
    static Pace http(Config config) {
        PingRules ping = config.ping();
        return new Pace(
                config.pollFreq().toNanos(),
                ping.timeout().toNanos(),
                ping.doubtAfter().toNanos(),
                ping.doubtFreq().toNanos(),
                ping.downFreq().toNanos(),
                ping.downFreqMax().toNanos(),
                Math.max(ping.listenLate().toNanos(), ping.timeout().toNanos()));
    }

    /** ICMP goes on at its usual pace while a member is down: it is cheap and the first to see a machine come back. */
    static Pace icmp(Config config) {
        PingRules ping = config.ping();
        long every = config.pollFreq().toNanos();
        long timeout = config.icmp().timeout().toNanos();
        return new Pace(
                every,
                timeout,
                ping.doubtAfter().toNanos(),
                ping.doubtFreq().toNanos(),
                every,
                every,
                Math.max(ping.listenLate().toNanos(), timeout));
    }
}
