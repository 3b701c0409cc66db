package io.echogate.relay;

import io.echogate.model.Command;
import io.echogate.model.Echo;
import io.echogate.model.Kind;
import io.echogate.model.Member;
import io.echogate.model.Outcome;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Passive evidence on its way to the fleet's writer: at most one echo per member and outcome within a gap, so that a
 * storm of failures cannot flood the writer. Confined to one event loop, but for the shared count of questions.
 */
final class Evidence {
    /** Nanoseconds between two echoes of the same member and outcome. */
    static final long GAP = 50_000_000;

    private static final int OUTCOMES = Outcome.values().length;

    private final Consumer<Command> writer;
    private final AtomicLong questions;
    private final Books books;
    private long[] last = new long[0];
    private boolean[] heard = new boolean[0];

    Evidence(Consumer<Command> writer, AtomicLong questions, Books books) {
        this.writer = writer;
        this.questions = questions;
        this.books = books;
    }

    @SuppressWarnings("EnumOrdinal") // a dense index within one run
    void report(Member m, Outcome outcome, long asked, long now, String detail) {
        int i = m.index() * OUTCOMES + outcome.ordinal();
        if (i >= last.length) {
            last = Arrays.copyOf(last, (m.index() + 1) * OUTCOMES);
            heard = Arrays.copyOf(heard, last.length);
        }
        if (heard[i] && now - last[i] < GAP) {
            books.coalesced.increment();
            return;
        }
        heard[i] = true;
        last[i] = now;
        long question = questions.incrementAndGet();
        writer.accept(new Command.Heard(Echo.of(Kind.TRAFFIC, m.name(), question, asked, now, outcome, detail)));
    }
}
