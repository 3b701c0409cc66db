package io.echogate.page;

import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.util.function.Consumer;

/**
 * One open live stream. Confined to the page's loop. Nobody waits for a viewer: when its write queue is full, messages
 * for it are dropped, and once it has drained it is told what it missed.
 */
final class Viewer {
    /** Bytes that may wait for one viewer; a snapshot may overshoot it once. */
    static final int QUEUE_BYTES = 128 * 1024;
    /** Frames that a viewer may send within {@link #WINDOW_NANOS}: it has nothing to say but "resync". */
    static final int FRAMES = 20;

    static final long WINDOW_NANOS = 10_000_000_000L;
    /** It knows no snapshot. */
    private static final long NOWHERE = -1;

    private static final short GOING_AWAY = 1001;
    private static final short POLICY = 1008;

    private final ServerWebSocket socket;
    private final PageMetrics metrics;
    private final Consumer<Viewer> resync;
    private boolean full;
    private boolean behind;
    private long at = NOWHERE;
    private long windowStart;
    private int frames;

    /**
     * One that has been told nothing.
     *
     * @param resync called when this viewer asks for a fresh snapshot
     * @param catchUp called when it missed changes and there is room again
     */
    Viewer(ServerWebSocket socket, PageMetrics metrics, Consumer<Viewer> resync, Consumer<Viewer> catchUp) {
        this.socket = socket;
        this.metrics = metrics;
        this.resync = resync;
        socket.setWriteQueueMaxSize(QUEUE_BYTES);
        socket.drainHandler(x -> drained(catchUp));
    }

    /** The number of what it was told last. */
    long at() {
        return at;
    }

    /** It knows that one from an earlier stream. */
    void resume(long seq) {
        at = seq;
    }

    /** Tells it everything anew; later when there is no room now. */
    boolean snapshot(Frame frame, long seq) {
        at = NOWHERE;
        return tell(frame, seq);
    }

    /** Tells it a change; false when there is no room: then it is told later. */
    boolean change(Ring.Change change) {
        return tell(change.frame(), change.seq());
    }

    private boolean tell(Frame frame, long seq) {
        boolean told = send(frame);
        if (told) {
            at = seq;
        }
        behind |= !told;
        return told;
    }

    /** Sends, unless there is no room, or the stream is already closed and only its connection still stands. */
    boolean send(Frame frame) {
        if (socket.isClosed()) {
            return false;
        }
        if (full) {
            metrics.dropped.increment();
            return false;
        }
        metrics.messages.increment();
        socket.writeFrame(frame.forOne());
        full = socket.writeQueueFull();
        return true;
    }

    private void drained(Consumer<Viewer> catchUp) {
        full = false;
        if (behind) {
            behind = false;
            catchUp.accept(this);
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
            resync.accept(this);
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
