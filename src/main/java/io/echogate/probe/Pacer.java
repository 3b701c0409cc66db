package io.echogate.probe;

import io.echogate.config.Asked;
import io.echogate.config.Config;
import io.echogate.model.Ask;
import io.echogate.model.Kind;
import io.echogate.model.Outcome;
import io.echogate.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When whom is asked what, and when which question is overdue, timed out or no longer listened for. Confined to the
 * probe loop; has no clock and no thread: time is an argument, and {@link #dueNanos()} says when to come again.
 *
 * <p>Silence counts only while we were looking: {@link #missed} takes the rest off.
 */
final class Pacer {
    /** What the pacer wants done. Called from {@link #tick}; may call back at once. */
    interface Asker {
        void ask(Question q);

        /** Silent for longer than is ordinary. */
        void overdue(Question q);

        /** Timed out: close it, but go on listening. */
        void expire(Question q);

        /** On its way while we were not looking: close it without a word against the member. */
        void excuse(Question q);

        /** Listened for long enough. */
        void forget(Question q);
    }

    /**
     * First questions leave this far apart, those to services before those to machines: in parallel for any eye, and no burst
     * for a thousand members.
     */
    private static final long FIRST_APART_NANOS = 50_000;

    /** About 5 ms of connecting. */
    private static final int STEPS = 256;

    private final List<Subject> subjects = new ArrayList<>();
    private final Agenda agenda = new Agenda();
    private final AtomicLongArray next;

    /**
     * Everybody due now.
     *
     * @param witnesses further addresses asked by ICMP alone, placed after the last who is watched
     * @param icmp whether ICMP questions can be asked at all
     */
    Pacer(Config config, int witnesses, boolean icmp, RandomGenerator random, long now) {
        Pace httpPace = Pace.http(config);
        Pace icmpPace = Pace.icmp(config);
        Crowd services = new Crowd();
        Crowd hosts = new Crowd();
        List<Ask> asks = config.everybody().map(Asked::ask).toList();
        int members = asks.size();
        int all = members + (icmp ? witnesses : 0);
        next = new AtomicLongArray(all);
        for (int i = 0; i < all; i++) {
            long first = now + (long) i * FIRST_APART_NANOS;
            long afterServices = first + Math.max(0, members - 1) * FIRST_APART_NANOS;
            long phase = config.pollFreq().toNanos() * (2L * i + 1) / (2L * all);
            long half = config.pollFreq().toNanos() / (2L * all);
            boolean service = i < members && asks.get(i) != Ask.ICMP;
            Cadence h = service ? new Cadence(i, Kind.HTTP, httpPace, services, random, first, phase + half) : null;
            Cadence p = icmp ? new Cadence(i, Kind.ICMP, icmpPace, hosts, random, afterServices, phase) : null;
            subjects.add(new Subject(h, p));
            next.set(i, Long.MIN_VALUE);
            enqueue(h);
            enqueue(p);
        }
    }

    /** When {@link #tick} is to be called next. */
    long dueNanos() {
        return agenda.first().bookedNanos();
    }

    /**
     * Does what is due, for at most {@link #STEPS} members: what has come meanwhile must not wait for long, since an answer
     * that is not read is no answer. {@link #dueNanos} says that it is not done.
     */
    void tick(long now, Asker asker) {
        for (int i = 0; i < STEPS && agenda.first().bookedNanos() - now <= 0; i++) {
            Cadence c = agenda.first();
            agenda.remove(c);
            try {
                step(c, now, asker);
            } finally {
                enqueue(c);
            }
        }
    }

    /**
     * We were not looking for that long, and nobody can be blamed for it: a short while is taken off all waiting, and
     * after a long one everything that was on its way is given up as never asked. To be called before {@link #tick}.
     *
     * @param gapNanos as {@link Attention#gapNanos} says
     */
    void missed(long gapNanos, Asker asker) {
        for (Subject s : subjects) {
            missed(s.cadence(Kind.HTTP), gapNanos, asker);
            missed(s.cadence(Kind.ICMP), gapNanos, asker);
        }
    }

    private void missed(@Nullable Cadence c, long gapNanos, Asker asker) {
        if (c == null || !dequeue(c)) {
            return;
        }
        for (Question q : c.questions()) {
            if (q.open() && gapNanos > Attention.BLIND_NANOS) {
                c.remove(q);
                asker.excuse(q);
            } else {
                q.delay(gapNanos);
            }
        }
        enqueue(c);
    }

    private void step(Cadence c, long now, Asker asker) {
        if (c.questionDue(now)) {
            for (Question q : c.questions()) {
                if (q.dueNanos() - now <= 0) {
                    advance(c, q, now, asker);
                }
            }
        }
        if (c.isDue(now)) {
            ask(c, now, asker);
        }
    }

    private void advance(Cadence c, Question q, long now, Asker asker) {
        if (!q.open()) {
            c.remove(q);
            asker.forget(q);
        } else if (q.deadlineNanos() - now <= 0) {
            q.phase(Question.Phase.LISTENING);
            asker.expire(q);
        } else {
            q.phase(Question.Phase.OVERDUE);
            asker.overdue(q);
            noted(c, q, Outcome.OVERDUE, now);
        }
    }

    private static void ask(Cadence c, long now, Asker asker) {
        Question surplus = c.surplus();
        if (surplus != null) {
            c.remove(surplus);
            asker.forget(surplus);
        }
        Question q = c.ask(now);
        if (q != null) {
            asker.ask(q);
        }
    }

    /** A question ended, on time or not; for {@link Outcome#LATE}, the expected answer came after all. */
    void closed(Question q, Outcome outcome, long now) {
        Cadence c = subjects.get(q.member()).cadence(q.kind());
        if (c == null) {
            return;
        }
        c.closed(q, outcome, now);
        if (outcome == Outcome.LATE) {
            c.remove(q);
        }
        agenda.moved(c);
        noted(c, q, outcome, now);
    }

    /** The fleet's word on a member. */
    void learn(int member, State state, State host, long now) {
        Subject s = subjects.get(member);
        if (s.learn(state, host)) {
            settle(s, now, () -> {});
        }
    }

    /** A client's request waits for unusually long at that member: its service is asked at once, unless it just was. */
    void press(int member, long now) {
        Subject s = subjects.get(member);
        settle(s, now, () -> s.press(now));
    }

    private void noted(Cadence c, Question q, Outcome outcome, long now) {
        Subject s = subjects.get(q.member());
        if (c.news(q) && !s.expects(q.kind(), outcome)) {
            settle(s, now, () -> s.heard(q.kind(), outcome, now));
        }
    }

    /** Changes what a subject's cadences are due for, with both out of the queue while it happens. */
    private void settle(Subject s, long now, Runnable change) {
        Cadence http = s.cadence(Kind.HTTP);
        Cadence icmp = s.cadence(Kind.ICMP);
        boolean httpHeld = dequeue(http);
        boolean icmpHeld = dequeue(icmp);
        change.run();
        if (http != null) {
            http.mood(s.serviceMood(), now);
        }
        if (icmp != null) {
            icmp.mood(s.hostMood(), now);
        }
        enqueue(httpHeld ? http : null);
        enqueue(icmpHeld ? icmp : null);
    }

    private void enqueue(@Nullable Cadence c) {
        if (c != null) {
            agenda.add(c);
            if (subjects.get(c.member()).first() == c) {
                next.setOpaque(c.member(), c.nextNanos());
            }
        }
    }

    /**
     * When that member is asked next: its service, or its machine where that alone is asked; {@link Long#MIN_VALUE} when it
     * cannot be asked. Any thread; may be a moment old.
     */
    long nextNanos(int member) {
        return next.getOpaque(member);
    }

    /** True when it was in the agenda; false while it is the one being worked on. */
    private boolean dequeue(@Nullable Cadence c) {
        return c != null && agenda.remove(c);
    }

    /** Everything that is still asked or listened for. */
    List<Question> onTheirWay() {
        List<Question> all = new ArrayList<>();
        for (Subject s : subjects) {
            for (Kind kind : Kind.values()) {
                Cadence c = s.cadence(kind);
                all.addAll(c == null ? List.of() : c.questions());
            }
        }
        return all;
    }
}
