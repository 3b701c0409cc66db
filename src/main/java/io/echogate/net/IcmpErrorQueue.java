package io.echogate.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Linux keeps of the errors that came for our requests (ip(7), IP_RECVERR): the quoted request, where it was
 * going, what happened and who says so. Confined to the thread that asks.
 */
final class IcmpErrorQueue {
    private static final int PACKET = 64;
    private static final int CONTROL = 192;

    /** Size of {@code struct sock_extended_err}; the address of who says so follows it. */
    private static final int EXTENDED_ERROR = 16;

    private static final int SOURCE_QUENCH = 4;
    private static final int REDIRECT = 5;

    private final Libc libc;
    private final Messages message;
    private final KernelStamp stamp;

    IcmpErrorQueue(Arena arena, Libc libc, KernelStamp stamp) {
        this.libc = libc;
        this.message = new Messages(arena, 1, 32, PACKET, CONTROL);
        this.stamp = stamp;
    }

    /** Empties it, with which the pending error of the socket goes, too; gives how many entries there were. */
    int drain(IcmpPort port, IcmpEar ear) {
        int read = 0;
        while (true) {
            message.clear(1);
            int length = libc.recverr(port.fd, message.headers);
            if (length < 0) {
                return read;
            }
            read++;
            IcmpError error = parse(port, length);
            if (error != null) {
                stamp.read();
                ear.failed(error, heardNanos());
            }
        }
    }

    private long heardNanos() {
        long at = find(ControlMessages.SOL_SOCKET, ControlMessages.TIMESTAMPNS);
        return at < 0
                ? stamp.nowNanos()
                : stamp.atNanos(message.control.get(JAVA_LONG, at), message.control.get(JAVA_LONG, at + 8));
    }

    /** Null for what is not the end of a request of ours. */
    private @Nullable IcmpError parse(IcmpPort port, int length) {
        long at = find(port.family.level, port.family.recvErr);
        InetAddress to = port.family.read(message.names, 0);
        if (at < 0 || to == null || !isOurs(port, length)) {
            return null;
        }
        MemorySegment in = message.control;
        int origin = in.get(JAVA_BYTE, at + 4);
        int type = in.get(JAVA_BYTE, at + 5) & 0xff;
        if (origin == IcmpError.ORIGIN_ICMP && (type == SOURCE_QUENCH || type == REDIRECT)) {
            return null;
        }
        return new IcmpError(
                to,
                IcmpPacket.sequence(message.data, 0),
                origin,
                type,
                in.get(JAVA_BYTE, at + 6) & 0xff,
                in.get(JAVA_INT, at),
                port.family.read(in, at + EXTENDED_ERROR));
    }

    /** A raw socket is told of everybody's errors. */
    private boolean isOurs(IcmpPort port, int length) {
        return IcmpPacket.isRequest(message.data, 0, length, port.family)
                && (!port.raw || IcmpPacket.id(message.data, 0) == port.id);
    }

    private long find(int level, int type) {
        return ControlMessages.find(message.control, 0, message.controlLength(0), level, type);
    }
}
