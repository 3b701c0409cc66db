package io.echogate.page;

import io.echogate.config.Config;
import java.time.Duration;

/**
 * The few facts of the configuration that a reader of the page needs.
 *
 * @param listen where clients come in
 * @param pollFreqMillis members are asked this often
 * @param staleAfterMillis a snapshot older than this is shown as stale: nobody may be silent for that long
 */
record Setting(String listen, long pollFreqMillis, long staleAfterMillis) {
    private static final Duration GRACE = Duration.ofSeconds(3);

    static Setting of(Config config) {
        Duration slowest = config.pollFreq();
        if (config.ping().downFreqMax().compareTo(slowest) > 0) {
            slowest = config.ping().downFreqMax();
        }
        long stale = GRACE.plus(slowest).plus(config.ping().timeout()).toMillis();
        return new Setting(config.listen().toString(), config.pollFreq().toMillis(), stale);
    }
}
