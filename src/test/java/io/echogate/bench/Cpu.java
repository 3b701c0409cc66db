package io.echogate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Processor time from {@code /proc/self/stat}: of this process, every thread of it, and of its ended children. User and
 * system together, in ticks of 10 ms; the same account for both sides of a comparison.
 */
final class Cpu {
    private static final long TICK_NANOS = 10_000_000;
    private static final int UTIME = 11;
    private static final int CHILDREN = 13;

    private Cpu() {}

    static long ownNanos() {
        return sumOfTwo(UTIME);
    }

    static long childrenNanos() {
        return sumOfTwo(CHILDREN);
    }

    /** Fields are counted after the command's name, which may hold spaces. */
    private static long sumOfTwo(int first) {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[first]) + Long.parseLong(fields[first + 1])) * TICK_NANOS;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
