package io.echogate.probe;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Readers of answers, lent from the first byte of one to its end and used again: most answers come whole, so that a few
 * serve thousands of members. Confined to the probe loop.
 */
final class PingAnswers {
    private static final int SPARE = 64;

    private final Expected expected;
    private final Deque<PingAnswer> spare = new ArrayDeque<>();

    PingAnswers(Expected expected) {
        this.expected = expected;
    }

    PingAnswer borrow() {
        PingAnswer answer = spare.poll();
        return answer == null ? new PingAnswer(expected) : answer;
    }

    void giveBack(PingAnswer answer) {
        if (spare.size() < SPARE) {
            answer.reset();
            spare.push(answer);
        }
    }
}
