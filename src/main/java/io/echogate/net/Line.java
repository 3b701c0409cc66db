package io.echogate.net;

import io.netty.buffer.ByteBuf;

/**
 * One TCP connection that carries one question: what was handed to {@link Dialer#dial} is sent once it stands, then it only
 * listens. Confined to the loop that it was dialled on.
 */
public interface Line {
    /** Who asks. Hears nothing more once it has hung up. */
    interface Ear {
        /** The connection stands; the question leaves when this returns. */
        void connected();

        /** Some of the answer; valid during the call. */
        void heard(ByteBuf some);

        /** The peer has sent all that it will send. */
        void ended();

        /**
         * Connecting failed, or the connection broke. Nothing follows.
         *
         * @param errno as {@link Errno} names it; 0 when it cannot be told
         * @param words what happened, for people
         */
        void failed(int errno, String words);
    }

    /**
     * True when the peer's kernel has acknowledged every byte of the question: the host is there, whatever its process
     * does. False when it has not or when the transport cannot tell.
     */
    boolean acknowledged();

    /** Closes in order. Again is harmless. */
    void hangUp();

    /** Closes by a reset: nothing more is wanted, and nothing must linger in the kernel. Again is harmless. */
    void abort();
}
