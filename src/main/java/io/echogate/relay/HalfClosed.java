package io.echogate.relay;

import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;

/**
 * Writes to a client that has ended its direction. With Netty 4.2.18 on epoll such a channel wants no event any more,
 * leaves the epoll set and is never put back, so that the first write that has to wait fails. Registering it anew
 * before such a write mends that; it costs something only where a client half-closes. Confined to one event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of a channel comes as an event
final class HalfClosed {
    /** Nearly without end: giving up midway would clear the last wanted event. */
    private static final int WRITE_SPINS = 10_000;

    private final SocketChannel channel;
    private boolean registering;

    HalfClosed(SocketChannel channel) {
        this.channel = channel;
        channel.config().setAutoRead(false);
        channel.config().setWriteSpinCount(WRITE_SPINS);
    }

    void flush() {
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        boolean waiting = out != null && !out.isEmpty();
        if (!(channel instanceof EpollSocketChannel) || waiting || out == null) {
            channel.flush();
        } else if (!registering) {
            registering = true;
            channel.deregister().addListener(this::deregistered);
        }
    }

    private void deregistered(Future<? super Void> done) {
        if (done.isSuccess() && channel.isOpen()) {
            channel.eventLoop().register(channel).addListener(this::registered);
        } else {
            channel.close();
        }
    }

    private void registered(Future<? super Void> done) {
        registering = false;
        if (done.isSuccess()) {
            channel.flush();
        } else {
            channel.close();
        }
    }
}
