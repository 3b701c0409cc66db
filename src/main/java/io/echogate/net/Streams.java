package io.echogate.net;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Makes the streams of one event loop: connects, and listens for those who connect to us. */
public interface Streams {
    /**
     * By direct system calls where there is epoll: per request, a Netty channel costs more than all that the relay does with
     * it; elsewhere by Netty.
     */
    static Streams on(EventLoop loop, EventLoops loops) {
        return loops.transport() == Transport.EPOLL ? new EpollStreams(loop) : new ChannelStreams(loop, loops);
    }

    /** Who takes in the streams of a {@link Listener}. */
    interface Door {
        /**
         * Somebody has connected. Called on the stream's own loop.
         *
         * @param on the loop
         * @param host the peer's address, without brackets and zone
         * @param port the peer's
         */
        Stream.Ear opened(EventLoop on, Stream stream, String host, int port);

        /** Nobody can be taken in at the moment, for want of descriptors or memory. Tried again in a while. */
        void crowded(EventLoop on, int errno);
    }

    /** A listening socket. May be used from any thread. */
    interface Listener {
        /** With the port that the kernel chose. */
        InetSocketAddress address();

        /** Takes nobody in any more. Again is harmless. */
        void close();
    }

    /**
     * Begins to connect. On the loop.
     *
     * @param to an {@link InetSocketAddress} or a {@link java.net.UnixDomainSocketAddress}
     * @param ear may be told of a failure before this returns
     */
    Stream connect(SocketAddress to, Stream.Caller ear);

    /**
     * Listens. From any thread but the loop's; may wait for the kernel's answer.
     *
     * @param limit of streams open at once, from 1; further peers wait in the kernel
     * @throws IOException when the address is not to be had
     */
    Listener listen(InetSocketAddress at, int limit, Door door) throws IOException;

    /** Closes every stream and listener, without a word to anybody, and gives back what they share. On the loop. */
    void close();

    /** True when every loop can have a listener of its own on the same port; else one loop's serves them all. */
    boolean shares();
}
