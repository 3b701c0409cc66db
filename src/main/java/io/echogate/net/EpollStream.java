package io.echogate.net;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One socket of {@link EpollStreams}, watched for edges from its beginning, or from its first reading, to its end. */
final class EpollStream implements Stream, EpollHub.Watched {
    private static final Logger log = LoggerFactory.getLogger(EpollStream.class);
    private static final int MOST_DROPPED = 1 << 20;
    private static final int WATCHED = EpollSet.IN | EpollSet.OUT | EpollSet.PEER_ENDED | EpollSet.EDGE;
    private static final int BROKEN = EpollSet.ERROR | EpollSet.HANG_UP;
    private static final int TO_READ = EpollSet.IN | EpollSet.PEER_ENDED | BROKEN;
    private static final int TO_END = EpollSet.PEER_ENDED | BROKEN;

    private final EpollStreams streams;
    private final long tag;
    private final int fd;
    private final @Nullable EpollListener by;
    private final EpollInput input;
    private final EpollOutput output;
    private @Nullable Ear ear;
    private boolean connected;
    private boolean watched;
    private boolean nothingExpected;
    private boolean flushing;
    private boolean over;

    /** One that is being connected. */
    EpollStream(EpollStreams streams, int fd, Caller ear) {
        this.streams = streams;
        this.fd = fd;
        this.by = null;
        this.ear = ear;
        this.input = new EpollInput(this, streams, fd);
        this.output = new EpollOutput(this, streams, fd);
        this.tag = streams.hub.enter(this);
    }

    /** One that was accepted. */
    EpollStream(EpollStreams streams, int fd, EpollListener by) {
        this.streams = streams;
        this.fd = fd;
        this.by = by;
        this.connected = true;
        this.input = new EpollInput(this, streams, fd);
        this.output = new EpollOutput(this, streams, fd);
        this.tag = streams.hub.enter(this);
    }

    /** 0, or the error number negated. */
    int watch() {
        watched = true;
        return streams.hub.watch(fd, WATCHED, tag);
    }

    /** One that was accepted is read first: if it asks for one thing and gets it soon, nobody has to watch it. */
    void begin(Ear whose) {
        ear = whose;
        if (!over) {
            input.begin();
        }
    }

    /** It has been read for the first time. */
    private void watchOrNot() {
        if (!nothingExpected) {
            watchNow();
        } else if (!watched && !over) {
            streams.watchSoon(this);
        }
    }

    /** From now on, whatever has happened already included. */
    void watchNow() {
        if (!watched && !over && watch() < 0) {
            close();
        }
    }

    boolean watched() {
        return watched;
    }

    Ear ear() {
        Ear e = ear;
        if (e == null) {
            throw new IllegalStateException("nobody listens yet");
        }
        return e;
    }

    @Override
    public void happened(int flags) {
        try {
            if (connected || connected(flags)) {
                ready(flags);
            }
        } catch (RuntimeException e) {
            fault(e);
        }
    }

    /** An ear's fault ends its own stream and nobody else's. */
    private void fault(RuntimeException e) {
        log.error("stream_failed", e);
        close();
    }

    /** Nobody could be found to listen. */
    void unwanted(RuntimeException e) {
        log.error("stream_failed", e);
        shut();
    }

    private void ready(int flags) {
        if ((flags & EpollSet.OUT) != 0) {
            output.writable();
        }
        if (!over && (flags & TO_READ) != 0) {
            readable(flags);
        }
    }

    private boolean connected(int flags) {
        if ((flags & BROKEN) != 0) {
            failed(streams.error(fd));
        } else if ((flags & EpollSet.OUT) != 0) {
            connected = true;
            ((Caller) ear()).connected();
        }
        return connected && !over;
    }

    void failed(int errno) {
        shut();
        ((Caller) ear()).failed(errno);
    }

    private void readable(int flags) {
        boolean wanted = input.readable((flags & TO_END) != 0);
        if (!wanted && (flags & EpollSet.ERROR) != 0) {
            output.broken(Errno.ECONNRESET);
        }
    }

    /** The connection does not exist any more. */
    void brokenOff(int errno) {
        shut();
        ear().broken(errno);
        ear().closed();
    }

    /** Others have had their turn. */
    void goOn() {
        try {
            input.goOn();
            watchOrNot();
        } catch (RuntimeException e) {
            fault(e);
        }
    }

    EpollOutput output() {
        return output;
    }

    @Override
    public void reading(boolean on) {
        input.reading(on);
    }

    @Override
    public boolean move(Stream to, long bytes) {
        boolean can = to instanceof EpollStream s && s.streams == streams && !over && s.output.sends();
        if (can) {
            input.move((EpollStream) to, bytes);
        }
        return can;
    }

    @Override
    public void write(ByteBuf bytes) {
        if (over) {
            bytes.release();
        } else {
            output.write(bytes);
        }
    }

    @Override
    public void flush() {
        if (!over && !flushing) {
            flushing = output.little() && streams.flushLater(this);
            if (!flushing) {
                output.flush();
            }
        }
    }

    /** All others who had something to read have read it. */
    void flushNow() {
        flushing = false;
        try {
            if (!over) {
                output.flush();
            }
        } catch (RuntimeException e) {
            fault(e);
        }
    }

    @Override
    public void nudge() {
        streams.keepAlive(over ? -1 : fd);
    }

    @Override
    public void expectMore() {
        streams.acknowledge(over ? -1 : fd);
    }

    @Override
    public void expectNothing() {
        nothingExpected = true;
    }

    @Override
    public void endOutput() {
        if (!over) {
            output.end();
        }
    }

    @Override
    public void end() {
        if (!over) {
            output.close();
        }
    }

    @Override
    public void reset() {
        flushNow();
        if (!over) {
            streams.noLinger(fd);
            close();
        }
    }

    @Override
    public void close() {
        if (!over) {
            shut();
            streams.over(this);
        }
    }

    /** All is sent. A socket that is closed on unread bytes resets, and takes with it what it sent (RFC 9112 §9.6). */
    void finished() {
        if (nothingExpected) {
            streams.calls.drop(fd, MOST_DROPPED);
        }
        close();
    }

    /** Closes without a word. */
    void shut() {
        if (!over) {
            over = true;
            output.drop();
            streams.hub.leave(tag);
            if (fd >= 0) {
                streams.libc.close(fd);
            }
            if (by != null) {
                by.left();
            }
        }
    }

    /** Whoever ended it has finished what it was about. */
    void tellClosed() {
        try {
            ear().closed();
        } catch (RuntimeException e) {
            log.error("stream_failed", e);
        }
    }

    @Override
    public boolean open() {
        return !over;
    }
}
