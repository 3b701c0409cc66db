package io.echogate.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for something to read on the ICMP sockets and says so, at most every {@link #NAP_MILLIS} ms: since the kernel stamps
 * what comes, nothing is lost by reading a little later, and much is gained by reading many at once. Runs on a thread of
 * its own; ends when its wake descriptor becomes readable, and closes both descriptors then.
 */
final class IcmpWatcher implements Runnable {
    static final String THREAD = "icmp-watcher";
    private static final Logger log = LoggerFactory.getLogger(IcmpWatcher.class);
    private static final int POLLFD = 8;
    static final int NAP_MILLIS = 4;

    private final int epoll;
    private final int wake;
    private final Runnable readable;

    IcmpWatcher(int epoll, int wake, Runnable readable) {
        this.epoll = epoll;
        this.wake = wake;
        this.readable = readable;
    }

    @Override
    public void run() {
        try (Arena arena = Arena.ofConfined()) {
            Libc libc = new Libc(arena);
            MemorySegment fds = arena.allocate(2 * POLLFD, 8);
            watch(fds, 0, wake);
            watch(fds, POLLFD, epoll);
            while (wait(libc, fds, 2, Libc.FOREVER)) {
                if (fds.get(JAVA_SHORT, POLLFD + 6) != 0) {
                    readable.run();
                }
                if (!wait(libc, fds, 1, NAP_MILLIS)) {
                    break;
                }
            }
            libc.close(epoll);
            libc.close(wake);
        }
    }

    private static void watch(MemorySegment fds, long at, int fd) {
        fds.set(JAVA_INT, at, fd);
        fds.set(JAVA_SHORT, at + 4, (short) Libc.POLLIN);
    }

    /** False when it is time to end. */
    private static boolean wait(Libc libc, MemorySegment fds, int count, int millis) {
        int ready = libc.poll(fds, count, millis);
        if (ready < 0 && ready != -Errno.EINTR) {
            log.error("icmp_watcher_failed error=\"{}\"", Errno.words(-ready));
            return false;
        }
        return ready <= 0 || fds.get(JAVA_SHORT, 6) == 0;
    }
}
