package io.echogate.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The newest closed questions of one kind, in the order of asking. Immutable. Overlapping questions close out of order;
 * the streaks are counted along this tape, so that an old time-out which closes after a newer pass takes nobody down.
 */
record Tape(List<Mark> marks) {
    /**
     * One closed question.
     *
     * @param lateNanos when its answer came after its time-out; {@link #NEVER} while it has not
     */
    record Mark(long question, long askedNanos, boolean failed, boolean corroborated, long lateNanos, Clue clue) {
        Mark belated(long heardNanos) {
            return new Mark(question, askedNanos, failed, corroborated, heardNanos, clue);
        }

        /** Was answered after its time-out, and that was long enough ago for a thawed service to pass since. */
        boolean late(long nowNanos) {
            return lateNanos != NEVER && nowNanos - lateNanos >= THAW_NANOS;
        }
    }

    static final long NEVER = Long.MIN_VALUE;

    /** What a frozen service left unanswered comes in one burst when it goes on; a slow one's answers keep coming late. */
    private static final long THAW_NANOS = 100_000_000;

    static final Tape EMPTY = new Tape(List.of());

    /**
     * With one more; a question that is on the tape already is corrected: its answer was in time after all.
     *
     * @param rules how much is kept: as many as any streak that decides, and after a pass that nothing asked later has
     *     overtaken only as many passes as count, since no failure before it can
     */
    Tape with(Mark mark, Rules rules) {
        int place = marks.size();
        while (place > 0 && marks.get(place - 1).question() > mark.question()) {
            place--;
        }
        if (place > 0 && marks.get(place - 1).question() == mark.question()) {
            List<Mark> corrected = new ArrayList<>(marks);
            corrected.set(place - 1, mark);
            return new Tape(List.copyOf(corrected));
        }
        boolean newestPass = !mark.failed() && place == marks.size();
        int length = newestPass ? rules.passesThatCount() : rules.tape();
        int drop = Math.max(0, marks.size() + 1 - length);
        return place < drop ? this : inserted(mark, place, drop);
    }

    private Tape inserted(Mark mark, int place, int drop) {
        Mark[] next = new Mark[marks.size() + 1 - drop];
        for (int i = 0; i < next.length; i++) {
            int from = i + drop;
            next[i] = from < place ? marks.get(from) : from == place ? mark : marks.get(from - 1);
        }
        return new Tape(Collections.unmodifiableList(Arrays.asList(next)));
    }

    /** Marks the question as answered after its time-out; unchanged when it is not on the tape. */
    Tape belated(long question, long heardNanos) {
        List<Mark> next = new ArrayList<>(marks);
        next.replaceAll(m -> m.question() == question ? m.belated(heardNanos) : m);
        return new Tape(List.copyOf(next));
    }

    /** The trailing run of failures, oldest first. */
    List<Mark> failures() {
        return trailing(true);
    }

    /** When the newest question was asked if it passed, or {@link #NEVER}. */
    long passAskedNanos() {
        return marks.isEmpty() || marks.getLast().failed()
                ? NEVER
                : marks.getLast().askedNanos();
    }

    /** Length of the trailing run of passes. */
    int passes() {
        return trailing(false).size();
    }

    private List<Mark> trailing(boolean failed) {
        int from = marks.size();
        while (from > 0 && marks.get(from - 1).failed() == failed) {
            from--;
        }
        return marks.subList(from, marks.size());
    }
}
