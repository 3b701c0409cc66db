package io.echogate.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.meter.Buckets;
import io.echogate.meter.Meters;
import io.echogate.model.Fleets;
import io.echogate.model.Member;
import io.echogate.model.State;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class BooksTest {
    private final Meters meters = new Meters();
    private final List<Member> pool = Fleets.all(
                    State.UP,
                    IntStream.range(0, 5_000)
                            .mapToObj(i -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 1 + i))
                            .toArray(InetSocketAddress[]::new))
            .members();
    private final Books books = new Books(meters.newLoop(), pool);

    private boolean counted(String member) {
        return meters.read().stream().anyMatch(r -> r.labels().contains(member));
    }

    /** Thousands of members on every loop would be hundreds of thousands of zeros in each scrape. */
    @Test
    void a_member_far_back_is_counted_from_its_first_request_on() {
        assertThat(counted("S1")).isTrue();
        assertThat(counted("S64")).isTrue();
        assertThat(counted("S5000")).isFalse();

        books.idle(4_999, 0);
        assertThat(counted("S5000")).isFalse();
        books.attempted(pool.get(4_999), null);
        assertThat(counted("S5000")).isTrue();
        assertThat(counted("S4999")).isFalse();
    }

    /** What is remembered of the loops' lag is what the metric says. */
    @Test
    void a_late_tick_is_counted_twice_once_for_scrapes_and_once_to_be_remembered() {
        books.late(2_000_000);
        books.late(300);
        long[] delays = new long[Buckets.COUNT];
        meters.delays(delays);
        assertThat(delays[Buckets.of(2_000_000)]).isEqualTo(1);
        assertThat(LongStream.of(delays).sum()).isEqualTo(2);
        assertThat(meters.read())
                .filteredOn(r -> r.metric().equals(Families.LAG))
                .singleElement()
                .satisfies(r -> assertThat(r.value()).isEqualTo(2_000_300));
    }
}
