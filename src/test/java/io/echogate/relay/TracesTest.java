package io.echogate.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.model.RequestTrace;
import io.echogate.model.RequestTrace.Result;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of the last requests, and what a tail of them sees. */
final class TracesTest {
    private static RequestTrace trace(long id) {
        return new RequestTrace(id, id, "127.0.0.1", "GET", "/", 200, Result.ANSWERED, "S1", 1, 2, 3, List.of());
    }

    private static void add(Traces traces, int from, int to) {
        for (int i = from; i <= to; i++) {
            traces.add(trace(i));
        }
    }

    private static List<Long> since(Traces traces, long count) {
        return traces.since(count).traces().stream().map(RequestTrace::id).toList();
    }

    @Test
    void theNewestAreKept() {
        Traces traces = new Traces(3);
        assertThat(since(traces, 0)).isEmpty();
        add(traces, 1, 2);
        assertThat(since(traces, 0)).containsExactly(1L, 2L);
        add(traces, 3, 7);
        assertThat(since(traces, 0)).containsExactly(5L, 6L, 7L);
        assertThat(since(traces, 6)).containsExactly(7L);
        assertThat(traces.since(0).lost()).isEqualTo(4);
        assertThat(traces.since(4).lost()).isZero();
        assertThat(traces.since(4).end()).isEqualTo(7);
    }

    @Test
    void theNewestThatAreWantedComeFirstAndOnlySoMany() {
        Traces traces = new Traces(5);
        add(traces, 1, 9);
        assertThat(traces.newest(t -> true, 2)).extracting(RequestTrace::id).containsExactly(9L, 8L);
        assertThat(traces.newest(t -> t.id() % 2 == 0, 9))
                .extracting(RequestTrace::id)
                .containsExactly(8L, 6L);
        assertThat(traces.newest(t -> t.id() < 5, 9)).isEmpty();
    }

    /** A writer that overtakes its reader again and again: nothing comes twice, late or unaccounted for. */
    @Test
    void aReaderBesideTheWriterSeesEachOnceInOrderOrCountsItAsLost() throws Exception {
        int all = 200_000;
        Traces traces = new Traces(16);
        RequestTail tail = new RequestTail(List.of(traces));
        Thread writer = new Thread(() -> add(traces, 1, all));
        writer.start();
        long last = 0;
        long seen = 0;
        long lost = 0;
        while (seen + lost < all) {
            for (RequestTrace t : tail.next()) {
                assertThat(t.id()).isGreaterThan(last);
                last = t.id();
                seen++;
            }
            lost += tail.lost();
            List<Long> newest =
                    traces.newest(t -> true, 99).stream().map(RequestTrace::id).toList();
            assertThat(newest).isSortedAccordingTo(Comparator.reverseOrder()).doesNotHaveDuplicates();
        }
        writer.join();
        assertThat(last).isEqualTo(all);
        assertThat(seen + lost).isEqualTo(all);
    }

    @Test
    void aTailSeesWhatEndsFromItsBeginningOnAndKnowsWhatItMissed() {
        Traces one = new Traces(4);
        Traces two = new Traces(4);
        add(one, 1, 3);
        RequestTail tail = new RequestTail(List.of(one, two));
        assertThat(tail.next()).isEmpty();
        two.add(trace(9));
        one.add(trace(5));
        assertThat(tail.next())
                .as("in the order in which they ended")
                .extracting(RequestTrace::id)
                .containsExactly(5L, 9L);
        assertThat(tail.next()).isEmpty();
        assertThat(tail.lost()).isZero();
        add(one, 11, 17);
        assertThat(tail.next()).extracting(RequestTrace::id).containsExactly(14L, 15L, 16L, 17L);
        assertThat(tail.lost()).isEqualTo(3);
        assertThat(tail.lost()).isZero();
    }

    @Test
    void noneAreKeptWhenNoneAreWanted() {
        Traces none = new Traces(0);
        assertThat(none.keeps()).isFalse();
        assertThat(since(none, 0)).isEmpty();
    }
}
