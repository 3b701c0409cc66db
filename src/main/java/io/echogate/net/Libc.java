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
 * The few calls of Linux' C library that asking needs. Confined to one thread at a time, since the error number is kept
 * in the instance. Every call gives its result, or the error number negated. None but {@link #poll} waits.
 */
final class Libc {
    static final int NONBLOCK = 0x800;
    static final int CLOEXEC = 0x80000;
    static final int POLLIN = 1;
    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_ERRQUEUE = 0x2000;
    static final int FOREVER = -1;

    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLL_CTL_MOD = 3;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));
    private static final MethodHandle SOCKET = call("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SETSOCKOPT =
            call("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle GETSOCKOPT =
            call("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle CONNECT = call("connect", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SEND = call("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle RECV = call("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SENDMMSG = call("sendmmsg", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle RECVMMSG =
            call("recvmmsg", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle RECVMSG = call("recvmsg", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle WRITE = call("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle POLL = call("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle EPOLL_CREATE = call("epoll_create1", JAVA_INT, JAVA_INT);
    private static final MethodHandle EPOLL_CTL = call("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle EPOLL_WAIT = call("epoll_wait", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
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

    /** Fills {@code value}; {@code size} holds its size in bytes before and after. */
    int getsockopt(int fd, int level, int option, MemorySegment value, MemorySegment size) {
        try {
            return orErrno((int) GETSOCKOPT.invokeExact(state, fd, level, option, value, size));
        } catch (Throwable t) {
            throw broken("getsockopt", t);
        }
    }

    /** For a socket that does not wait: 0, or almost always {@link Errno#EINPROGRESS} negated. */
    int connect(int fd, MemorySegment address, int size) {
        try {
            return orErrno((int) CONNECT.invokeExact(state, fd, address, size));
        } catch (Throwable t) {
            throw broken("connect", t);
        }
    }

    /** How many of the first {@code count} bytes were taken. */
    int send(int fd, MemorySegment from, long count) {
        try {
            return orErrno((long) SEND.invokeExact(state, fd, from, count, MSG_NOSIGNAL | MSG_DONTWAIT));
        } catch (Throwable t) {
            throw broken("send", t);
        }
    }

    /** How many bytes came; 0 at the end of the stream. */
    int receive(int fd, MemorySegment into) {
        try {
            return orErrno((long) RECV.invokeExact(state, fd, into, into.byteSize(), MSG_DONTWAIT));
        } catch (Throwable t) {
            throw broken("recv", t);
        }
    }

    /** How many of an array of {@code struct mmsghdr} were sent. */
    int sendmmsg(int fd, MemorySegment messages, int count) {
        try {
            return orErrno((int) SENDMMSG.invokeExact(state, fd, messages, count, MSG_DONTWAIT));
        } catch (Throwable t) {
            throw broken("sendmmsg", t);
        }
    }

    /** How many of an array of {@code struct mmsghdr} were filled. */
    int recvmmsg(int fd, MemorySegment messages, int count) {
        try {
            return orErrno((int) RECVMMSG.invokeExact(state, fd, messages, count, MSG_DONTWAIT, MemorySegment.NULL));
        } catch (Throwable t) {
            throw broken("recvmmsg", t);
        }
    }

    /** Length of the next entry of the error queue, in one {@code struct msghdr}. */
    int recverr(int fd, MemorySegment message) {
        try {
            return orErrno((long) RECVMSG.invokeExact(state, fd, message, MSG_ERRQUEUE | MSG_DONTWAIT));
        } catch (Throwable t) {
            throw broken("recvmsg", t);
        }
    }

    int write(int fd, MemorySegment from) {
        try {
            return orErrno((long) WRITE.invokeExact(state, fd, from, from.byteSize()));
        } catch (Throwable t) {
            throw broken("write", t);
        }
    }

    /** Waits, at most that many milliseconds; {@code fds} is an array of {@code struct pollfd}. */
    int poll(MemorySegment fds, long count, int millis) {
        try {
            return orErrno((int) POLL.invokeExact(state, fds, count, millis));
        } catch (Throwable t) {
            throw broken("poll", t);
        }
    }

    int epoll() {
        try {
            return orErrno((int) EPOLL_CREATE.invokeExact(state, CLOEXEC));
        } catch (Throwable t) {
            throw broken("epoll_create1", t);
        }
    }

    /** Has the descriptor watched as {@code event} says; closing it ends that. */
    int epollAdd(int epoll, int fd, MemorySegment event) {
        return epollControl(epoll, EPOLL_CTL_ADD, fd, event);
    }

    /** Has a watched descriptor watched as {@code event} says from now on, and what is ready already reported. */
    int epollModify(int epoll, int fd, MemorySegment event) {
        return epollControl(epoll, EPOLL_CTL_MOD, fd, event);
    }

    private int epollControl(int epoll, int operation, int fd, MemorySegment event) {
        try {
            return orErrno((int) EPOLL_CTL.invokeExact(state, epoll, operation, fd, event));
        } catch (Throwable t) {
            throw broken("epoll_ctl", t);
        }
    }

    /** How many of an array of {@code struct epoll_event} were filled; does not wait. */
    int epollNow(int epoll, MemorySegment events, int count) {
        try {
            return orErrno((int) EPOLL_WAIT.invokeExact(state, epoll, events, count, 0));
        } catch (Throwable t) {
            throw broken("epoll_wait", t);
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
