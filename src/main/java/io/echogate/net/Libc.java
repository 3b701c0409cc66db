package io.echogate.net;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

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
    private static final MethodHandle SOCKET = Calls.function("socket");
    private static final MethodHandle SETSOCKOPT = Calls.function("setsockopt");
    private static final MethodHandle GETSOCKOPT = Calls.function("getsockopt");
    private static final MethodHandle CONNECT = Calls.function("connect");
    private static final MethodHandle SEND = Calls.function("send");
    private static final MethodHandle RECV = Calls.function("recv");
    private static final MethodHandle SENDMMSG = Calls.function("sendmmsg");
    private static final MethodHandle RECVMMSG = Calls.function("recvmmsg");
    private static final MethodHandle RECVMSG = Calls.function("recvmsg");
    private static final MethodHandle WRITE = Calls.function("write");
    private static final MethodHandle POLL = Calls.function("poll");
    private static final MethodHandle EPOLL_CREATE = Calls.function("epoll_create1");
    private static final MethodHandle EPOLL_CTL = Calls.function("epoll_ctl");
    private static final MethodHandle EPOLL_WAIT = Calls.function("epoll_wait");
    private static final MethodHandle EVENTFD = Calls.function("eventfd");
    private static final MethodHandle CLOSE = Calls.function("close");

    private final Calls calls;

    Libc(Arena arena) {
        calls = new Calls(arena);
    }

    int socket(int domain, int type, int protocol) {
        return calls.call(SOCKET, domain, type, protocol);
    }

    int setsockopt(int fd, int level, int option, MemorySegment value) {
        return calls.call(SETSOCKOPT, fd, level, option, value.address(), value.byteSize());
    }

    /** Fills {@code value}; {@code size} holds its size in bytes before and after. */
    int getsockopt(int fd, int level, int option, MemorySegment value, MemorySegment size) {
        return calls.call(GETSOCKOPT, fd, level, option, value.address(), size.address());
    }

    /** For a socket that does not wait: 0, or almost always {@link Errno#EINPROGRESS} negated. */
    int connect(int fd, MemorySegment address, int size) {
        return calls.call(CONNECT, fd, address.address(), size);
    }

    /** How many of the first {@code count} bytes were taken. */
    int send(int fd, MemorySegment from, long count) {
        return calls.call(SEND, fd, from.address(), count, MSG_NOSIGNAL | MSG_DONTWAIT);
    }

    /** How many bytes came; 0 at the end of the stream. */
    int receive(int fd, MemorySegment into) {
        return calls.call(RECV, fd, into.address(), into.byteSize(), MSG_DONTWAIT);
    }

    /** How many of an array of {@code struct mmsghdr} were sent. */
    int sendmmsg(int fd, MemorySegment messages, int count) {
        return calls.call(SENDMMSG, fd, messages.address(), count, MSG_DONTWAIT);
    }

    /** How many of an array of {@code struct mmsghdr} were filled. */
    int recvmmsg(int fd, MemorySegment messages, int count) {
        return calls.call(RECVMMSG, fd, messages.address(), count, MSG_DONTWAIT, 0);
    }

    /** Length of the next entry of the error queue, in one {@code struct msghdr}. */
    int recverr(int fd, MemorySegment message) {
        return calls.call(RECVMSG, fd, message.address(), MSG_ERRQUEUE | MSG_DONTWAIT);
    }

    int write(int fd, MemorySegment from) {
        return calls.call(WRITE, fd, from.address(), from.byteSize());
    }

    /** Waits, at most that many milliseconds; {@code fds} is an array of {@code struct pollfd}. */
    int poll(MemorySegment fds, long count, int millis) {
        return calls.call(POLL, fds.address(), count, millis);
    }

    int epoll() {
        return calls.call(EPOLL_CREATE, CLOEXEC);
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
        return calls.call(EPOLL_CTL, epoll, operation, fd, event.address());
    }

    /** How many of an array of {@code struct epoll_event} were filled; does not wait. */
    int epollNow(int epoll, MemorySegment events, int count) {
        return calls.call(EPOLL_WAIT, epoll, events.address(), count, 0);
    }

    int eventfd() {
        return calls.call(EVENTFD, 0, NONBLOCK | CLOEXEC);
    }

    int close(int fd) {
        return calls.call(CLOSE, fd);
    }

    /** For calls that only some need. */
    Calls calls() {
        return calls;
    }
}
