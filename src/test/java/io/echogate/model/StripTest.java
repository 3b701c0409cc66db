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

    /** Phases and status go with their beat, however the strip came to be; without phases nothing is claimed. */
    @Test
    void where_the_time_went_stays_with_its_question() {
        Strip strip = Strip.EMPTY.with(Instant.EPOCH, Outcome.ANSWERED, 1_000);
        assertThat(strip.timing(0)).isEqualTo(Timing.total(Timing.UNREACHED));
        for (int i = 1; i <= 300; i++) {
            boolean answered = i % 7 != 0;
            Timing timing = new Timing(0, i * 1_000L, answered ? i * 2_000L : Timing.UNREACHED, i * 3_000L + 999);
            strip = strip.with(
                    Instant.ofEpochMilli(i),
                    answered ? Outcome.ANSWERED : Outcome.SILENT,
                    answered ? i * 3_000L : Timing.UNREACHED,
                    timing,
                    answered ? 200 + i : 0);
            for (int j = 0; j < strip.size(); j++) {
                Beat beat = strip.get(j);
                long n = beat.at().toEpochMilli();
                if (n > 0) {
                    long first = beat.outcome() == Outcome.ANSWERED ? n * 2_000 : Timing.UNREACHED;
                    assertThat(strip.timing(j)).isEqualTo(new Timing(0, n * 1_000, first, n * 3_000));
                    assertThat(strip.status(j)).isEqualTo(beat.outcome() == Outcome.ANSWERED ? 200 + (int) n : 0);
                    assertThat(beat.rttNanos()).isEqualTo(beat.outcome() == Outcome.ANSWERED ? n * 3_000 : -1);
                }
            }
        }
        Strip more = strip.with(Instant.ofEpochMilli(301), Outcome.SILENT, Timing.UNREACHED);
        assertThat(more.timing(59)).isEqualTo(Timing.total(Timing.UNREACHED));
        assertThat(more.timing(58).total()).isEqualTo(900_000);
        assertThat(more.status(59)).isZero();
    }

    private static double lossPercent(List<Beat> beats) {
        long failed = beats.stream().filter(b -> b.outcome().failed()).count();
        return beats.isEmpty() ? 0 : 100.0 * failed / beats.size();
    }
}
