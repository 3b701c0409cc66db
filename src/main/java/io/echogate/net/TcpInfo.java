package io.echogate.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the kernel knows about one TCP connection and no byte on it tells. */
public final class TcpInfo {
    private static final Logger log = LoggerFactory.getLogger(TcpInfo.class);
    private static final int ESTABLISHED = 1;
    private static final int CLOSE_WAIT = 8;

    private TcpInfo() {}

    /**
     * True when the peer's kernel has acknowledged every byte that was written and flushed: it is there, whatever its
     * process does. False when it has not or when the transport cannot tell. Call on the channel's loop, after the
     * flush has succeeded.
     */
    public static boolean acknowledged(Channel channel) {
        if (!(channel instanceof EpollSocketChannel epoll) || !epoll.isActive()) {
            return false;
        }
        try {
            var info = epoll.tcpInfo();
            return (info.state() == ESTABLISHED || info.state() == CLOSE_WAIT) && info.unacked() == 0;
        } catch (ChannelException e) {
            log.debug("tcp_info_failed error=\"{}\"", e.toString());
            return false;
        }
    }
}
