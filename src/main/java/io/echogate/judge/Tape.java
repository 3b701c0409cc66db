package io.echogate.judge;

import java.util.ArrayList;
import java.util.List;

/**
 * The newest closed questions of one kind, in the order of asking. Immutable. Overlapping questions close out of order;
 * the streaks are counted along this tape, so that an old time-out which closes after a newer pass takes nobody down.
 */
record Tape(List<Mark> marks) {
    /** One closed question. */
    record Mark(long question, long askedNanos, boolean failed, boolean corroborated, boolean late, Clue clue) {
        Mark belated() {
            return new Mark(question, askedNanos, failed, corroborated, true, clue);
        }
    }

    /** Longer than any threshold that the configuration allows. */
    private static final int LENGTH = 64;

    static final Tape EMPTY = new Tape(List.of());

    Tape with(Mark mark) {
        List<Mark> next = new ArrayList<>(marks.size() + 1);
        next.addAll(marks);
        int place = next.size();
        while (place > 0 && next.get(place - 1).question() > mark.question()) {
            place--;
        }
        next.add(place, mark);
        return new Tape(List.copyOf(next.size() > LENGTH ? next.subList(next.size() - LENGTH, next.size()) : next));
    }

    /** Marks the question as answered after its time-out; unchanged when it is not on the tape. */
    Tape belated(long question) {
        List<Mark> next = new ArrayList<>(marks);
        next.replaceAll(m -> m.question() == question ? m.belated() : m);
        return new Tape(List.copyOf(next));
    }

    /** The trailing run of failures, oldest first. */
    List<Mark> failures() {
        return trailing(true);
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
