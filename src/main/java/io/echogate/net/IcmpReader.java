package io.echogate.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.echogate.clock.Clock;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the answers of one ICMP socket. Runs on a thread of its own, so that an answer is stamped when it comes and not
 * when an event loop gets to it; ends when its wake descriptor becomes readable, and closes both descriptors then.
 */
final class IcmpReader implements Runnable {
    static final String THREAD = "icmp-reader";
    static final int ANY_ID = -1;
    private static final Logger log = LoggerFactory.getLogger(IcmpReader.class);
    private static final int POLLFD = 8;

    private final int fd;
    private final int wakeFd;
    private final int onlyId;
    private final Clock clock;
    private final IcmpSocket.Listener listener;

    IcmpReader(int fd, int wakeFd, int onlyId, Clock clock, IcmpSocket.Listener listener) {
        this.fd = fd;
        this.wakeFd = wakeFd;
        this.onlyId = onlyId;
        this.clock = clock;
        this.listener = listener;
    }

    @Override
    public void run() {
        try (Arena arena = Arena.ofConfined()) {
            Libc libc = new Libc(arena);
            MemorySegment fds = watched(arena);
            MemorySegment in = arena.allocate(2048, 8);
            while (waitFor(libc, fds)) {
                drain(libc, in);
            }
            libc.close(fd);
            libc.close(wakeFd);
        }
    }

    private MemorySegment watched(Arena arena) {
        MemorySegment fds = arena.allocate(2 * POLLFD, 8);
        fds.set(JAVA_INT, 0, fd);
        fds.set(JAVA_SHORT, 4, (short) Libc.POLLIN);
        fds.set(JAVA_INT, POLLFD, wakeFd);
        fds.set(JAVA_SHORT, POLLFD + 4, (short) Libc.POLLIN);
        return fds;
    }

    /** False when it is time to end. */
    private boolean waitFor(Libc libc, MemorySegment fds) {
        int ready = libc.poll(fds, 2);
        if (ready < 0 && ready != -Errno.EINTR) {
            log.error("icmp_reader_failed error=\"{}\"", Errno.words(-ready));
            return false;
        }
        return ready < 0 || fds.get(JAVA_SHORT, POLLFD + 6) == 0;
    }

    private void drain(Libc libc, MemorySegment in) {
        for (int n = libc.recv(fd, in); n >= 0; n = libc.recv(fd, in)) {
            long now = clock.nanos();
            int offset = onlyId == ANY_ID ? 0 : IcmpPacket.afterIpHeader(in, n);
            if (IcmpPacket.isReply(in, offset, n) && (onlyId == ANY_ID || IcmpPacket.id(in, offset) == onlyId)) {
                listener.answered(IcmpPacket.nonce(in, offset), now);
            }
        }
    }
}
