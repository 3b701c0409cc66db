package io.echogate.exchange;

import io.echogate.config.CarryRules;
import io.echogate.config.Config;
import io.echogate.config.HistoryRules;
import io.echogate.config.Limits;
import io.echogate.config.MemberConfig;
import java.util.List;

/** Configurations for exchanges without a network. */
final class Configs {
    private Configs() {}

    static Config with(boolean page, Limits limits, CarryRules carry) {
        Config d = Config.of(List.of(MemberConfig.of("S1", "127.0.0.1", 1)));
        return new Config(
                d.listen(),
                d.admin(),
                page,
                d.pollFreq(),
                null,
                d.policy(),
                d.ping(),
                d.icmp(),
                d.witness(),
                carry,
                limits,
                d.accessLog(),
                HistoryRules.OFF,
                d.status(),
                null,
                d.members(),
                List.of());
    }
}
