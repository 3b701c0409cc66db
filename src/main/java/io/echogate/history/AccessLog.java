package io.echogate.history;

import io.echogate.clock.Clock;
import io.echogate.config.AccessLogRules;
import io.echogate.meter.LoopMeter;
import io.echogate.meter.Meters;
import io.echogate.meter.Metric;
import io.echogate.meter.Tally;
import io.echogate.model.Access;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what clients asked, on a thread of its own that looks for it every {@link #LOOK_MILLIS}; nobody wakes it, so
 * that a request pays for no more than a place in its loop's queue. What does not fit there, or cannot be written, is
 * counted and lost: the monitor goes on, and the log says once that it cannot be written and once that it can again.
 */
public final class AccessLog implements AutoCloseable {
    /** Lines written. */
    public static final Metric LINES =
            Metric.counter("echogate_access_log_lines", "Requests written to the access log.");

    /** Lines lost. */
    public static final Metric DROPPED = Metric.counter(
            "echogate_access_log_dropped",
            "Requests not written to the access log: the queue was full, or the file could not be written.",
            "reason");

    private static final Logger log = LoggerFactory.getLogger(AccessLog.class);

    /** Requests of one loop that may wait. At 50 ms that is 160,000 a second. */
    private static final int WAITING = 8_192;

    private static final long LOOK_MILLIS = 50;
    private static final long PATIENCE_MILLIS = 5_000;
    private static final int BATCH_BYTES = 256 * 1024;

    private final String name;
    private final AccessFile file;
    private final AccessText text;
    private final Clock clock;
    private final Meters meters;
    private final List<AccessQueue> queues = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ByteArrayOutputStream batch = new ByteArrayOutputStream(BATCH_BYTES);
    private final Tally written;
    private final Tally unwritable;
    private final Thread thread;
    private volatile boolean moved;
    private int gathered;
    private boolean failing;

    private AccessLog(AccessLogRules rules, String name, Clock clock, Meters meters) throws IOException {
        this.name = name;
        this.file = new AccessFile(Path.of(name), rules.maxSize(), rules.keep());
        this.text = new AccessText(rules.format());
        this.clock = clock;
        this.meters = meters;
        LoopMeter own = meters.newLoop();
        this.written = own.tally(LINES);
        this.unwritable = own.tally(DROPPED, "file");
        this.thread = new Thread(this::run, "access-log");
        thread.setDaemon(true);
    }

    /**
     * Opens the file and begins.
     *
     * @param rules with a file
     * @throws IOException when it cannot be opened; the message names it and is meant for people
     */
    public static AccessLog start(AccessLogRules rules, Clock clock, Meters meters) throws IOException {
        String name = rules.file();
        if (name == null) {
            throw new IllegalArgumentException("an access log needs a file");
        }
        try {
            AccessLog started = new AccessLog(rules, name, clock, meters);
            started.thread.start();
            return started;
        } catch (IOException e) {
            throw new IOException(
                    "cannot write the access log " + name + ": make its directory, writable by us, or name another"
                            + " (accessLog.file): " + e,
                    e);
        }
    }

    /** A way in for one event loop, which alone may use it. Never blocks. */
    public Consumer<Access> queue() {
        AccessQueue queue = new AccessQueue(WAITING, meters.newLoop().tally(DROPPED, "queue"));
        queues.add(queue);
        return queue;
    }

    /** The file was moved away: the next lines go to a new one of its name. Any thread. */
    public void reopen() {
        moved = true;
    }

    private void run() {
        try {
            boolean last;
            do {
                last = closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                drain();
            } while (!last);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("access_log_broken file={}: the monitor goes on without it", name, e);
        }
    }

    private void drain() {
        if (moved) {
            moved = false;
            attempt(file::reopen, 0);
        }
        long nanos = clock.nanos();
        Instant now = clock.now();
        queues.forEach(queue -> drain(queue, nanos, now));
        write();
    }

    /** No more than one ring: a busy loop must not keep the others' lines waiting until they no longer fit. */
    private void drain(AccessQueue queue, long nanos, Instant now) {
        for (int i = 0; i < WAITING; i++) {
            Access a = queue.poll();
            if (a == null) {
                return;
            }
            batch.writeBytes(text.line(a, now.minusNanos(nanos - a.nanos())));
            gathered++;
            if (batch.size() >= BATCH_BYTES) {
                write();
            }
        }
    }

    private void write() {
        if (gathered > 0) {
            int lines = gathered;
            ByteBuffer bytes = ByteBuffer.wrap(batch.toByteArray());
            batch.reset();
            gathered = 0;
            attempt(() -> file.append(bytes), lines);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private void attempt(Work work, int lines) {
        try {
            work.run();
            written.add(lines);
            if (failing && lines > 0) {
                failing = false;
                log.info("access_log_written_again file={} lostLines={}", name, unwritable.get());
            }
        } catch (IOException e) {
            unwritable.add(lines);
            if (!failing) {
                failing = true;
                log.warn(
                        "access_log_unwritable file={} why=\"{}\": lines are lost, the monitor goes on",
                        name,
                        e.toString());
            }
        }
    }

    /** Writes what waits; waits for it for a few seconds. */
    @Override
    public void close() throws IOException {
        closing.countDown();
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        file.close();
    }
}
