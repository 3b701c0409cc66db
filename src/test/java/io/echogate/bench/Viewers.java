package io.echogate.bench;

import static org.awaitility.Awaitility.await;

import io.echogate.clock.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Many viewers on one thread that reads everything and looks at nothing but each message's first bytes, so that it costs
 * little beside what it measures. All read into the same buffer.
 */
final class Viewers implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 20;
    private static final long LOOK_MILLIS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Selector selector = Selector.open();
    private final List<ViewedStream> streams = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Arrivals arrivals = new Arrivals();
    private final Thread thread = new Thread(this::run, "viewers");
    private volatile boolean ended;

    /**
     * What has arrived up to a moment, or within a while.
     *
     * @param states from the time in a change that tells of events to its arrival
     * @param others likewise of changes that tell of figures alone
     * @param gaps changes that did not follow the one before
     * @param closed streams that the monitor ended
     */
    record Figures(long nanos, Millis states, Millis others, long bytes, long snapshots, long gaps, long closed) {
        Figures since(Figures before) {
            return new Figures(
                    nanos - before.nanos,
                    states.since(before.states),
                    others.since(before.others),
                    bytes - before.bytes,
                    snapshots - before.snapshots,
                    gaps - before.gaps,
                    closed - before.closed);
        }
    }

    private Viewers() throws IOException {}

    static Viewers open(int port, int count) throws IOException {
        Viewers viewers = new Viewers();
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.write(ByteBuffer.wrap(Upgrade.request(port)));
            channel.configureBlocking(false);
            ViewedStream stream = new ViewedStream(channel, viewers.arrivals);
            viewers.streams.add(stream);
            channel.register(viewers.selector, SelectionKey.OP_READ, stream);
        }
        viewers.thread.setDaemon(true);
        viewers.thread.start();
        return viewers;
    }

    int count() {
        return streams.size();
    }

    void awaitSnapshots(int count) {
        await().atMost(PATIENCE).until(() -> figures().snapshots() >= count);
    }

    Figures figures() {
        synchronized (arrivals) {
            return arrivals.figures(Clock.system().nanos());
        }
    }

    private void run() {
        try {
            while (!ended) {
                selector.select(this::ready, LOOK_MILLIS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ready(SelectionKey key) {
        ViewedStream stream = (ViewedStream) key.attachment();
        synchronized (arrivals) {
            if (!stream.read(buffer, Clock.system().now().toEpochMilli())) {
                key.cancel();
                arrivals.closed();
            }
        }
    }

    @Override
    public void close() throws IOException {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (ViewedStream stream : streams) {
            stream.close();
        }
        selector.close();
    }
}
