package io.echogate.lab;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The time of one cell, counted from the blow. Times are microseconds of the system's clock. */
final class Timeline {
    static final int HELD_SECONDS = 6;

    private static final int BEFORE_SECONDS = 3;
    private static final int AFTER_SECONDS = 3;
    private static final double GOLDEN = 0.618_033_988_749_895;

    private final long struck;
    private long mended;

    private Timeline(long struck) {
        this.struck = struck;
    }

    static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /** How long the load goes on before the blow: between three and four seconds, so that rounds meet the checks' pace evenly. */
    static double before(int round) {
        return BEFORE_SECONDS + round * GOLDEN % 1;
    }

    /** How long the load goes on altogether. */
    static double whole(int round) {
        return before(round) + HELD_SECONDS + AFTER_SECONDS;
    }

    /** Begins with the blow, for which it waits. */
    static Timeline beginning(long loadBegan, int round) {
        pass(loadBegan + Math.round(before(round) * 1e6) - now());
        return new Timeline(now());
    }

    private static void pass(long micros) {
        if (micros > 0) {
            Lab.pass(Duration.of(micros, ChronoUnit.MICROS));
        }
    }

    /** Waits until so long after the blow. */
    void reach(double seconds) {
        pass(struck + Math.round(seconds * 1e6) - now());
    }

    /** Waits as long as the blow lasts; what comes next makes all well again. */
    void hold() {
        reach(HELD_SECONDS);
        mended = now();
    }

    long struck() {
        return struck;
    }

    long mended() {
        return mended;
    }
}
