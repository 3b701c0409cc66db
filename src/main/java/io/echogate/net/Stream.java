package io.echogate.net;

import io.netty.buffer.ByteBuf;

/**
 * A connected byte stream, or one that is being connected, over TCP or a Unix socket; knows nothing of what it carries.
 * Writes gather until {@link #flush} and leave with one system call. Confined to the event loop that made it.
 */
public interface Stream {
    /** More than this waiting to be written, and the ear is told to write no more. */
    int HIGH_WATER = 512 << 10;

    /** This little waiting, and it may write again. */
    int LOW_WATER = 64 << 10;

    /** Who is told what becomes of a stream. A write or flush may tell at once that it failed; all else comes as an event. */
    interface Ear {
        /** Some of what the peer sent; valid during the call, what is kept of it must be retained. */
        void bytes(ByteBuf in);

        /** So many bytes have gone to another stream: see {@link Stream#move}. Followed by what follows bytes. */
        void moved(int bytes);

        /** No more bytes for now. Always follows them, unless their end or the stream's own does. */
        void readComplete();

        /** The peer's direction has ended; ours may go on. */
        void ended();

        /** False when {@link #HIGH_WATER} is passed, perhaps from within a write; true at {@link #LOW_WATER}. */
        void writable(boolean takes);

        /**
         * The peer takes no more of what we write, or has reset the connection; what it sent before can still be read.
         *
         * @param errno the kernel's, 0 when it cannot be told
         */
        void broken(int errno);

        /** The stream is over, whoever ended it; never told from within a call to it. Nothing follows. */
        void closed();
    }

    /** The ear of a stream that is being connected. */
    interface Caller extends Ear {
        /** The connection stands. */
        void connected();

        /**
         * There will be no connection. Nothing follows.
         *
         * @param errno as {@link Errno} names it; 0 when it cannot be told
         */
        void failed(int errno);
    }

    /** Reads what comes, or leaves it in the kernel. At first a stream is read. */
    void reading(boolean on);

    /**
     * Has the kernel move what comes in next to another stream of the same loop, behind what was written there, without
     * showing it (splice(2)). The ear hears only how much went. While the other stream's ear is told that it takes no more,
     * this one must not be {@link #reading}, as with writes. Where it is all the same, and when the other one cannot send any
     * more or there is no pipe to be had, what comes is shown again.
     *
     * @param bytes the most that goes there, from 1; afterwards, what comes is shown again
     * @return false where that cannot be had
     */
    boolean move(Stream to, long bytes);

    /** Takes the buffer over. What is written to a stream that cannot send any more is dropped. */
    void write(ByteBuf bytes);

    /** Sends what was written, as far as the kernel takes it; the rest follows by itself. */
    void flush();

    /**
     * Has the kernel ask the peer's each second from now on whether the connection still stands (RFC 9293 §3.8.4), and says
     * {@link Ear#broken} when it does not: a host that has taken over a dead one's address answers with a reset, and one that
     * is gone not at all. Nothing where that cannot be had.
     */
    void nudge();

    /**
     * The peer has to send more before it is answered: what has come is acknowledged at once, where that can be had, for one
     * that gathers what it writes (Nagle's algorithm, RFC 9293 §3.7.4) waits for that with the rest.
     */
    void expectMore();

    /** The peer will be answered, and then this ends: what else it does may be told a moment later. */
    void expectNothing();

    /** Ends our direction once everything is written. */
    void endOutput();

    /** Closes once everything is written. */
    void end();

    /** Closes at once; what is not yet sent is dropped. Again is harmless. */
    void close();

    /** Sends what the kernel takes now, and closes by a reset: visibly for the peer. */
    void reset();

    /** Neither closed by us nor by itself. */
    boolean open();
}
