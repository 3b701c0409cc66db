package io.echogate.net;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.echogate.clock.Clock;
import io.echogate.model.Icmp;
import io.echogate.model.Icmp.Mode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ICMP and ICMPv6 echo for the whole fleet. Confined to the one thread that sends, reads and closes; a thread of its own
 * only says when there is something to read. Datagram sockets where the host allows them (no privilege, and the kernel
 * hands out only our own answers), else raw ones, else none: then {@link #icmp()} carries the command that would open
 * them, and nobody is reached.
 */
public final class IcmpSocket implements AutoCloseable {
    /** Requests that can wait for {@link #send} together. */
    public static final int BATCH = IcmpOutbox.SIZE;

    static final String OPEN_DATAGRAM = "sysctl -w net.ipv4.ping_group_range=\"0 2147483647\"";
    private static final Logger log = LoggerFactory.getLogger(IcmpSocket.class);
    private static final int NO_DESCRIPTOR = -1;

    /** What an answer waiting to be read takes up in the kernel's account, generously. */
    private static final int ANSWER_BYTES = 1_280;

    private final Icmp icmp;
    private final Clock clock;
    private final @Nullable Wired wired;
    private int wake = NO_DESCRIPTOR;
    private boolean closed;

    /** What there is once the host has allowed a socket. */
    private record Wired(Arena memory, Libc libc, int epoll, IcmpPorts ports, IcmpOutbox four, IcmpOutbox six) {
        static Wired of(Clock clock, Libc libc, Arena memory, int epoll) {
            IcmpPorts ports = new IcmpPorts(memory, libc, epoll, new KernelStamp(clock));
            return new Wired(
                    memory,
                    libc,
                    epoll,
                    ports,
                    new IcmpOutbox(memory, IcmpFamily.V4),
                    new IcmpOutbox(memory, IcmpFamily.V6));
        }

        IcmpOutbox outbox(IcmpFamily family) {
            return family == IcmpFamily.V4 ? four : six;
        }
    }

    private IcmpSocket(Icmp icmp, Clock clock, @Nullable Wired wired) {
        this.icmp = icmp;
        this.clock = clock;
        this.wired = wired;
    }

    /** Opens the best kind of socket that this host allows; never fails. */
    public static IcmpSocket open(Clock clock) {
        if (!System.getProperty("os.name", "").startsWith("Linux")) {
            return new IcmpSocket(new Icmp(Mode.NONE, "run Echogate on Linux"), clock, null);
        }
        Arena memory = Arena.ofAuto();
        Libc libc = new Libc(memory);
        Opened four = Opened.of(libc, IcmpFamily.V4);
        Opened six = Opened.of(libc, IcmpFamily.V6);
        Icmp icmp = six.isOpen() && !four.isOpen() ? six.icmp() : four.icmp();
        int epoll = icmp.mode() == Mode.NONE ? NO_DESCRIPTOR : libc.epoll();
        if (epoll < 0) {
            four.close(libc);
            six.close(libc);
            Icmp none = icmp.mode() == Mode.NONE ? icmp : icmp(epoll, epoll);
            return new IcmpSocket(none, clock, null);
        }
        Wired wired = Wired.of(clock, libc, memory, epoll);
        four.addTo(wired.ports, IcmpFamily.V4);
        six.addTo(wired.ports, IcmpFamily.V6);
        return new IcmpSocket(icmp, clock, wired);
    }

    /** Two attempts at one family, each a descriptor or a negated error number. */
    private record Opened(int datagram, int raw) {
        static Opened of(Libc libc, IcmpFamily family) {
            int datagram = IcmpPort.descriptor(libc, family, false);
            return new Opened(datagram, datagram >= 0 ? NO_DESCRIPTOR : IcmpPort.descriptor(libc, family, true));
        }

        boolean isOpen() {
            return datagram >= 0 || raw >= 0;
        }

        Icmp icmp() {
            return IcmpSocket.icmp(datagram, raw);
        }

        void addTo(IcmpPorts ports, IcmpFamily family) {
            if (isOpen()) {
                ports.add(family, datagram < 0, Math.max(datagram, raw));
            }
        }

        void close(Libc libc) {
            if (isOpen()) {
                libc.close(Math.max(datagram, raw));
            }
        }
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

    /** What the host allows. */
    public Icmp icmp() {
        return icmp;
    }

    /** True when addresses of that family can be asked at all. */
    public boolean reaches(InetAddress to) {
        return wired != null && !closed && wired.ports.current(IcmpFamily.of(to)) != null;
    }

    /** Answers that the receive buffer holds for certain before they are read; 0 without a socket. */
    public int answersHeld() {
        return wired == null || closed ? 0 : wired.ports.receiveBuffer() / ANSWER_BYTES;
    }

    /**
     * Starts the thread that says when something is to be read, once. Without a socket nothing is started.
     *
     * @param readable called on that thread, at most every few milliseconds; must only pass it on
     */
    public void listen(Runnable readable) {
        if (wired == null || wake != NO_DESCRIPTOR || closed) {
            return;
        }
        int made = wired.libc.eventfd();
        if (made < 0) {
            throw new IllegalStateException("no event descriptor: " + Errno.words(-made));
        }
        wake = made;
        Thread.ofPlatform().name(IcmpWatcher.THREAD).daemon(true).start(new IcmpWatcher(wired.epoll, wake, readable));
    }

    /**
     * Puts an echo request with those that leave at the next {@link #send}; sends those of its family first when there
     * are {@link #BATCH} already. Only for addresses that are reached.
     *
     * @param sequence by which, beside the address, an error names it; wraps at 65,536
     * @param tag by which the ear is told what became of it
     */
    public void put(InetAddress to, long nonce, int sequence, int tag, IcmpEar ear) {
        IcmpFamily family = IcmpFamily.of(to);
        IcmpPort port = wired == null ? null : wired.ports.current(family);
        if (wired == null || port == null) {
            ear.refused(tag, Errno.EPROTONOSUPPORT, clock.nanos());
            return;
        }
        IcmpOutbox outbox = wired.outbox(family);
        if (outbox.full()) {
            send(wired, outbox, family, ear);
        }
        port.use();
        outbox.put(to, port.id, sequence, nonce, tag);
    }

    /** Sends what was put; never waits. */
    public void send(IcmpEar ear) {
        if (wired != null) {
            send(wired, wired.four, IcmpFamily.V4, ear);
            send(wired, wired.six, IcmpFamily.V6, ear);
        }
    }

    private void send(Wired w, IcmpOutbox outbox, IcmpFamily family, IcmpEar ear) {
        IcmpPort port = w.ports.current(family);
        if (port != null) {
            outbox.send(w.libc, port, w.ports.errors(), clock, ear);
        }
    }

    /** Takes in every answer and every error that has come; never waits. */
    public void read(IcmpEar ear) {
        if (wired != null && !closed) {
            wired.ports.read(ear);
        }
    }

    /**
     * Asks with fresh sockets from now on, which have new identifiers: a firewall may have pinned a stale session to the
     * old one. Answers to what was asked with the old ones are still heard.
     * Nothing is replaced while there are too many older ones, nor what nothing was asked with.
     */
    public void renew(IcmpEar ear) {
        if (wired != null && !closed) {
            send(ear);
            wired.ports.renew(clock.nanos());
        }
    }

    /** Stops listening to sockets that were replaced before that time. */
    public void forget(long beforeNanos) {
        if (wired != null) {
            wired.ports.closeOlder(beforeNanos);
        }
    }

    /** How many sockets are open, of both families together. */
    public int openSockets() {
        return wired == null ? 0 : wired.ports.open();
    }

    /** Closes the sockets and ends the thread. Call on the asking thread. */
    @Override
    public void close() {
        if (wired == null || closed) {
            return;
        }
        closed = true;
        wired.ports.close();
        if (wake == NO_DESCRIPTOR) {
            wired.libc.close(wired.epoll);
            return;
        }
        MemorySegment one = wired.memory.allocate(JAVA_LONG);
        one.set(JAVA_LONG, 0, 1);
        int written = wired.libc.write(wake, one);
        if (written < 0) {
            log.warn("icmp_close_failed error=\"{}\"", Errno.words(-written));
        }
    }
}
