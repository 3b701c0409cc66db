package io.echogate.net;

import io.echogate.clock.Chance;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The open ICMP sockets: of each family the one that is asked with, and older ones that are still listened to. Confined
 * to the thread that asks. All hang on one epoll descriptor, which a thread elsewhere may wait on.
 */
final class IcmpPorts {
    /** Older sockets of one family listened to at once; while there are so many, none is replaced. */
    static final int MOST_OLDER = 15;

    private static final int EVENTS = 2 * (MOST_OLDER + 1);

    private record Older(IcmpPort port, long sinceNanos) {}

    private final Libc libc;
    private final EpollSet watched;
    private final RandomGenerator ids = Chance.fast();
    private final Map<IcmpFamily, IcmpPort> current = new EnumMap<>(IcmpFamily.class);
    private final List<Older> older = new ArrayList<>();
    private final IcmpInbox inbox;
    private final IcmpErrorQueue errors;

    IcmpPorts(Arena memory, Libc libc, int epoll, KernelStamp stamp) {
        this.libc = libc;
        this.watched = new EpollSet(memory, libc, epoll, EVENTS);
        this.inbox = new IcmpInbox(memory, stamp);
        this.errors = new IcmpErrorQueue(memory, libc, stamp);
    }

    /** Takes an open descriptor as the one that is asked with from now on. */
    void add(IcmpFamily family, boolean raw, int fd) {
        IcmpPort port = IcmpPort.ready(libc, family, raw, fd, ids);
        watched.add(fd, EpollSet.IN, fd);
        current.put(family, port);
    }

    @Nullable
    IcmpPort current(IcmpFamily family) {
        return current.get(family);
    }

    IcmpErrorQueue errors() {
        return errors;
    }

    /** Replaces the sockets that have been asked with, unless there are too many older ones or no descriptor. */
    void renew(long nowNanos) {
        for (IcmpPort port : List.copyOf(current.values())) {
            if (port.used() && count(port.family) < MOST_OLDER) {
                int fd = IcmpPort.descriptor(libc, port.family, port.raw);
                if (fd >= 0) {
                    older.add(new Older(port, nowNanos));
                    add(port.family, port.raw, fd);
                }
            }
        }
    }

    private long count(IcmpFamily family) {
        return older.stream().filter(o -> o.port.family == family).count();
    }

    /** Sockets listened to, the current ones included. */
    int open() {
        return current.size() + older.size();
    }

    /** Stops listening to sockets that were replaced before that time. */
    void closeOlder(long beforeNanos) {
        while (!older.isEmpty() && older.getFirst().sinceNanos - beforeNanos < 0) {
            libc.close(older.removeFirst().port.fd);
        }
    }

    /** Takes in all that has come. */
    void read(IcmpEar ear) {
        int ready = watched.ready();
        for (int i = 0; i < ready; i++) {
            IcmpPort port = find((int) watched.tag(i));
            if (port != null) {
                read(port, watched.flags(i), ear);
            }
        }
    }

    private void read(IcmpPort port, int flags, IcmpEar ear) {
        if ((flags & EpollSet.ERROR) != 0) {
            errors.drain(port, ear);
        }
        if ((flags & EpollSet.IN) != 0) {
            inbox.drain(libc, port, errors, ear);
        }
    }

    private @Nullable IcmpPort find(int fd) {
        for (IcmpPort port : current.values()) {
            if (port.fd == fd) {
                return port;
            }
        }
        for (Older o : older) {
            if (o.port.fd == fd) {
                return o.port;
            }
        }
        return null;
    }

    /** Closes all sockets; the epoll descriptor belongs to whoever waits on it. */
    void close() {
        current.values().forEach(port -> libc.close(port.fd));
        older.forEach(o -> libc.close(o.port.fd));
        current.clear();
        older.clear();
    }

    /** Bytes that unread answers may take up in the smallest of the current sockets, or 0 without any. */
    int receiveBuffer() {
        return current.values().stream()
                .mapToInt(p -> p.receiveBuffer(libc))
                .min()
                .orElse(0);
    }
}
