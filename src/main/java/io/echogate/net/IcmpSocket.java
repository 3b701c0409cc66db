package io.echogate.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.echogate.clock.Clock;
import io.echogate.model.Icmp;
import io.echogate.model.Icmp.Mode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ICMP socket for the whole fleet, IPv4. Confined to the one thread that sends and closes; answers come on a reader
 * thread of its own. A datagram socket where the host allows it (no privilege, and the kernel hands out only our own
 * answers), else a raw one, else none: then {@link #icmp()} carries the command that would open it, and every send fails.
 */
public final class IcmpSocket implements AutoCloseable {
    /** Takes answers on the reader thread; must only pass them on. */
    @FunctionalInterface
    public interface Listener {
        /**
         * An echo reply to one of our requests came.
         *
         * @param nonce as given to {@link #send}
         * @param atNanos monotonic time right after it was read
         */
        void answered(long nonce, long atNanos);
    }

    static final String OPEN_DATAGRAM = "sysctl -w net.ipv4.ping_group_range=\"0 2147483647\"";
    private static final Logger log = LoggerFactory.getLogger(IcmpSocket.class);
    private static final int RECEIVE_BUFFER = 8 << 20;
    private static final int NO_SOCKET = -1;
    private static final short AF_INET = 2;

    private final Icmp icmp;
    private final int fd;
    private final int id;
    private final @Nullable Libc libc;
    private final Arena memory = Arena.ofAuto();
    private final MemorySegment packet = memory.allocate(IcmpPacket.SIZE, 8);
    private final MemorySegment address = memory.allocate(16, 8);
    private int wakeFd = NO_SOCKET;
    private boolean closed;

    private IcmpSocket(Icmp icmp, int fd, @Nullable Libc libc) {
        this.icmp = icmp;
        this.fd = fd;
        this.id = (int) ProcessHandle.current().pid() & 0xffff;
        this.libc = libc;
        address.set(JAVA_SHORT, 0, AF_INET);
    }

    /** Opens the best kind of socket that this host allows; never fails. */
    public static IcmpSocket open() {
        if (!System.getProperty("os.name", "").startsWith("Linux")) {
            return new IcmpSocket(new Icmp(Mode.NONE, "run Echogate on Linux"), NO_SOCKET, null);
        }
        Libc libc = new Libc(Arena.ofAuto());
        int flags = Libc.NONBLOCK | Libc.CLOEXEC;
        int datagram = libc.socket(Libc.AF_INET, Libc.SOCK_DGRAM | flags, Libc.IPPROTO_ICMP);
        int raw = datagram >= 0 ? NO_SOCKET : libc.socket(Libc.AF_INET, Libc.SOCK_RAW | flags, Libc.IPPROTO_ICMP);
        Icmp icmp = icmp(datagram, raw);
        if (icmp.mode() == Mode.NONE) {
            return new IcmpSocket(icmp, NO_SOCKET, null);
        }
        IcmpSocket socket = new IcmpSocket(icmp, Math.max(datagram, raw), libc);
        socket.prepare(libc);
        return socket;
    }

    /** What two attempts, each a descriptor or a negated error number, say about the host. */
    static Icmp icmp(int datagram, int raw) {
        if (datagram >= 0) {
            return new Icmp(Mode.DATAGRAM, "");
        }
        if (raw >= 0) {
            return new Icmp(Mode.RAW, "");
        }
        return new Icmp(Mode.NONE, datagram == -Errno.EMFILE ? "ulimit -n 65536" : OPEN_DATAGRAM);
    }

    private void prepare(Libc libc) {
        MemorySegment value = memory.allocate(JAVA_INT);
        value.set(JAVA_INT, 0, RECEIVE_BUFFER);
        if (libc.setsockopt(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUFFORCE, value) < 0) {
            libc.setsockopt(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUF, value);
        }
        if (icmp.mode() == Mode.RAW) {
            value.set(JAVA_INT, 0, ~1); // a set bit keeps a type out: only type 0, echo reply, comes in
            libc.setsockopt(fd, Libc.SOL_RAW, Libc.ICMP_FILTER, value);
        }
    }

    /** What the host allows. */
    public Icmp icmp() {
        return icmp;
    }

    /** True when this socket can reach addresses of that family at all. */
    public boolean reaches(InetAddress to) {
        return libc != null && !closed && to instanceof Inet4Address;
    }

    /** Starts the reader thread, once. Without a socket nothing is started and nothing is ever heard. */
    public void listen(Clock clock, Listener listener) {
        if (libc == null || wakeFd != NO_SOCKET || closed) {
            return;
        }
        int wake = libc.eventfd();
        if (wake < 0) {
            throw new IllegalStateException("no event descriptor: " + Errno.words(-wake));
        }
        wakeFd = wake;
        int onlyId = icmp.mode() == Mode.RAW ? id : IcmpReader.ANY_ID;
        Thread.ofPlatform()
                .name(IcmpReader.THREAD)
                .daemon(true)
                .start(new IcmpReader(fd, wake, onlyId, clock, listener));
    }

    /**
     * Sends one echo request; never waits. An error that an earlier packet left on the socket shows at the next send
     * and belongs to nobody asked now, so one failure is tried again.
     *
     * @param sequence a hint for people with a packet capture; wraps at 65,536
     * @return 0, or an error number of {@link Errno}
     */
    public int send(InetAddress to, long nonce, int sequence) {
        Libc c = libc;
        if (c == null || !reaches(to)) {
            return Errno.EPROTONOSUPPORT;
        }
        IcmpPacket.writeRequest(packet, id, sequence, nonce);
        MemorySegment.copy(MemorySegment.ofArray(to.getAddress()), 0, address, 4, 4);
        int sent = c.sendto(fd, packet, address);
        if (sent < 0) {
            sent = c.sendto(fd, packet, address);
        }
        return sent < 0 ? -sent : 0;
    }

    /** Ends the reader thread, which closes the socket as its last act. Call on the sending thread. */
    @Override
    public void close() {
        Libc c = libc;
        if (c == null || closed) {
            return;
        }
        closed = true;
        if (wakeFd == NO_SOCKET) {
            c.close(fd);
            return;
        }
        MemorySegment one = memory.allocate(JAVA_LONG);
        one.set(JAVA_LONG, 0, 1);
        int written = c.write(wakeFd, one);
        if (written < 0) {
            log.warn("icmp_close_failed error=\"{}\"", Errno.words(-written));
        }
    }
}
