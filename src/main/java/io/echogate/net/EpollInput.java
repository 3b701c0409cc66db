package io.echogate.net;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What comes in on an {@link EpollStream}: shown to its ear, or moved to another stream by the kernel, or left where it is.
 * Since edges are watched for, {@link #unread} remembers that there may be more. Confined to its loop.
 */
final class EpollInput {
    /** A peer that never stops sending must not hold up the others. */
    private static final int READS_AT_ONCE = 8;

    private final EpollStream stream;
    private final EpollStreams streams;
    private final int fd;
    private @Nullable EpollStream to;
    private long toMove;
    private byte room;
    private boolean reading = true;
    private boolean unread;
    private boolean waiting;
    private boolean ended;

    EpollInput(EpollStream stream, EpollStreams streams, int fd) {
        this.stream = stream;
        this.streams = streams;
        this.fd = fd;
    }

    /**
     * Something has come, perhaps the end: {@code toEnd} says so, and what is shorter than the room is not yet all then. False
     * when nobody wants it now.
     */
    boolean readable(boolean toEnd) {
        if (reading && !ended) {
            read(toEnd);
            return true;
        }
        unread = true;
        return false;
    }

    void reading(boolean on) {
        reading = on;
        if (on && unread && !ended && stream.open()) {
            readLater();
        }
    }

    /** Whatever the peer has sent by now is read with the next ones. */
    void begin() {
        readLater();
    }

    /** The next bytes, that many at the most, go to another stream instead; what is shown then is a head again. */
    void move(EpollStream where, long bytes) {
        to = where;
        toMove = bytes;
        room = Inboxes.SMALLEST;
    }

    private void read(boolean toEnd) {
        unread = false;
        for (int i = 0; i < READS_AT_ONCE; i++) {
            EpollStream where = to;
            boolean more = where == null ? show(toEnd) : pass(where);
            if (!more) {
                return;
            }
        }
        readLater();
        stream.ear().readComplete();
    }

    /** Shows one piece to the ear; false when that was all for now, and the ear has heard so. */
    private boolean show(boolean toEnd) {
        ByteBuf in = streams.inboxes.box(room);
        int n = streams.calls.receive(fd, in.memoryAddress(), in.capacity());
        if (n <= 0) {
            ends(n);
            return false;
        }
        boolean all = !toEnd && n < in.capacity();
        room = (byte) Inboxes.next(room, n);
        stream.ear().bytes(in.writerIndex(n));
        return goesOn(all);
    }

    /** Something was read; {@code all} of what there is. */
    private boolean goesOn(boolean all) {
        if (!stream.open()) {
            return false;
        }
        if (!all && reading) {
            return true;
        }
        unread = !all;
        stream.ear().readComplete();
        return false;
    }

    /** Passes one piece on by the kernel; where that cannot be, what comes is shown from now on. False as with {@link #show}. */
    private boolean pass(EpollStream where) {
        EpollOutput out = where.output();
        boolean idle = out.idle();
        if (!out.sends()) {
            to = null;
            return true;
        }
        if (!idle) {
            out.crowded();
            return pausedOrShown();
        }
        Pipe pipe = streams.pipes.take();
        if (pipe == null) {
            to = null;
            return true;
        }
        return pass(where, pipe);
    }

    /** Whoever does not pause us now has to take what comes by himself. */
    private boolean pausedOrShown() {
        if (reading) {
            to = null;
        }
        return goesOn(false);
    }

    private boolean pass(EpollStream where, Pipe pipe) {
        int n = pipe.fill(fd, toMove);
        if (n <= 0) {
            streams.pipes.give(pipe);
            return unmoved(n);
        }
        toMove -= n;
        if (toMove == 0) {
            to = null;
        }
        where.output().take(pipe);
        if (!stream.open()) {
            return false;
        }
        stream.ear().moved(n);
        return goesOn(false);
    }

    /** A socket of another kind. */
    private boolean unmoved(int result) {
        if (result == -Errno.EINVAL) {
            to = null;
            return true;
        }
        ends(result);
        return false;
    }

    private void ends(int result) {
        if (result == 0) {
            ended = true;
            stream.ear().ended();
        } else if (result == -Errno.EAGAIN) {
            stream.ear().readComplete();
        } else if (result == -Errno.EINTR) {
            readLater();
            stream.ear().readComplete();
        } else {
            stream.brokenOff(-result);
        }
    }

    /** Others first. */
    private void readLater() {
        unread = true;
        if (!waiting) {
            waiting = true;
            streams.unread(stream);
        }
    }

    /** Others have had their turn. */
    void goOn() {
        waiting = false;
        if (stream.open() && unread && reading && !ended) {
            read(stream.watched()); // where nobody watches yet, what is left will be reported
        }
    }
}
