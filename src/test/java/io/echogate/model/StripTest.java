package io.echogate.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.clock.Chance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class StripTest {
    private static final Outcome[] OUTCOMES = Outcome.values();

    /** Whatever is appended, each strip is and stays the newest 60, also while later ones share its cells. */
    @Test
    void is_the_newest_beats_and_stays_so() {
        RandomGenerator random = Chance.seeded(7);
        List<Beat> all = new ArrayList<>();
        List<Strip> strips = new ArrayList<>(List.of(Strip.EMPTY));
        for (int i = 0; i < 500; i++) {
            long rtt = random.nextInt(4) == 0 ? Timing.UNREACHED : random.nextLong(60_000_000_000L);
            Beat beat = new Beat(Instant.ofEpochMilli(1_000L * i), OUTCOMES[random.nextInt(OUTCOMES.length)], rtt);
            all.add(beat);
            strips.add(strips.getLast().with(beat.at(), beat.outcome(), beat.rttNanos()));
        }
        for (int n = 0; n <= all.size(); n++) {
            List<Beat> newest = all.subList(Math.max(0, n - Beat.STRIP), n);
            assertThat(strips.get(n)).isEqualTo(newest);
            assertThat(strips.get(n).lossPercent()).isEqualTo(lossPercent(newest));
        }
    }

    private static double lossPercent(List<Beat> beats) {
        long failed = beats.stream().filter(b -> b.outcome().failed()).count();
        return beats.isEmpty() ? 0 : 100.0 * failed / beats.size();
    }
}
