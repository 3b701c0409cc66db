package io.echogate.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;

/**
 * One open ICMP socket of one family, with one identifier: the kernel's choice for a datagram socket, ours for a raw
 * one. Confined to the thread that asks. An unreachable member's error stays in its error queue and, because of it, in
 * the result of the next send.
 */
final class IcmpPort {
    /** Asked for; the kernel doubles it, and without CAP_NET_ADMIN cuts it to net.core.rmem_max. */
    private static final int RECEIVE_BUFFER = 8 << 20;

    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_RAW = 3;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;
    private static final int SO_ATTACH_FILTER = 26;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SO_TIMESTAMPNS = 35;
    private static final int SO_RXQ_OVFL = 40;
    private static final int SOL_RAW = 255;
    private static final int ICMP_FILTER = 1;
    private static final int FILTER_6_WORDS = 8;

    final IcmpFamily family;
    final int fd;
    final boolean raw;

    /** A raw socket's own; meaningless for a datagram socket, where the kernel fills it in. */
    final int id;

    private long overflowed;
    private boolean used;

    private IcmpPort(IcmpFamily family, int fd, boolean raw, int id) {
        this.family = family;
        this.fd = fd;
        this.raw = raw;
        this.id = id;
    }

    /** A descriptor, or a negated error number. */
    static int descriptor(Libc libc, IcmpFamily family, boolean raw) {
        int type = (raw ? SOCK_RAW : SOCK_DGRAM) | Libc.NONBLOCK | Libc.CLOEXEC;
        return libc.socket(family.domain, type, family.protocol);
    }

    /** Makes a descriptor of {@link #descriptor} ready for asking. */
    static IcmpPort ready(Libc libc, IcmpFamily family, boolean raw, int fd, RandomGenerator ids) {
        IcmpPort port = new IcmpPort(family, fd, raw, 1 + ids.nextInt(0xffff));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_INT);
            if (port.set(libc, SOL_SOCKET, SO_RCVBUFFORCE, value, RECEIVE_BUFFER) < 0) {
                port.set(libc, SOL_SOCKET, SO_RCVBUF, value, RECEIVE_BUFFER);
            }
            port.set(libc, SOL_SOCKET, SO_TIMESTAMPNS, value, 1);
            port.set(libc, SOL_SOCKET, SO_RXQ_OVFL, value, 1);
            port.set(libc, family.level, family.recvErr, value, 1);
            if (raw) {
                port.keepOutWhatIsNotOurs(libc, arena, value);
            }
        }
        return port;
    }

    private int set(Libc libc, int level, int option, MemorySegment value, int to) {
        value.set(JAVA_INT, 0, to);
        return libc.setsockopt(fd, level, option, value);
    }

    /** A raw socket is handed all ICMP of the host: only echo replies, and of these only those to our identifier, may in. */
    private void keepOutWhatIsNotOurs(Libc libc, Arena arena, MemorySegment value) {
        if (family == IcmpFamily.V4) {
            set(libc, SOL_RAW, ICMP_FILTER, value, ~(1 << family.reply)); // a set bit keeps a type out
        } else {
            MemorySegment types = arena.allocate(JAVA_INT, FILTER_6_WORDS);
            types.fill((byte) 0xff);
            int reply = family.reply & 0xff;
            types.setAtIndex(JAVA_INT, reply >> 5, ~(1 << (reply & 31)));
            libc.setsockopt(fd, family.protocol, ICMP_FILTER, types);
        }
        libc.setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, IdFilter.program(arena, family, id));
    }

    /** Something was asked with it. */
    boolean used() {
        return used;
    }

    void use() {
        used = true;
    }

    /** Bytes that unread answers may take up, as the kernel counts them. */
    int receiveBuffer(Libc libc) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_INT);
            MemorySegment size = arena.allocate(JAVA_INT);
            size.set(JAVA_INT, 0, Integer.BYTES);
            return libc.getsockopt(fd, SOL_SOCKET, SO_RCVBUF, value, size) < 0 ? 0 : value.get(JAVA_INT, 0);
        }
    }

    /**
     * Takes in the kernel's count of what it dropped since the socket was opened; gives how many are new. While a raw
     * socket is full, all ICMP of the host counts.
     */
    long overflowed(int total) {
        long now = total & 0xffffffffL;
        long more = Math.max(0, now - overflowed);
        overflowed = Math.max(overflowed, now);
        return more;
    }
}
