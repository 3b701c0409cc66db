package io.echogate.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections by direct system calls: seven of them for a question and its answer. All lines hang on one epoll
 * descriptor, which itself hangs on the event loop, so that however many are ready are taken in together.
 */
final class EpollDialer implements Dialer {
    private static final Logger log = LoggerFactory.getLogger(EpollDialer.class);
    private static final int EVENTS = 256;
    private static final int BUFFER = 16 << 10;

    final Libc libc;
    final EpollSet set;
    final MemorySegment address;
    final MemorySegment value;
    final MemorySegment valueSize;
    final MemorySegment buffer;
    final ByteBuf heard;
    private final FileDescriptor epoll;
    private final List<@Nullable EpollLine> lines = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private long dialled;

    private EpollDialer(Arena memory, Libc libc, int epoll) {
        this.libc = libc;
        this.epoll = new FileDescriptor(epoll);
        this.set = new EpollSet(memory, libc, epoll, EVENTS);
        this.address = memory.allocate(IcmpFamily.ADDRESS_SIZE, 8);
        this.value = memory.allocate(EpollLine.TCP_INFO_SIZE, 8);
        this.valueSize = memory.allocate(Integer.BYTES, 4);
        this.buffer = memory.allocate(BUFFER, 8);
        this.heard = Unpooled.wrappedBuffer(buffer.asByteBuffer());
    }

    static EpollDialer on(EventLoop loop) {
        Arena memory = Arena.ofAuto();
        Libc libc = new Libc(memory);
        int epoll = libc.epoll();
        if (epoll < 0) {
            throw new IllegalStateException("no epoll descriptor: " + Errno.words(-epoll));
        }
        EpollDialer dialer = new EpollDialer(memory, libc, epoll);
        ((IoEventLoop) loop).register(dialer.new OnLoop()).addListener((Future<IoRegistration> f) -> {
            if (f.isSuccess()) {
                f.getNow().submit(EpollIoOps.EPOLLIN);
            } else {
                log.error("probe_loop_unusable", f.cause());
            }
        });
        loop.terminationFuture().addListener(ended -> dialer.end());
        return dialer;
    }

    /** Once: a loop that ends right after it began does not always close what is registered with it. */
    private void end() throws IOException {
        epoll.close();
    }

    @Override
    public Line dial(InetSocketAddress to, byte[] question, Line.Ear ear) {
        Integer place = free.poll();
        if (place == null) {
            place = lines.size();
            lines.add(null);
        }
        EpollLine line = new EpollLine(this, place | ++dialled << Integer.SIZE, question, ear);
        lines.set(place, line);
        line.connect(to);
        return line;
    }

    /** That line is over. */
    void leave(EpollLine line) {
        int place = (int) line.tag;
        lines.set(place, null);
        free.push(place);
    }

    /** At most as often as all lines together can fill the room for what is reported: a flood must not hold up the loop. */
    @Override
    public void read() {
        int most = lines.size() / EVENTS + 1;
        for (int i = 0; i < most && some() == EVENTS; i++) {}
    }

    /** Takes in some of what has come; how much. */
    private int some() {
        int ready = set.ready();
        for (int i = 0; i < ready; i++) {
            happened(set.tag(i), set.flags(i));
        }
        return ready;
    }

    /** A line closed meanwhile may still be reported, and another be in its place. */
    private void happened(long tag, int flags) {
        EpollLine line = lines.get((int) tag);
        if (line != null && line.tag == tag) {
            line.happened(flags);
        }
    }

    @Override
    public void close() {
        for (EpollLine line : List.copyOf(lines.stream().filter(l -> l != null).toList())) {
            line.abort();
        }
    }

    /** The descriptor of all lines, as the event loop sees it. */
    private final class OnLoop implements EpollIoHandle {
        @Override
        public FileDescriptor fd() {
            return epoll;
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            some();
        }

        /** The loop ends. */
        @Override
        public void close() throws IOException {
            EpollDialer.this.close();
            end();
        }
    }
}
