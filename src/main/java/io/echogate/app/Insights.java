package io.echogate.app;

import io.echogate.config.Config;
import io.echogate.judge.WorstCase;
import io.echogate.model.LookUp;
import io.echogate.page.Insight;
import io.echogate.page.Promise;
import io.echogate.probe.Prober;
import org.jspecify.annotations.Nullable;

/** What the page is told of the asking, which begins after it. Any thread. */
final class Insights implements Insight {
    private final Promise promise;
    private volatile @Nullable Prober prober;

    Insights(Config config) {
        WorstCase worst = WorstCase.of(config);
        promise = new Promise(
                worst.killed().total(),
                worst.frozen().total(),
                worst.off().total(),
                worst.uncorroborated().total(),
                worst.left().total(),
                worst.back().total(),
                worst.watchedOff().total(),
                worst.watchedBack().total());
    }

    void begin(Prober asking) {
        prober = asking;
    }

    @Override
    public Promise promise() {
        return promise;
    }

    @Override
    public @Nullable LookUp lookUp(String member) {
        Prober asking = prober;
        return asking == null ? null : asking.lookUp(member);
    }
}
