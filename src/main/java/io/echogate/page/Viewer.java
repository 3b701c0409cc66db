package io.echogate.page;

import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.util.function.Consumer;

/**
 * One open live stream. Confined to the page's loop. Nobody waits for a viewer: when its write queue is full, messages
 * for it are dropped, and once it has drained it gets a fresh snapshot.
 */
final class Viewer {
    /** Bytes that may wait for one viewer; a snapshot may overshoot it once. */
    static final int QUEUE_BYTES = 128 * 1024;
    /** Frames that a viewer may send within {@link #WINDOW_NANOS}: it has nothing to say but "resync". */
    static final int FRAMES = 20;

    static final long WINDOW_NANOS = 10_000_000_000L;
    private static final short GOING_AWAY = 1001;
    private static final short POLICY = 1008;

    private final ServerWebSocket socket;
    private final PageMetrics metrics;
    private final Runnable resync;
    private boolean full;
    private boolean missed;
    private long windowStart;
    private int frames;

    /** @param resync called when this viewer needs a fresh snapshot */
    Viewer(ServerWebSocket socket, PageMetrics metrics, Consumer<Viewer> resync) {
        this.socket = socket;
        this.metrics = metrics;
        this.resync = () -> resync.accept(this);
        socket.setWriteQueueMaxSize(QUEUE_BYTES);
        socket.drainHandler(x -> drained());
    }

    /** Sends, unless the stream is already closed and only its connection still stands. */
    void send(String text) {
        if (socket.isClosed()) {
            return;
        }
        if (full) {
            missed = true;
            metrics.dropped.increment();
            return;
        }
        metrics.messages.increment();
        socket.writeFinalTextFrame(text);
        full = socket.writeQueueFull();
    }

    private void drained() {
        full = false;
        if (missed) {
            missed = false;
            resync.run();
        }
    }

    /** Takes what the viewer sent; too much of it ends the stream. */
    void heard(WebSocketFrame frame, long nanos) {
        if (frame.isClose()) {
            return;
        }
        if (nanos - windowStart > WINDOW_NANOS) {
            windowStart = nanos;
            frames = 0;
        }
        if (++frames > FRAMES) {
            end(POLICY, "too many messages");
        } else if (frame.isText() && "resync".equals(frame.textData())) {
            resync.run();
        }
    }

    void leave() {
        end(GOING_AWAY, "the monitor stops");
    }

    /** The connection is broken: nothing is heard or sent any more. */
    void broken() {
        end(GOING_AWAY, "the connection broke");
    }

    private void end(short code, String why) {
        if (!socket.isClosed()) {
            socket.close(code, why);
        }
    }
}
