package io.echogate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.config.Config;
import io.echogate.config.MemberConfig;
import io.echogate.page.Promise;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the page is told of the asking. */
final class InsightsTest {
    /** The figures that README and {@code echogate check} name for the defaults. */
    @Test
    void theDefaultsPromiseWhatIsWrittenOfThem() {
        Insights insights = new Insights(Config.of(List.of(MemberConfig.of("S1", "127.0.0.11", 3000))));
        Promise promise = insights.promise();
        assertThat(promise.stopped()).isEqualTo(Duration.ofMillis(1_400));
        assertThat(promise.frozen()).isEqualTo(Duration.ofMillis(2_200));
        assertThat(promise.off()).isEqualTo(Duration.ofMillis(2_200));
        assertThat(promise.diverted()).isEqualTo(Duration.ofMillis(1_200));
        assertThat(insights.lookUp("S1")).as("nobody is asked yet").isNull();
    }
}
