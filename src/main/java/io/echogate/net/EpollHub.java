package io.echogate.net;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One epoll descriptor that itself hangs on an event loop, and who is behind each descriptor that it watches: however many
 * are ready are taken in together, and a new one costs a single system call. Confined to the loop.
 */
final class EpollHub {
    private static final Logger log = LoggerFactory.getLogger(EpollHub.class);

    /** Taken in at once: few enough that the first are answered, and go on, while the next are heard. */
    static final int EVENTS = 16;

    /** Whoever is behind a watched descriptor. */
    interface Watched {
        /** Something has: {@code flags} are those of {@link EpollSet}. */
        void happened(int flags);
    }

    /** Whose descriptors they are. */
    interface Owner {
        /** Something is ready: {@link EpollHub#some} says what. */
        void ready();

        /** The loop ends, and with it the hub. */
        void close();
    }

    final Libc libc;
    private final EpollSet set;
    private final FileDescriptor epoll;
    private final Owner owner;
    private final List<@Nullable Watched> watched = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private long[] tags = new long[EVENTS];
    private long entered;
    private boolean ended;

    private EpollHub(Arena memory, Libc libc, int epoll, Owner owner) {
        this.libc = libc;
        this.epoll = new FileDescriptor(epoll);
        this.set = new EpollSet(memory, libc, epoll, EVENTS);
        this.owner = owner;
    }

    static EpollHub on(EventLoop loop, Arena memory, Owner owner) {
        Libc libc = new Libc(memory);
        int epoll = libc.epoll();
        if (epoll < 0) {
            throw new IllegalStateException("no epoll descriptor: " + Errno.words(-epoll));
        }
        EpollHub hub = new EpollHub(memory, libc, epoll, owner);
        ((IoEventLoop) loop).register(hub.new OnLoop()).addListener((Future<IoRegistration> f) -> {
            if (f.isSuccess()) {
                f.getNow().submit(EpollIoOps.EPOLLIN);
            } else {
                log.error("loop_unusable", f.cause());
            }
        });
        loop.terminationFuture().addListener(ended -> hub.end());
        return hub;
    }

    /** Once: a loop that ends right after it began does not always close what is registered with it. */
    private void end() throws IOException {
        if (!ended) {
            ended = true;
            owner.close();
            epoll.close();
        }
    }

    /** A place for it, told by a tag that nobody else ever has. */
    long enter(Watched w) {
        Integer place = free.poll();
        if (place == null) {
            place = watched.size();
            watched.add(null);
            tags = place < tags.length ? tags : Arrays.copyOf(tags, 2 * place);
        }
        long tag = place | ++entered << Integer.SIZE;
        watched.set(place, w);
        tags[place] = tag;
        return tag;
    }

    /** It hears no more. Its descriptor is its own to close, which ends the watching. */
    void leave(long tag) {
        int place = (int) tag;
        watched.set(place, null);
        tags[place] = 0;
        free.push(place);
    }

    /** Has a descriptor watched; 0, or the error number negated. */
    int watch(int fd, int flags, long tag) {
        return set.add(fd, flags, tag);
    }

    /** Has it watched otherwise from now on, and what is ready already reported again. */
    int watchAgain(int fd, int flags, long tag) {
        return set.again(fd, flags, tag);
    }

    /** Tells some of what has happened; how much. */
    int some() {
        int ready = set.ready();
        for (int i = 0; i < ready; i++) {
            happened(set.tag(i), set.flags(i));
        }
        return ready;
    }

    /** One that has left meanwhile may still be reported, and another be in its place. */
    private void happened(long tag, int flags) {
        Watched w = watched.get((int) tag);
        if (w != null && tags[(int) tag] == tag) {
            w.happened(flags);
        }
    }

    /** How many places there are. */
    int places() {
        return watched.size();
    }

    /** Who is here now. */
    List<Watched> all() {
        return List.copyOf(watched.stream().filter(Objects::nonNull).toList());
    }

    /** The descriptor of all of them, as the event loop sees it. */
    private final class OnLoop implements EpollIoHandle {
        @Override
        public FileDescriptor fd() {
            return epoll;
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            owner.ready();
        }

        @Override
        public void close() throws IOException {
            end();
        }
    }
}
