package io.echogate.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One measured round.
 *
 * @param echoes answered requests
 * @param cpuNanos processor time, user and system
 * @param wallNanos time by the clock
 * @param lost requests without an answer, none of which has a reason
 */
record Sample(long echoes, long cpuNanos, long wallNanos, long lost) {
    double cpuMicrosPerEcho() {
        return cpuNanos / 1e3 / echoes;
    }

    /** What one core that does nothing else would do. */
    double perCoreSecond() {
        return echoes / (cpuNanos / 1e9);
    }

    double perSecond() {
        return echoes / (wallNanos / 1e9);
    }

    double cores() {
        return (double) cpuNanos / wallNanos;
    }

    static <T> double median(List<T> samples, ToDoubleFunction<T> of) {
        double[] sorted = samples.stream().mapToDouble(of).toArray();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    static long lost(List<Sample> samples) {
        return samples.stream().mapToLong(Sample::lost).sum();
    }
}
