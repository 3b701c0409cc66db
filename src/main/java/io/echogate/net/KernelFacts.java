package io.echogate.net;

import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this host's kernel allows and how it keeps time, asked of the kernel itself. For {@code doctor}, not for a loop. */
public final class KernelFacts {
    private static final long SYS_IO_URING_SETUP = 425; // the same number on every architecture
    private static final int IO_URING_PARAMS_BYTES = 120;
    private static final int TIMEX_BYTES = 208;
    private static final int TIME_ERROR = 5;

    private KernelFacts() {}

    /** The best transport that works here. */
    public static Transport transport() {
        return Epoll.isAvailable() ? Transport.EPOLL : Transport.NIO;
    }

    /** Why epoll is not to be had, or empty. */
    public static String whyNoEpoll() {
        Throwable why = Epoll.unavailabilityCause();
        return why == null ? "" : String.valueOf(why.getMessage());
    }

    /** 0 when the kernel lets this process make an io_uring (io_uring_setup(2)), else the error number. */
    public static int ioUringErrno() {
        try (Arena arena = Arena.ofConfined()) {
            Libc libc = new Libc(arena);
            MemorySegment parameters = arena.allocate(IO_URING_PARAMS_BYTES, 8);
            int fd = libc.calls().call(Calls.function("syscall"), SYS_IO_URING_SETUP, 1, parameters.address());
            return fd < 0 ? -fd : closed(libc, fd);
        }
    }

    private static int closed(Libc libc, int fd) {
        libc.close(fd);
        return 0;
    }

    /** True when the kernel's clock is held to a reference (adjtimex(2): no {@code STA_UNSYNC}). */
    public static boolean clockSynchronised() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment timex = arena.allocate(TIMEX_BYTES, 8);
            int state = new Calls(arena).call(Calls.function("adjtimex"), timex.address());
            return state >= 0 && state != TIME_ERROR;
        }
    }

    /** What the kernel counts time with, for instance {@code tsc}; empty when it does not say. */
    public static String clockSource() {
        return read("/sys/devices/system/clocksource/clocksource0/current_clocksource");
    }

    /** Soft limit of open files, or {@link Long#MAX_VALUE} for none (proc_pid_limits(5)). */
    public static long openFiles() {
        return openFiles(read("/proc/self/limits"));
    }

    static long openFiles(String limits) {
        return limits.lines()
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.trim().split("\\s+")[3])
                .filter(soft -> !soft.equals("unlimited"))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
