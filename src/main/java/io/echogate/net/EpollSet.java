package io.echogate.net;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * An epoll descriptor (epoll(7)) and room for what it reports. Confined to one thread, but the descriptor itself may be
 * waited on elsewhere: it is readable while one of its members is ready.
 */
final class EpollSet {
    static final int IN = 0x1;
    static final int OUT = 0x4;
    static final int ERROR = 0x8;
    static final int HANG_UP = 0x10;
    static final int PEER_ENDED = 0x2000;
    static final int EDGE = 1 << 31;

    /** {@code struct epoll_event} is packed on x86-64 alone. */
    private static final boolean PACKED = System.getProperty("os.arch", "").equals("amd64");

    private static final int SIZE = PACKED ? 12 : 16;
    private static final int TAG_AT = PACKED ? 4 : 8;

    private final Libc libc;
    private final int fd;
    private final int most;
    private final MemorySegment one;
    private final MemorySegment events;

    /**
     * @param fd of {@link Libc#epoll}; stays its maker's to close
     * @param most reported at once
     */
    EpollSet(Arena memory, Libc libc, int fd, int most) {
        this.libc = libc;
        this.fd = fd;
        this.most = most;
        this.one = memory.allocate(SIZE, 8);
        this.events = memory.allocate((long) most * SIZE, 8);
    }

    /** Has a descriptor watched until it is closed; 0, or the error number negated. */
    int add(int watched, int flags, long tag) {
        return libc.epollAdd(fd, watched, event(flags, tag));
    }

    /** Has what is ready already reported again. */
    int again(int watched, int flags, long tag) {
        return libc.epollModify(fd, watched, event(flags, tag));
    }

    private MemorySegment event(int flags, long tag) {
        one.set(JAVA_INT_UNALIGNED, 0, flags);
        one.set(JAVA_LONG_UNALIGNED, TAG_AT, tag);
        return one;
    }

    /** How many are ready; never waits. */
    int ready() {
        return Math.max(0, libc.epollNow(fd, events, most));
    }

    int flags(int i) {
        return events.get(JAVA_INT_UNALIGNED, (long) i * SIZE);
    }

    long tag(int i) {
        return events.get(JAVA_LONG_UNALIGNED, (long) i * SIZE + TAG_AT);
    }
}
