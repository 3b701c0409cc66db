package io.echogate.probe;

import io.echogate.model.Kind;
import io.echogate.model.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The rhythm in which one member is asked by one kind of question, and its questions on their way. Confined to the
 * probe loop; time is an argument. Ticks that were missed are never made up for: the next question is due one interval
 * after the last one was really asked.
 */
final class Cadence {
    /**
     * Questions of one member and kind on their way at once, those listened for late ones included. The configuration
     * keeps services below it (listenLate / doubtFreq), so that no question that could convict goes unasked.
     */
    static final int IN_FLIGHT = 100;

    /** Its place while it is in no {@link Agenda}. */
    static final int NOWHERE = -1;

    private static final double JITTER = 0.1;

    private final int member;
    private final Kind kind;
    private final Pace pace;
    private final Crowd crowd;
    private final RandomGenerator random;
    private final List<Question> questions = new ArrayList<>();
    private final RoundTrip roundTrip = new RoundTrip();
    private final long secondAfter;
    private long number;
    private long answered = -1;
    private long lastNanos;
    private long nextNanos;
    private long downEvery;
    private Mood mood = Mood.QUIET;
    private int place = NOWHERE;
    private long bookedNanos;

    /**
     * A rhythm that has not begun.
     *
     * @param crowd all that are asked by this kind of question
     * @param firstNanos when the first question is due
     * @param secondAfter the first interval, shorter than the others so that members end up spread over the interval
     */
    Cadence(int member, Kind kind, Pace pace, Crowd crowd, RandomGenerator random, long firstNanos, long secondAfter) {
        this.member = member;
        this.kind = kind;
        this.pace = pace;
        this.crowd = crowd;
        this.random = random;
        this.nextNanos = firstNanos;
        this.secondAfter = secondAfter;
    }

    int member() {
        return member;
    }

    Kind kind() {
        return kind;
    }

    List<Question> questions() {
        return List.copyOf(questions);
    }

    /** When the next question is due. */
    long nextNanos() {
        return nextNanos;
    }

    /** When something is to be done next: a question's own time, or the next question. */
    long dueNanos() {
        long due = nextNanos;
        for (int i = 0; i < questions.size(); i++) {
            long q = questions.get(i).dueNanos();
            due = q - due < 0 ? q : due;
        }
        return due;
    }

    /** True when something is to be done about a question that is on its way. */
    boolean questionDue(long now) {
        for (int i = 0; i < questions.size(); i++) {
            if (questions.get(i).dueNanos() - now <= 0) {
                return true;
            }
        }
        return false;
    }

    /** Where it stands in the agenda; that is the agenda's to say. */
    int place() {
        return place;
    }

    void place(int now) {
        place = now;
    }

    /** For when it stands in the agenda. */
    long bookedNanos() {
        return bookedNanos;
    }

    void book(long dueNanos) {
        bookedNanos = dueNanos;
    }

    boolean isDue(long now) {
        return nextNanos - now <= 0;
    }

    /** Changes the pace; what is due moves with it, never into the past. */
    void mood(Mood to, long now) {
        if (to == mood) {
            return;
        }
        if (to == Mood.DOUBT) {
            crowd.joins();
        } else if (mood == Mood.DOUBT) {
            crowd.leaves();
        }
        mood = to;
        downEvery = pace.downEvery();
        if (number > 0) {
            long at = later(lastNanos + interval(), now);
            nextNanos = to == Mood.DOUBT && nextNanos - at < 0 ? nextNanos : at;
        }
    }

    /** Asks at once, or {@code doubtFreq} after the last question if that is later. */
    void soon(long now) {
        downEvery = pace.downEvery();
        if (number > 0) {
            long at = later(lastNanos + pace.doubtEvery(), now);
            nextNanos = nextNanos - at < 0 ? nextNanos : at;
        }
    }

    /** A new question, or null when there are too many on their way: then none is asked this time. */
    @Nullable
    Question ask(long now) {
        boolean first = number == 0;
        long planned = nextNanos;
        lastNanos = now;
        if (mood == Mood.DOWN) {
            downEvery = Math.min(pace.downMax(), downEvery + downEvery / 2);
        }
        nextNanos = now + (first && mood == Mood.QUIET ? secondAfter : interval());
        if (questions.size() >= IN_FLIGHT) {
            return null;
        }
        long doubt = Math.max(pace.doubtAfter(), roundTrip.ordinaryNanos());
        Question q = new Question(member, kind, number++, planned, now, doubt, pace);
        if (mood == Mood.DOUBT) {
            q.reask();
        }
        questions.add(q);
        return q;
    }

    /** The question that has been listened for longest, to make room; null while there is room. */
    @Nullable
    Question surplus() {
        if (questions.size() < IN_FLIGHT) {
            return null;
        }
        for (Question q : questions) {
            if (!q.open()) {
                return q;
            }
        }
        return null;
    }

    /** Takes in how a question ended. */
    void closed(Question q, Outcome outcome, long now) {
        if (q.open() || outcome == Outcome.ANSWERED) {
            remove(q);
        }
        if (outcome == Outcome.ANSWERED) {
            roundTrip.heard(now - q.askedNanos());
            answered = Math.max(answered, q.number());
        }
    }

    /** False when a question asked later has been answered already: silence of an older one says nothing any more. */
    boolean news(Question q) {
        return q.number() >= answered;
    }

    void remove(Question q) {
        questions.remove(q);
    }

    private long interval() {
        return switch (mood) {
            case QUIET -> (long) (pace.every() * (1 - JITTER * random.nextDouble()));
            case DOUBT -> crowd.everyNanos(pace.doubtEvery());
            case DOWN -> downEvery;
        };
    }

    private static long later(long a, long b) {
        return a - b > 0 ? a : b;
    }
}
