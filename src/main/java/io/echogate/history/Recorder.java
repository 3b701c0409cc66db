package io.echogate.history;

import io.echogate.model.Drain;
import io.echogate.model.Drain.Taken;
import io.echogate.model.Fleet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a recording, on a thread of its own. {@link #accept} is called on the fleet's thread and only queues: when the
 * file is full, cannot be written, or cannot be written as fast as things happen, the recording is given up, which is
 * said once in the log and, where possible, as the file's last line. The monitor goes on in any case.
 */
public final class Recorder implements Consumer<Drain>, AutoCloseable {
    /** Bytes of a recording unless another limit is asked for. */
    public static final long DEFAULT_LIMIT_BYTES = 64L << 20;

    /** The least limit: room for the largest configuration and a little of what happens. */
    public static final long LEAST_LIMIT_BYTES = 4L << 20;

    private static final Logger log = LoggerFactory.getLogger(Recorder.class);

    /** Drains that may wait to be written; each holds a snapshot. */
    private static final int WAITING = 8_192;

    /** Kept free for the last line. */
    private static final int LAST_LINE_BYTES = 64;

    private static final long LOOK_MILLIS = 200;
    private static final long PATIENCE_MILLIS = 5_000;

    private final OutputStream out;
    private final String name;
    private final long limit;
    private final long start;
    private final BlockingQueue<Drain> waiting;
    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
    private final Thread thread;
    private Fleet before;
    private long written;

    Recorder(OutputStream out, String name, long limit, int waiting, RecordingHead head, Fleet first)
            throws IOException {
        this.out = new BufferedOutputStream(out, 64 * 1024);
        this.name = name;
        this.limit = limit;
        this.start = head.nanos();
        this.waiting = new LinkedBlockingQueue<>(waiting);
        this.before = first;
        write(bytes(head.encode()));
        this.out.flush();
        this.thread = new Thread(this::run, "recorder");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Begins a recording. An older recording of that name is kept as {@code NAME.old}; any other file is left alone.
     *
     * @param limit bytes of the whole file at the most; at least {@link #LEAST_LIMIT_BYTES}
     * @param first the snapshot before anything has happened
     * @throws IOException when the file cannot be made; the message names it and is meant for people
     */
    public static Recorder start(Path file, long limit, RecordingHead head, Fleet first) throws IOException {
        OutputStream out = RecordingFile.create(file);
        try {
            Recorder recorder = new Recorder(out, file.toString(), limit, WAITING, head, first);
            log.info("recording_started file={} limitBytes={}", file, limit);
            return recorder;
        } catch (IOException e) {
            out.close();
            throw new IOException("cannot record to " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void accept(Drain drain) {
        if (ending.get() == null && !waiting.offer(drain)) {
            ending.compareAndSet(null, Ending.TOO_SLOW);
        }
    }

    private void run() {
        try (out) {
            while (ending.get() == null || !waiting.isEmpty()) {
                Drain next = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null && !record(next)) {
                    break;
                }
                if (waiting.isEmpty()) {
                    out.flush();
                }
            }
            end();
        } catch (IOException e) {
            ending.set(Ending.UNWRITABLE);
            log.warn("recording_given_up file={} why=\"{}\": the monitor goes on", name, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("recording_broken file={}: the monitor goes on", name, e);
        } finally {
            ending.compareAndSet(null, Ending.UNWRITABLE);
            waiting.clear();
        }
    }

    /** False when it has no room any more. */
    private boolean record(Drain drain) throws IOException {
        byte[] line = bytes(line(drain));
        if (written + line.length > limit - LAST_LINE_BYTES || line.length > RecordingFile.LONGEST_LINE_BYTES) {
            ending.set(Ending.FULL);
            return false;
        }
        write(line);
        return true;
    }

    private String line(Drain drain) {
        JsonArray in = new JsonArray();
        for (Taken taken : drain.taken()) {
            in.add(CommandJson.encode(taken, start));
        }
        JsonObject published = PublishedJson.of(before, drain.published(), start);
        before = drain.published();
        return new JsonObject()
                .put("nanos", drain.nanos() - start)
                .put("at", drain.at().toString())
                .put("in", in)
                .put("out", published)
                .encode();
    }

    private void end() throws IOException {
        Ending how = ending.get();
        if (how != null) {
            write(bytes(new JsonObject().put("end", how.name()).encode()));
        }
        if (how != Ending.CLOSED) {
            log.warn(
                    "recording_given_up file={} why=\"{}\": the monitor goes on", name, how == null ? "" : how.words());
        }
    }

    private void write(byte[] line) throws IOException {
        out.write(line);
        written += line.length;
    }

    private static byte[] bytes(String json) {
        return (json + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Writes what waits, and the last line; waits for it for a few seconds. */
    @Override
    public void close() {
        ending.compareAndSet(null, Ending.CLOSED);
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
