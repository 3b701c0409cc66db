package io.echogate.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.config.AccessLogRules;
import io.echogate.config.Config;
import io.echogate.config.HistoryRules;
import io.echogate.config.IcmpRules;
import io.echogate.config.MemberConfig;
import io.echogate.config.StatusRules;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WorstCaseTest {
    private final Config config = Config.of(List.of(MemberConfig.of("S1", "127.0.0.1", 3000)));

    @Test
    void of_the_defaults() {
        WorstCase worst = WorstCase.of(config);
        assertThat(worst.killed().sum()).isEqualTo("1.0 + 0.2 + 0.2 = 1.4 s");
        assertThat(worst.frozen().sum()).isEqualTo("1.0 + 0.2 + 0.2 + 0.8 = 2.2 s");
        assertThat(worst.off().sum()).isEqualTo("1.0 + 0.2 + 0.2 + 0.8 = 2.2 s");
        assertThat(worst.uncorroborated().sum()).isEqualTo("1.0 + 0.2 + 0.2 + 0.2 + 0.2 + 0.2 + 0.8 = 2.8 s");
        assertThat(worst.left().sum()).isEqualTo("1.0 + 0.2 = 1.2 s");
        assertThat(worst.back().sum()).isEqualTo("5.0 + 0.2 = 5.2 s");
        assertThat(worst.longest().total()).isEqualTo(Duration.ofMillis(2_800));
    }

    @Test
    void without_icmp_a_machine_that_is_off_takes_twice_the_failures() {
        Config blind = new Config(
                config.listen(),
                config.admin(),
                config.page(),
                config.pollFreq(),
                null,
                config.policy(),
                config.ping(),
                new IcmpRules(false, Duration.ofMillis(800), 3, 2),
                List.of(),
                config.carry(),
                config.limits(),
                AccessLogRules.DEFAULT,
                HistoryRules.OFF,
                StatusRules.OFF,
                null,
                config.members(),
                List.of());
        assertThat(WorstCase.of(blind).off().total()).isEqualTo(Duration.ofMillis(2_800));
    }
}
