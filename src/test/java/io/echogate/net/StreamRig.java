package io.echogate.net;

import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** One event loop with streams that write down what they hear. */
final class StreamRig implements AutoCloseable {
    private final EventLoops loops;
    private final EventLoop loop;
    private final Streams streams;
    /** Is shown whoever comes in first. */
    volatile Consumer<Heard> onGuest = guest -> {};

    /** Whoever comes in finds nobody to listen. */
    volatile boolean turnsAway;

    private final List<Streams.Listener> listeners = new ArrayList<>();
    final List<Heard> guests = new CopyOnWriteArrayList<>();
    final List<Integer> crowded = new CopyOnWriteArrayList<>();

    /** What one stream has told so far. */
    static final class Heard implements Stream.Caller {
        private final List<String> words = new CopyOnWriteArrayList<>();
        private final AtomicLong bytes = new AtomicLong();
        private final AtomicLong moved = new AtomicLong();
        private volatile @Nullable Stream stream;
        final String from;
        volatile boolean failing;
        volatile @Nullable Runnable onBytes;
        volatile @Nullable Runnable onClosed;
        volatile @Nullable Runnable onMoved;
        volatile @Nullable Consumer<Boolean> onWritable;

        Heard(String from) {
            this.from = from;
        }

        Stream stream() {
            Stream s = stream;
            return Objects.requireNonNull(s);
        }

        List<String> words() {
            return words;
        }

        long bytes() {
            return bytes.get();
        }

        long moved() {
            return moved.get();
        }

        void await(String word) {
            Awaitility.await("for " + word + " in " + words)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> words.contains(word));
        }

        private static void run(@Nullable Runnable what) {
            if (what != null) {
                what.run();
            }
        }

        void awaitFailure() {
            Awaitility.await().until(() -> words.stream().anyMatch(w -> w.startsWith("failed")));
        }

        @Override
        public void connected() {
            words.add("connected");
        }

        @Override
        public void failed(int errno) {
            words.add("failed " + errno);
        }

        @Override
        public void bytes(ByteBuf in) {
            if (failing) {
                throw new IllegalStateException("a fault on purpose");
            }
            bytes.addAndGet(in.readableBytes());
            run(onBytes);
        }

        @Override
        public void moved(int count) {
            moved.addAndGet(count);
            run(onMoved);
        }

        @Override
        public void readComplete() {}

        @Override
        public void ended() {
            words.add("ended");
        }

        @Override
        public void writable(boolean takes) {
            words.add(takes ? "takes" : "full");
            Consumer<Boolean> then = onWritable;
            if (then != null) {
                then.accept(takes);
            }
        }

        @Override
        public void broken(int errno) {
            words.add("broken " + errno);
        }

        @Override
        public void closed() {
            words.add("closed");
            run(onClosed);
        }
    }

    private final class TakesIn implements Streams.Door {
        @Override
        public Stream.Ear opened(EventLoop on, Stream stream, String host, int port) {
            if (turnsAway) {
                throw new IllegalStateException("on purpose");
            }
            Heard heard = new Heard(host + ":" + port);
            heard.stream = stream;
            onGuest.accept(heard);
            guests.add(heard);
            return heard;
        }

        @Override
        public void crowded(EventLoop on, int errno) {
            crowded.add(errno);
        }
    }

    StreamRig(Transport transport) {
        loops = EventLoops.start("streams", 1, transport);
        loop = loops.group().next();
        streams = Streams.on(loop, loops);
    }

    <T> T on(Callable<T> what) throws Exception {
        return loop.submit(what).get(20, TimeUnit.SECONDS);
    }

    void on(Runnable what) throws Exception {
        loop.submit(what).get(20, TimeUnit.SECONDS);
    }

    Heard connect(SocketAddress to) throws Exception {
        return on(() -> connectHere(to));
    }

    /** On the loop. */
    Heard connectHere(SocketAddress to) {
        Heard heard = new Heard("");
        heard.stream = streams.connect(to, heard);
        return heard;
    }

    InetSocketAddress listen(InetSocketAddress at, int limit) throws IOException {
        Streams.Listener listener = streams.listen(at, limit, new TakesIn());
        listeners.add(listener);
        return listener.address();
    }

    void closeListeners() {
        listeners.forEach(Streams.Listener::close);
        listeners.clear();
        loop.submit(() -> {}).syncUninterruptibly();
    }

    @Override
    public void close() {
        closeListeners();
        loops.close();
        await().until(() -> loops.group().isTerminated());
    }
}
