package io.echogate.net;

import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;

/** Opens one connection for each question. Confined to one event loop; never waits. */
public interface Dialer extends AutoCloseable {
    /**
     * By direct system calls where that is possible, since thousands of short connections a second are mostly the kernel's
     * work and a Netty channel enters it three times as often; elsewhere by Netty.
     */
    static Dialer on(EventLoop loop, EventLoops loops) {
        return loops.transport() == Transport.EPOLL ? EpollDialer.on(loop) : new ChannelDialer(loop, loops);
    }

    /**
     * Begins to connect.
     *
     * @param question sent once the connection stands; not changed from now on
     * @param ear may be told of a failure before this returns
     */
    Line dial(InetSocketAddress to, byte[] question, Line.Ear ear);

    /** Takes in what has come, before silence is judged; does nothing where the loop hands it over by itself. */
    void read();

    /** Ends every line by a reset, without a word to its ear. On the loop, or once that has ended. */
    @Override
    void close();
}
