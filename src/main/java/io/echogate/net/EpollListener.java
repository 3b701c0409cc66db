package io.echogate.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * A listening socket of {@link EpollStreams}. Made on any thread, then its loop's alone. Watched by level: what is not taken
 * in now is reported again.
 */
final class EpollListener implements Streams.Listener, EpollHub.Watched {
    private static final int SOCK_STREAM = 1;
    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEADDR = 2;
    private static final int SO_REUSEPORT = 15;
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_NODELAY = 1;
    private static final int TCP_QUICKACK = 12;

    /** The kernel takes less when told so: net.core.somaxconn. */
    private static final int BACKLOG = 4096;

    /** A flood of connections must not hold up those that stand, nor the last of them the first. */
    private static final int ACCEPTED_AT_ONCE = 16;

    private static final long CROWDED_MILLIS = 200;
    private static final int NOTHING = 0;

    private final EpollStreams streams;
    private final int fd;
    private final InetSocketAddress address;
    private final int limit;
    private final Streams.Door door;
    private long tag;
    private int open;
    private boolean accepting;
    private boolean closed;

    private EpollListener(EpollStreams streams, int fd, InetSocketAddress address, int limit, Streams.Door door) {
        this.streams = streams;
        this.fd = fd;
        this.address = address;
        this.limit = limit;
        this.door = door;
    }

    static EpollListener on(EpollStreams streams, InetSocketAddress at, int limit, Streams.Door door)
            throws IOException {
        try (Arena memory = Arena.ofConfined()) {
            Libc libc = new Libc(memory);
            int domain = NativeAddress.domain(at);
            int fd = libc.socket(domain, SOCK_STREAM | Libc.NONBLOCK | Libc.CLOEXEC, IPPROTO_TCP);
            if (fd < 0) {
                throw new IOException(Errno.words(-fd));
            }
            InetSocketAddress bound;
            try {
                bound = bind(libc, memory, fd, at);
            } catch (IOException e) {
                libc.close(fd);
                throw e;
            }
            EpollListener listener = new EpollListener(streams, fd, bound, limit, door);
            streams.loop.execute(listener::begin);
            return listener;
        }
    }

    /**
     * What is set on a listener is so on what it accepts, without a call per client: what is written goes at once, and a
     * request is acknowledged by its answer.
     */
    private static InetSocketAddress bind(Libc libc, Arena memory, int fd, InetSocketAddress at) throws IOException {
        StreamCalls calls = new StreamCalls(libc);
        MemorySegment on = memory.allocate(Integer.BYTES, 4);
        on.set(JAVA_INT, 0, 1);
        MemorySegment off = memory.allocate(Integer.BYTES, 4);
        NativeAddress address = new NativeAddress(memory);
        check(libc.setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, on));
        check(libc.setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, on));
        check(libc.setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, on));
        off.set(JAVA_INT, 0, 0);
        check(calls.bind(fd, address.bytes, address.write(at)));
        check(calls.listen(fd, BACKLOG));
        check(libc.setsockopt(fd, IPPROTO_TCP, TCP_QUICKACK, off)); // listen(2) would undo it
        check(calls.getsockname(fd, address.empty().bytes, address.size));
        return address.read();
    }

    private static void check(int result) throws IOException {
        if (result < 0) {
            throw new IOException(Errno.words(-result));
        }
    }

    private void begin() {
        if (!closed) {
            tag = streams.hub.enter(this);
            streams.hub.watch(fd, EpollSet.IN, tag);
            accepting = true;
        }
    }

    @Override
    public void happened(int flags) {
        for (int i = 0; i < ACCEPTED_AT_ONCE && accepting; i++) {
            NativeAddress from = streams.address.empty();
            int peer = streams.calls.accept(fd, from.bytes, from.size);
            if (peer >= 0) {
                accepting(++open < limit);
                streams.opened(peer, door, this);
            } else if (peer == -Errno.EAGAIN) {
                return;
            } else {
                refused(-peer);
            }
        }
    }

    /** Most errors are those of a peer that has gone again: the next one may do better (accept(2)). */
    private void refused(int errno) {
        if (Errno.scarce(errno)) {
            accepting(false);
            door.crowded(streams.loop, errno);
            var _ = streams.loop.schedule(() -> accepting(open < limit), CROWDED_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** One of those who came in is gone. */
    void left() {
        open--;
        if (open == limit - 1) {
            accepting(true);
        }
    }

    private void accepting(boolean now) {
        if (accepting != now && !closed) {
            accepting = now;
            streams.hub.watchAgain(fd, now ? EpollSet.IN : NOTHING, tag);
        }
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        streams.loop.execute(this::shut);
    }

    void shut() {
        if (!closed) {
            closed = true;
            accepting = false;
            if (tag != 0) {
                streams.hub.leave(tag);
            }
            streams.libc.close(fd);
        }
    }
}
