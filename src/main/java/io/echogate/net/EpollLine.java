package io.echogate.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;

/** One connection of an {@link EpollDialer}, watched for edges from its beginning to its end. */
final class EpollLine implements Line, EpollHub.Watched {
    /** As much of {@code struct tcp_info} (linux/tcp.h) as is looked at. */
    static final int TCP_INFO_SIZE = 32;

    private static final int WATCHED = EpollSet.IN | EpollSet.OUT | EpollSet.PEER_ENDED | EpollSet.EDGE;
    private static final int BROKEN = EpollSet.ERROR | EpollSet.HANG_UP;
    private static final int TO_READ = EpollSet.IN | EpollSet.PEER_ENDED | BROKEN;

    /** A peer that never stops sending must not hold up the others. */
    private static final int READS_AT_ONCE = 16;

    private static final int CLOSED = -1;
    private static final int SOCK_STREAM = 1;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ERROR = 4;
    private static final int SO_LINGER = 13;
    private static final int LINGER_SIZE = 8;
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_INFO = 11;
    private static final int UNACKED_AT = 24;
    private static final int ESTABLISHED = 1;
    private static final int CLOSE_WAIT = 8;
    private static final long PORT_AT = 2;
    private static final ValueLayout.OfShort PORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

    private final long tag;
    private final EpollDialer dialer;
    private final byte[] question;
    private final Ear ear;
    private int fd = CLOSED;
    private int sent;
    private boolean connected;
    private boolean over;

    EpollLine(EpollDialer dialer, byte[] question, Ear ear) {
        this.dialer = dialer;
        this.tag = dialer.hub.enter(this);
        this.question = question;
        this.ear = ear;
    }

    void connect(InetSocketAddress to) {
        IcmpFamily family = IcmpFamily.of(to.getAddress());
        fd = dialer.libc.socket(family.domain, SOCK_STREAM | Libc.NONBLOCK | Libc.CLOEXEC, IPPROTO_TCP);
        int result = fd;
        if (fd >= 0) {
            family.write(to.getAddress(), dialer.address, 0);
            dialer.address.set(PORT, PORT_AT, (short) to.getPort());
            result = dialer.libc.connect(fd, dialer.address, family.socketAddressSize());
            result = result == -Errno.EINPROGRESS || result >= 0 ? dialer.hub.watch(fd, WATCHED, tag) : result;
        }
        if (result < 0) {
            fail(-result);
        }
    }

    @Override
    public void happened(int flags) {
        if (!connected && (flags & BROKEN) != 0) {
            fail(option(SOL_SOCKET, SO_ERROR, Integer.BYTES) < 0 ? 0 : dialer.value.get(JAVA_INT, 0));
            return;
        }
        if ((flags & EpollSet.OUT) != 0) {
            writable();
        }
        if (connected && !over && (flags & TO_READ) != 0) {
            read();
        }
    }

    private void writable() {
        if (!connected) {
            connected = true;
            ear.connected();
        }
        boolean goesOn = true;
        while (!over && goesOn && sent < question.length) {
            goesOn = send();
        }
    }

    /** False when it takes no more for now. A peer that has closed may have answered before: reading tells. */
    private boolean send() {
        int some = (int) Math.min(question.length - sent, dialer.buffer.byteSize());
        MemorySegment.copy(question, sent, dialer.buffer, JAVA_BYTE, 0, some);
        int result = dialer.libc.send(fd, dialer.buffer, some);
        if (result > 0) {
            sent += result;
        } else if (result != -Errno.EAGAIN && result != -Errno.EPIPE) {
            fail(-result);
        }
        return result > 0;
    }

    private void read() {
        for (int i = 0; i < READS_AT_ONCE; i++) {
            int result = dialer.libc.receive(fd, dialer.buffer);
            if (result > 0) {
                ear.heard(dialer.heard.setIndex(0, result));
            } else if (result == 0) {
                ear.ended();
            } else if (result != -Errno.EAGAIN) {
                fail(-result);
            }
            if (result <= 0 || over) {
                return;
            }
        }
        dialer.hub.watchAgain(fd, WATCHED, tag);
    }

    private void fail(int errno) {
        abort();
        ear.failed(errno, Errno.words(errno));
    }

    @Override
    public boolean acknowledged() {
        if (over || sent < question.length || option(IPPROTO_TCP, TCP_INFO, TCP_INFO_SIZE) < 0) {
            return false;
        }
        int state = dialer.value.get(JAVA_BYTE, 0);
        return (state == ESTABLISHED || state == CLOSE_WAIT) && dialer.value.get(JAVA_INT, UNACKED_AT) == 0;
    }

    private int option(int level, int name, int size) {
        dialer.valueSize.set(JAVA_INT, 0, size);
        return dialer.libc.getsockopt(fd, level, name, dialer.value, dialer.valueSize);
    }

    @Override
    public void hangUp() {
        if (!over) {
            over = true;
            dialer.hub.leave(tag);
            if (fd >= 0) {
                dialer.libc.close(fd);
            }
        }
    }

    @Override
    public void abort() {
        if (!over && fd >= 0) {
            dialer.value.set(JAVA_INT, 0, 1);
            dialer.value.set(JAVA_INT, Integer.BYTES, 0);
            dialer.libc.setsockopt(fd, SOL_SOCKET, SO_LINGER, dialer.value.asSlice(0, LINGER_SIZE));
        }
        hangUp();
    }
}
