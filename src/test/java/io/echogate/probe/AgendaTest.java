package io.echogate.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.clock.Chance;
import io.echogate.model.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AgendaTest {
    private static final Pace PACE = Pace.http(PacedWorld.config(1));
    private static final Comparator<Cadence> EARLIEST = Comparator.comparingLong(Cadence::dueNanos)
            .thenComparingInt(Cadence::member)
            .thenComparing(Cadence::kind);

    private final List<Cadence> in = new ArrayList<>();
    private final List<Cadence> out = new ArrayList<>();
    private final Agenda agenda = new Agenda();

    /** Whatever is taken up, taken out and moved, the first is the one that sorting would put first. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void the_first_is_the_earliest(long seed) {
        RandomGenerator random = Chance.seeded(seed);
        for (int i = 0; i < 200; i++) {
            Kind kind = i % 2 == 0 ? Kind.HTTP : Kind.ICMP;
            out.add(new Cadence(i / 2, kind, PACE, new Crowd(), () -> 0L, random.nextInt(20) * 1_000L, 0));
        }
        for (int i = 0; i < 5_000; i++) {
            change(random);
            if (!in.isEmpty()) {
                assertThat(agenda.first()).isSameAs(in.stream().min(EARLIEST).orElseThrow());
            }
        }
    }

    private void change(RandomGenerator random) {
        int what = random.nextInt(3);
        if (what == 0 && !out.isEmpty()) {
            Cadence c = out.remove(random.nextInt(out.size()));
            agenda.add(c);
            in.add(c);
        } else if (what == 1 && !in.isEmpty()) {
            Cadence c = in.remove(random.nextInt(in.size()));
            assertThat(agenda.remove(c)).isTrue();
            assertThat(agenda.remove(c)).isFalse();
            out.add(c);
        } else if (!in.isEmpty()) {
            Cadence c = in.get(random.nextInt(in.size()));
            c.soon(0);
            c.ask(random.nextInt(20) * 1_000L);
            agenda.moved(c);
        }
    }
}
