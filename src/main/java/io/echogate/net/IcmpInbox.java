package io.echogate.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;

/** Takes echo replies out of sockets, many at a time, into memory made once. Confined to the thread that asks. */
final class IcmpInbox {
    private static final int SIZE = 64;

    /** An IPv4 header with every option, and our packet. */
    private static final int PACKET = 128;

    /** Room for a stamp and the count of what was dropped. */
    private static final int CONTROL = 64;

    private final Messages messages;
    private final KernelStamp stamp;

    IcmpInbox(Arena arena, KernelStamp stamp) {
        this.messages = new Messages(arena, SIZE, 0, PACKET, CONTROL);
        this.stamp = stamp;
    }

    /** Reads until nothing is left. An error that stands in the way is drained first. */
    void drain(Libc libc, IcmpPort port, IcmpErrorQueue errors, IcmpEar ear) {
        int came;
        do {
            messages.clear(SIZE);
            came = libc.recvmmsg(port.fd, messages.headers, SIZE);
            if (came > 0) {
                tell(port, came, ear);
            } else if (came != -Errno.EAGAIN) {
                errors.drain(port, ear);
            }
        } while (came == SIZE);
    }

    private void tell(IcmpPort port, int came, IcmpEar ear) {
        stamp.read();
        for (int i = 0; i < came; i++) {
            long length = messages.length(i);
            long skip = port.raw && port.family == IcmpFamily.V4
                    ? IcmpPacket.ipHeader(messages.data, messages.dataAt(i), length)
                    : 0;
            long at = messages.dataAt(i) + skip;
            if (IcmpPacket.isReply(messages.data, at, length - skip, port.family)
                    && (!port.raw || IcmpPacket.id(messages.data, at) == port.id)) {
                ear.answered(IcmpPacket.nonce(messages.data, at), stampOf(i));
            }
        }
        tellOverflow(port, came - 1, ear);
    }

    private long stampOf(int i) {
        long at = find(i, ControlMessages.TIMESTAMPNS);
        return at < 0
                ? stamp.nowNanos()
                : stamp.atNanos(messages.control.get(JAVA_LONG, at), messages.control.get(JAVA_LONG, at + 8));
    }

    /** The kernel's count stands, once there is something to count, beside every packet; the newest is the highest. */
    private void tellOverflow(IcmpPort port, int newest, IcmpEar ear) {
        long at = find(newest, ControlMessages.RXQ_OVFL);
        if (at >= 0) {
            long more = port.overflowed(messages.control.get(JAVA_INT, at));
            if (more > 0) {
                ear.overflowed(more);
            }
        }
    }

    private long find(int i, int type) {
        return ControlMessages.find(
                messages.control, messages.controlAt(i), messages.controlLength(i), ControlMessages.SOL_SOCKET, type);
    }
}
