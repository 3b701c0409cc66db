package io.echogate.probe;

import io.echogate.config.Config;
import io.echogate.config.MemberConfig;
import io.echogate.model.Kind;
import io.echogate.model.Outcome;
import io.echogate.model.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** A pacer, a clock moved by hand and members that answer by a script: what was asked when, in milliseconds. */
final class PacedWorld implements Pacer.Asker {
    static final long MILLI = 1_000_000;

    /** What a question will get, and after how long; {@link #NOTHING} leaves it to its time-out. */
    record Reply(Outcome outcome, long afterMillis) {
        static final Reply NOTHING = new Reply(Outcome.SILENT, -1);
    }

    /** One thing that happened. */
    record Step(long millis, String what, int member, Kind kind) {}

    private record Pending(long atNanos, Question q, Outcome outcome) {}

    /** No jitter: every interval is exactly as configured. */
    static final RandomGenerator STEADY = () -> 0L;

    private final Pacer pacer;
    private final List<Step> steps = new ArrayList<>();
    private final PriorityQueue<Pending> pending = new PriorityQueue<>(Comparator.comparingLong(Pending::atNanos));
    private Function<Question, Reply> script = q -> new Reply(Outcome.ANSWERED, 1);
    private long now;

    PacedWorld(Config config, boolean icmp, RandomGenerator random) {
        pacer = new Pacer(config, 0, icmp, random, 0);
    }

    static PacedWorld of(int members) {
        return new PacedWorld(config(members), true, STEADY);
    }

    static Config config(int members) {
        return Config.of(IntStream.range(0, members)
                .mapToObj(i -> MemberConfig.of("S" + (i + 1), "127.0.0.1", 3000))
                .toList());
    }

    PacedWorld answering(Function<Question, Reply> how) {
        script = how;
        return this;
    }

    PacedWorld service(Reply how) {
        return answering(q -> q.kind() == Kind.HTTP ? how : new Reply(Outcome.ANSWERED, 1));
    }

    PacedWorld learn(State state, State host) {
        pacer.learn(0, state, host, now);
        return this;
    }

    PacedWorld press() {
        pacer.press(0, now);
        return this;
    }

    /** Runs on, waking exactly when due, to that time. */
    PacedWorld until(long millis) {
        long end = millis * MILLI;
        while (true) {
            Pending next = pending.peek();
            long due = pacer.dueNanos();
            boolean answer = next != null && next.atNanos <= due;
            long at = Math.max(now, answer && next != null ? next.atNanos : due);
            if (at > end) {
                now = end;
                return this;
            }
            now = at;
            if (answer) {
                deliver(pending.remove());
            } else {
                pacer.tick(now, this);
            }
        }
    }

    /** Nothing runs, nothing is heard, until that time; then one look around. */
    PacedWorld suspendUntil(long millis) {
        long gap = new Attention(now).gapNanos(millis * MILLI);
        now = millis * MILLI;
        pacer.missed(gap, this);
        pacer.tick(now, this);
        return this;
    }

    private void deliver(Pending p) {
        boolean late = !p.q.open();
        pacer.closed(p.q, late ? Outcome.LATE : p.outcome, now);
    }

    private void note(String what, Question q) {
        steps.add(new Step(now / MILLI, what, q.member(), q.kind()));
    }

    @Override
    public void ask(Question q) {
        note("ask", q);
        Reply reply = script.apply(q);
        if (reply.afterMillis >= 0) {
            pending.add(new Pending(now + reply.afterMillis * MILLI, q, reply.outcome));
        }
    }

    @Override
    public void overdue(Question q) {
        note("overdue", q);
    }

    @Override
    public void expire(Question q) {
        note("expire", q);
        pacer.closed(q, Outcome.SILENT, now);
    }

    @Override
    public void excuse(Question q) {
        note("excuse", q);
        pending.removeIf(p -> p.q == q);
    }

    @Override
    public void forget(Question q) {
        note("forget", q);
        pending.removeIf(p -> p.q == q);
    }

    /** Times at which this happened to questions of that kind, oldest first. */
    List<Long> times(String what, Kind kind) {
        return steps.stream()
                .filter(s -> s.what.equals(what) && s.kind == kind)
                .map(Step::millis)
                .toList();
    }

    List<Step> steps() {
        return steps;
    }

    PacedWorld clear() {
        steps.clear();
        return this;
    }
}
