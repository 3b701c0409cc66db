package io.echogate.net;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The calls of Linux' C library that streams need beside those of {@link Libc}, whose thread they share. Buffers are told by
 * their address as a number, so that no object has to be made for a call. None waits.
 */
final class StreamCalls {
    static final int SHUT_WR = 1;

    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_TRUNC = 0x20;
    private static final int MSG_MORE = 0x8000;
    private static final int FLAGS = MSG_NOSIGNAL | Libc.MSG_DONTWAIT;
    private static final MethodHandle SEND = Calls.function("send");
    private static final MethodHandle SENDMSG = Calls.function("sendmsg");
    private static final MethodHandle RECV = Calls.function("recv");
    private static final MethodHandle ACCEPT = Calls.function("accept4");
    private static final MethodHandle SHUTDOWN = Calls.function("shutdown");
    private static final MethodHandle BIND = Calls.function("bind");
    private static final MethodHandle LISTEN = Calls.function("listen");
    private static final MethodHandle GETSOCKNAME = Calls.function("getsockname");
    private static final MethodHandle PIPE = Calls.function("pipe2");
    private static final MethodHandle SPLICE = Calls.function("splice");
    private static final int F_SETPIPE_SZ = 1031;
    private static final int SPLICE_F_MOVE = 1;
    private static final int SPLICE_F_NONBLOCK = 2;
    private static final long WHERE_IT_STANDS = 0;

    /** Of another shape, made when it is needed first. */
    private static final class Variadic {
        private static final MethodHandle FCNTL = Calls.variadic("fcntl", 2);
    }

    private final Libc libc;
    private final Calls calls;

    StreamCalls(Libc libc) {
        this.libc = libc;
        this.calls = libc.calls();
    }

    /**
     * How many bytes were taken.
     *
     * @param last nothing follows but the end of our direction: both go in one segment then
     */
    int send(int fd, long from, long count, boolean last) {
        return calls.call(SEND, fd, from, count, last ? FLAGS | MSG_MORE : FLAGS);
    }

    /** How many bytes of a {@code struct msghdr} were taken. */
    int sendmsg(int fd, MemorySegment message) {
        return calls.call(SENDMSG, fd, message.address(), FLAGS);
    }

    /** How many bytes came; 0 at the end of the stream. */
    int receive(int fd, long into, long count) {
        return calls.call(RECV, fd, into, count, Libc.MSG_DONTWAIT);
    }

    /** How many bytes that came are gone, unseen. */
    int drop(int fd, long most) {
        return calls.call(RECV, fd, 0, most, Libc.MSG_DONTWAIT | MSG_TRUNC);
    }

    /** A connected socket that does not wait; fills the peer's address and its size. */
    int accept(int fd, MemorySegment address, MemorySegment size) {
        return calls.call(ACCEPT, fd, address.address(), size.address(), Libc.NONBLOCK | Libc.CLOEXEC);
    }

    int shutdown(int fd, int how) {
        return calls.call(SHUTDOWN, fd, how);
    }

    int bind(int fd, MemorySegment address, int size) {
        return calls.call(BIND, fd, address.address(), size);
    }

    /** @param backlog the kernel takes at most {@code net.core.somaxconn} of it */
    int listen(int fd, int backlog) {
        return calls.call(LISTEN, fd, backlog);
    }

    /** Fills our own address and its size. */
    int getsockname(int fd, MemorySegment address, MemorySegment size) {
        return calls.call(GETSOCKNAME, fd, address.address(), size.address());
    }

    /** Fills the two ends of a pipe that does not wait, the one to read from first. */
    int pipe(MemorySegment ends) {
        return calls.call(PIPE, ends.address(), Libc.NONBLOCK | Libc.CLOEXEC);
    }

    /** Has a pipe hold so many bytes. */
    int pipeSize(int fd, int bytes) {
        return calls.call(Variadic.FCNTL, fd, F_SETPIPE_SZ, bytes);
    }

    /** How many bytes went from a pipe or to one, without being copied where that can be (splice(2)). */
    int splice(int from, int to, long most) {
        return calls.call(SPLICE, from, WHERE_IT_STANDS, to, WHERE_IT_STANDS, most, SPLICE_F_MOVE | SPLICE_F_NONBLOCK);
    }

    int close(int fd) {
        return libc.close(fd);
    }
}
