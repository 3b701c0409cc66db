package io.echogate.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The calls of Linux' C library that streams need beside those of {@link Libc}, whose thread they share. Buffers are told by
 * their address as a number, so that no object has to be made for a call. None waits.
 */
final class StreamCalls {
    static final int SHUT_WR = 1;

    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int FLAGS = MSG_NOSIGNAL | Libc.MSG_DONTWAIT;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle SEND = call("send", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SENDMSG = call("sendmsg", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle RECV = call("recv", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle ACCEPT = call("accept4", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    private static final MethodHandle SHUTDOWN = call("shutdown", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = call("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle LISTEN = call("listen", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle GETSOCKNAME = call("getsockname", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);

    private final Libc libc;
    private final MemorySegment state;

    StreamCalls(Libc libc) {
        this.libc = libc;
        this.state = libc.state();
    }

    @SuppressWarnings("restricted") // native access is switched on for us by the launcher
    private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"));
    }

    /** How many bytes were taken. */
    int send(int fd, long from, long count) {
        try {
            return libc.orErrno((long) SEND.invokeExact(state, fd, from, count, FLAGS));
        } catch (Throwable t) {
            throw broken("send", t);
        }
    }

    /** How many bytes of a {@code struct msghdr} were taken. */
    int sendmsg(int fd, MemorySegment message) {
        try {
            return libc.orErrno((long) SENDMSG.invokeExact(state, fd, message, FLAGS));
        } catch (Throwable t) {
            throw broken("sendmsg", t);
        }
    }

    /** How many bytes came; 0 at the end of the stream. */
    int receive(int fd, long into, long count) {
        try {
            return libc.orErrno((long) RECV.invokeExact(state, fd, into, count, Libc.MSG_DONTWAIT));
        } catch (Throwable t) {
            throw broken("recv", t);
        }
    }

    /** A connected socket that does not wait; fills the peer's address and its size. */
    int accept(int fd, MemorySegment address, MemorySegment size) {
        try {
            return libc.orErrno((int) ACCEPT.invokeExact(state, fd, address, size, Libc.NONBLOCK | Libc.CLOEXEC));
        } catch (Throwable t) {
            throw broken("accept4", t);
        }
    }

    int shutdown(int fd, int how) {
        try {
            return libc.orErrno((int) SHUTDOWN.invokeExact(state, fd, how));
        } catch (Throwable t) {
            throw broken("shutdown", t);
        }
    }

    int bind(int fd, MemorySegment address, int size) {
        try {
            return libc.orErrno((int) BIND.invokeExact(state, fd, address, size));
        } catch (Throwable t) {
            throw broken("bind", t);
        }
    }

    /** @param backlog the kernel takes at most {@code net.core.somaxconn} of it */
    int listen(int fd, int backlog) {
        try {
            return libc.orErrno((int) LISTEN.invokeExact(state, fd, backlog));
        } catch (Throwable t) {
            throw broken("listen", t);
        }
    }

    /** Fills our own address and its size. */
    int getsockname(int fd, MemorySegment address, MemorySegment size) {
        try {
            return libc.orErrno((int) GETSOCKNAME.invokeExact(state, fd, address, size));
        } catch (Throwable t) {
            throw broken("getsockname", t);
        }
    }

    private static IllegalStateException broken(String call, Throwable t) {
        return new IllegalStateException("cannot call " + call, t);
    }
}
