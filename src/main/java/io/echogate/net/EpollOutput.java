package io.echogate.net;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What an {@link EpollStream} has still to send, oldest first, and what happens when that is done. Confined to its loop. */
final class EpollOutput {
    /** What may wait for a moment: more of it is likely to be a piece of a receive buffer, which should be free again. */
    private static final int LITTLE = 8 * 1024;

    /** What happens once everything is sent. */
    private enum Then {
        NOTHING,
        END,
        CLOSE
    }

    private final EpollStream stream;
    private final EpollStreams streams;
    private final int fd;
    private @Nullable Pipe pipe;
    private @Nullable ByteBuf first;
    private @Nullable ArrayDeque<ByteBuf> more;
    private int size;
    private Then then = Then.NOTHING;
    private boolean full;
    private boolean takes = true;
    private boolean ended;

    EpollOutput(EpollStream stream, EpollStreams streams, int fd) {
        this.stream = stream;
        this.streams = streams;
        this.fd = fd;
    }

    /** Takes the buffer over. What has gathered is sent early when it is much, so that little memory serves a large body. */
    void write(ByteBuf bytes) {
        if (ended || !bytes.isReadable()) {
            bytes.release();
            return;
        }
        add(bytes.hasMemoryAddress() ? bytes : direct(bytes));
        if (size >= Stream.LOW_WATER && !full) {
            send();
        }
        if (size > Stream.HIGH_WATER) {
            crowded();
        }
    }

    /** Has whoever writes pause until most of it is sent. */
    void crowded() {
        if (takes) {
            takes = false;
            stream.ear().writable(false);
        }
    }

    /** Can send, now or later. */
    boolean sends() {
        return stream.open() && !ended && then == Then.NOTHING;
    }

    /** Nothing waits, after what did was sent as far as can be. */
    boolean idle() {
        flush();
        return size == 0;
    }

    /** Takes over a pipe with something in it, while {@link #idle}. */
    void take(Pipe filled) {
        pipe = filled;
        size = filled.held();
        send();
        if (pipe != null) {
            crowded();
        }
    }

    private static ByteBuf direct(ByteBuf bytes) {
        try {
            return bytes.alloc().directBuffer(bytes.readableBytes()).writeBytes(bytes);
        } finally {
            bytes.release();
        }
    }

    private void add(ByteBuf bytes) {
        size += bytes.readableBytes();
        if (first == null) {
            first = bytes;
        } else {
            if (more == null) {
                more = new ArrayDeque<>();
            }
            more.add(bytes);
        }
    }

    /** It costs nobody anything if that waits until others were heard. */
    boolean little() {
        return size <= LITTLE;
    }

    void flush() {
        if (!full) {
            send();
            finish();
        }
    }

    /** The kernel takes something again. */
    void writable() {
        if (!full) {
            return;
        }
        full = false;
        send();
        if (!takes && pipe == null && size <= Stream.LOW_WATER && stream.open()) {
            takes = true;
            stream.ear().writable(true);
        }
        finish();
    }

    /** Sends until there is nothing more or the kernel takes no more. */
    private void send() {
        while (size > 0 && !full) {
            int sent = sendSome();
            if (sent > 0) {
                sent(sent);
            } else if (sent == -Errno.EAGAIN) {
                full = true;
                stream.watchNow();
            } else if (sent != -Errno.EINTR) {
                broken(-sent);
            }
        }
    }

    /** What is in a pipe came first. */
    private int sendSome() {
        Pipe p = pipe;
        ByteBuf head = first;
        if (p != null) {
            return p.empty(fd);
        }
        if (head == null) {
            throw new IllegalStateException("nothing of " + size + " bytes");
        }
        return more == null || more.isEmpty()
                ? streams.calls.send(
                        fd, head.memoryAddress() + head.readerIndex(), head.readableBytes(), then != Then.NOTHING)
                : streams.gather.send(fd, head, more.iterator());
    }

    private void sent(int bytes) {
        size -= bytes;
        Pipe p = pipe;
        if (p == null) {
            taken(bytes);
        } else if (p.held() == 0) {
            pipe = null;
            streams.pipes.give(p);
        }
    }

    private void taken(int bytes) {
        int left = bytes;
        for (ByteBuf head = first; head != null && left >= head.readableBytes(); head = first) {
            left -= head.readableBytes();
            next(head);
        }
        if (first != null) {
            first.skipBytes(left);
        }
    }

    private void next(ByteBuf done) {
        done.release();
        first = more == null ? null : more.poll();
        if (first == null) {
            more = null;
        }
    }

    /** Nothing more can be sent. */
    void broken(int errno) {
        drop();
        ended = true;
        stream.ear().broken(errno);
    }

    /** Drops what is not yet sent. */
    void drop() {
        if (pipe != null) {
            pipe.close();
            pipe = null;
        }
        for (ByteBuf head = first; head != null; head = first) {
            next(head);
        }
        size = 0;
    }

    /** Ends our direction once everything is sent. */
    void end() {
        then = Then.END;
        flush();
    }

    /** Closes the stream once everything is sent. */
    void close() {
        then = Then.CLOSE;
        flush();
    }

    private void finish() {
        if (size > 0 || !stream.open()) {
            return;
        }
        switch (then) {
            case NOTHING -> {}
            case CLOSE -> stream.finished();
            case END -> {
                then = Then.NOTHING;
                ended = true;
                streams.calls.shutdown(fd, StreamCalls.SHUT_WR);
            }
        }
    }
}
