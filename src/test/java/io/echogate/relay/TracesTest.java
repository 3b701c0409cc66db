package io.echogate.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.model.RequestTrace;
import io.echogate.model.RequestTrace.Result;
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

    @Test
    void theNewestAreKept() {
        Traces traces = new Traces(3);
        assertThat(traces.since(0)).isEmpty();
        add(traces, 1, 2);
        assertThat(traces.since(0)).extracting(RequestTrace::id).containsExactly(1L, 2L);
        add(traces, 3, 7);
        assertThat(traces.since(0)).extracting(RequestTrace::id).containsExactly(5L, 6L, 7L);
        assertThat(traces.since(6)).extracting(RequestTrace::id).containsExactly(7L);
        assertThat(traces.lost(0)).isEqualTo(4);
        assertThat(traces.lost(4)).isZero();
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
        assertThat(none.since(0)).isEmpty();
    }
}
