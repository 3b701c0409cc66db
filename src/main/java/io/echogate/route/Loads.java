package io.echogate.route;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * What the members are busy with, as far as one event loop sees: attempts in flight, and the time to the first byte as a
 * moving average that keeps to peaks (peak EWMA, as Finagle has it): a longer time counts at once, a shorter one as much
 * as the average is old. It fades over {@link #FADE}, so that a member once slow is tried again. Confined to that loop.
 */
public final class Loads {
    /** Nanoseconds after which an observation still counts for 1/e. */
    static final long FADE = 10_000_000_000L;

    /** First-byte time taken for granted of a member that has not answered yet and has something in flight. */
    private static final double UNKNOWN = 1e9;

    private int[] inFlight;
    private double[] average;
    private long[] observed;
    private IntConsumer watcher = member -> {};

    /** Nothing is in flight at that many members. */
    public Loads(int members) {
        inFlight = new int[members];
        average = new double[members];
        observed = new long[members];
    }

    /** Has every change of a member's requests in flight told to {@code to}. */
    void watch(IntConsumer to) {
        watcher = to;
    }

    /** An attempt begins. */
    public void begin(int member) {
        if (member >= inFlight.length) {
            inFlight = Arrays.copyOf(inFlight, member + 1);
            average = Arrays.copyOf(average, member + 1);
            observed = Arrays.copyOf(observed, member + 1);
        }
        inFlight[member]++;
        watcher.accept(member);
    }

    /** An attempt that had begun is over. */
    public void end(int member) {
        inFlight[member]--;
        watcher.accept(member);
    }

    public int inFlight(int member) {
        return member < inFlight.length ? inFlight[member] : 0;
    }

    /** The first byte came after that time, or has not come for that long. */
    public void waited(int member, long nanos, long now) {
        if (member < average.length) {
            double kept = faded(member, now);
            average[member] = nanos > average[member] ? nanos : average[member] * kept + nanos * (1 - kept);
            observed[member] = now;
        }
    }

    /** What another request would wait for there, in nanoseconds: the average times all that would then be in flight. */
    double cost(int member, long now) {
        int busy = inFlight(member);
        double usual = member < average.length ? average[member] * faded(member, now) : 0;
        return (usual == 0 && busy > 0 ? UNKNOWN : usual) * (busy + 1);
    }

    private double faded(int member, long now) {
        return Math.exp(-(double) Math.max(0, now - observed[member]) / FADE);
    }
}
