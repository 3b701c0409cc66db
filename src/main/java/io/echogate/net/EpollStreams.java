package io.echogate.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Streams by direct system calls, all on one {@link EpollHub}. A connection costs one epoll_ctl in all its life, or none: it is
 * watched for edges of every kind, and pausing is not reading. Confined to the loop.
 */
final class EpollStreams implements Streams, EpollHub.Owner {
    /** So much later is it noticed at most that a client has gone that asked for one thing only. */
    private static final long UNWATCHED_MILLIS = 20;

    private static final int SOCK_STREAM = 1;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ERROR = 4;
    private static final int SO_KEEPALIVE = 9;
    private static final int SO_LINGER = 13;
    private static final int LINGER_SIZE = 8;
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_NODELAY = 1;
    private static final int TCP_QUICKACK = 12;
    private static final int TCP_KEEPIDLE = 4;
    private static final int TCP_KEEPINTVL = 5;

    final EventLoop loop;
    final EpollHub hub;
    final Libc libc;
    final StreamCalls calls;
    final NativeAddress address;
    final Gather gather;
    final Pipes pipes;
    final Inboxes inboxes = new Inboxes();
    private final Peers peers = new Peers();
    private final MemorySegment on;
    private final MemorySegment noLinger;
    private final MemorySegment value;
    private final MemorySegment valueSize;
    private final Deque<EpollStream> unread = new ArrayDeque<>();
    private final Deque<EpollStream> over = new ArrayDeque<>();
    private final Deque<EpollStream> dirty = new ArrayDeque<>();
    private final Deque<EpollStream> unwatched = new ArrayDeque<>();
    private boolean busy;
    private boolean posted;

    EpollStreams(EventLoop loop) {
        Arena memory = Arena.ofAuto();
        this.loop = loop;
        this.address = new NativeAddress(memory);
        this.on = number(memory, 1);
        this.noLinger = memory.allocate(LINGER_SIZE, 4);
        noLinger.set(JAVA_INT, 0, 1);
        this.value = memory.allocate(Integer.BYTES, 4);
        this.valueSize = memory.allocate(Integer.BYTES, 4);
        this.hub = EpollHub.on(loop, memory, this);
        this.libc = hub.libc;
        this.calls = new StreamCalls(libc);
        this.gather = new Gather(memory, calls);
        this.pipes = new Pipes(memory, calls);
    }

    private static MemorySegment number(Arena memory, int n) {
        MemorySegment s = memory.allocate(Integer.BYTES, 4);
        s.set(JAVA_INT, 0, n);
        return s;
    }

    @Override
    public boolean shares() {
        return true;
    }

    @Override
    public Stream connect(SocketAddress to, Stream.Caller ear) {
        int domain = NativeAddress.domain(to);
        int size = address.write(to);
        int fd = libc.socket(domain, SOCK_STREAM | Libc.NONBLOCK | Libc.CLOEXEC, 0);
        EpollStream stream = new EpollStream(this, fd, ear);
        int result = fd;
        if (fd >= 0) {
            if (domain != NativeAddress.UNIX) {
                libc.setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, on);
            }
            result = libc.connect(fd, address.bytes, size);
            result = result == -Errno.EINPROGRESS || result >= 0 ? stream.watch() : result;
        }
        if (result < 0) {
            stream.failed(-result);
        }
        return stream;
    }

    @Override
    public Listener listen(InetSocketAddress at, int limit, Door door) throws IOException {
        return EpollListener.on(this, at, limit, door);
    }

    /** A peer that was accepted. */
    void opened(int fd, Door door, EpollListener by) {
        EpollStream stream = new EpollStream(this, fd, by);
        try {
            stream.begin(door.opened(loop, stream, peers.text(address), address.port()));
        } catch (RuntimeException e) {
            stream.unwanted(e);
        }
    }

    /** Why the socket does not work, or 0. */
    int error(int fd) {
        valueSize.set(JAVA_INT, 0, Integer.BYTES);
        int result = libc.getsockopt(fd, SOL_SOCKET, SO_ERROR, value, valueSize);
        return result < 0 ? -result : value.get(JAVA_INT, 0);
    }

    /** Only for whoever waits: an idle tunnel is nobody's business. On a Unix socket it fails, and nothing is lost. */
    void keepAlive(int fd) {
        libc.setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, on);
        libc.setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, on);
        libc.setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, on);
    }

    /** On a Unix socket it fails, and nothing is lost. */
    void acknowledge(int fd) {
        libc.setsockopt(fd, IPPROTO_TCP, TCP_QUICKACK, on);
    }

    /** Closing it will be a reset. */
    void noLinger(int fd) {
        libc.setsockopt(fd, SOL_SOCKET, SO_LINGER, noLinger);
    }

    /** Has more to be read, when others have had their turn. */
    void unread(EpollStream stream) {
        unread.add(stream);
        post();
    }

    /** Nobody wants anything of its peer now, and it is likely to be over in a moment. */
    void watchSoon(EpollStream stream) {
        if (unwatched.isEmpty()) {
            var _ = loop.schedule(this::watchAll, UNWATCHED_MILLIS, TimeUnit.MILLISECONDS);
        }
        unwatched.add(stream);
    }

    private void watchAll() {
        for (EpollStream s = unwatched.poll(); s != null; s = unwatched.poll()) {
            s.watchNow();
        }
    }

    /** Sends what has gathered once everybody was heard: false when nobody is being heard now. */
    boolean flushLater(EpollStream stream) {
        if (busy) {
            dirty.add(stream);
        }
        return busy;
    }

    /** Is over, which its ear is to hear once nobody is in the middle of something. */
    void over(EpollStream stream) {
        over.add(stream);
        post();
    }

    private void post() {
        if (!busy && !posted) {
            posted = true;
            loop.execute(this::rest);
        }
    }

    private void rest() {
        posted = false;
        busy = true;
        finish();
    }

    @Override
    public void ready() {
        busy = true;
        try {
            hub.some();
        } finally {
            finish();
        }
    }

    /** What has to wait for the end of an event; those who are still not read whole wait for the loop's next turn. */
    private void finish() {
        for (int n = unread.size(); n > 0; n--) {
            unread.remove().goOn();
        }
        while (!dirty.isEmpty() || !over.isEmpty()) {
            EpollStream s = dirty.poll();
            if (s != null) {
                s.flushNow();
            } else {
                over.remove().tellClosed();
            }
        }
        busy = false;
        if (!unread.isEmpty()) {
            post();
        }
    }

    @Override
    public void close() {
        for (EpollHub.Watched w : hub.all()) {
            switch (w) {
                case EpollStream s -> s.shut();
                case EpollListener l -> l.shut();
                default -> throw new IllegalStateException("neither stream nor listener");
            }
        }
        inboxes.close();
        pipes.close();
    }
}
