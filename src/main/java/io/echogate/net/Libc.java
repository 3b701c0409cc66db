package io.echogate.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The few calls of Linux' C library that ICMP needs. Confined to one thread at a time, since the error number is kept
 * in the instance. Every call gives its result, or the error number negated.
 */
final class Libc {
    static final int AF_INET = 2;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_RAW = 3;
    static final int NONBLOCK = 0x800;
    static final int CLOEXEC = 0x80000;
    static final int IPPROTO_ICMP = 1;
    static final int SOL_SOCKET = 1;
    static final int SO_RCVBUF = 8;
    static final int SO_RCVBUFFORCE = 33;
    static final int SOL_RAW = 255;
    static final int ICMP_FILTER = 1;
    static final int POLLIN = 1;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));
    private static final MethodHandle SOCKET = call("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SETSOCKOPT =
            call("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SENDTO =
            call("sendto", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle RECV = call("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle WRITE = call("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle POLL = call("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle EVENTFD = call("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE = call("close", JAVA_INT, JAVA_INT);

    private final MemorySegment state;

    Libc(Arena arena) {
        state = arena.allocate(Linker.Option.captureStateLayout());
    }

    @SuppressWarnings("restricted") // native access is switched on for us by the launcher
    private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"));
    }

    int socket(int domain, int type, int protocol) {
        try {
            return orErrno((int) SOCKET.invokeExact(state, domain, type, protocol));
        } catch (Throwable t) {
            throw broken("socket", t);
        }
    }

    int setsockopt(int fd, int level, int option, MemorySegment value) {
        try {
            int size = (int) value.byteSize();
            return orErrno((int) SETSOCKOPT.invokeExact(state, fd, level, option, value, size));
        } catch (Throwable t) {
            throw broken("setsockopt", t);
        }
    }

    int sendto(int fd, MemorySegment packet, MemorySegment address) {
        try {
            int size = (int) address.byteSize();
            return orErrno((long) SENDTO.invokeExact(state, fd, packet, packet.byteSize(), 0, address, size));
        } catch (Throwable t) {
            throw broken("sendto", t);
        }
    }

    int recv(int fd, MemorySegment into) {
        try {
            return orErrno((long) RECV.invokeExact(state, fd, into, into.byteSize(), 0));
        } catch (Throwable t) {
            throw broken("recv", t);
        }
    }

    int write(int fd, MemorySegment from) {
        try {
            return orErrno((long) WRITE.invokeExact(state, fd, from, from.byteSize()));
        } catch (Throwable t) {
            throw broken("write", t);
        }
    }

    /** Waits without end; {@code fds} is an array of {@code struct pollfd}. */
    int poll(MemorySegment fds, long count) {
        try {
            return orErrno((int) POLL.invokeExact(state, fds, count, -1));
        } catch (Throwable t) {
            throw broken("poll", t);
        }
    }

    int eventfd() {
        try {
            return orErrno((int) EVENTFD.invokeExact(state, 0, NONBLOCK | CLOEXEC));
        } catch (Throwable t) {
            throw broken("eventfd", t);
        }
    }

    int close(int fd) {
        try {
            return orErrno((int) CLOSE.invokeExact(state, fd));
        } catch (Throwable t) {
            throw broken("close", t);
        }
    }

    /** Where a call with captured state leaves its error number. */
    MemorySegment state() {
        return state;
    }

    /** The result of a call that used {@link #state}, or its error number negated. */
    int orErrno(long result) {
        return result < 0 ? -(int) ERRNO.get(state, 0L) : (int) result;
    }

    private static IllegalStateException broken(String call, Throwable t) {
        return new IllegalStateException("cannot call " + call, t);
    }
}
