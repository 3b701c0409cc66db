package io.echogate.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Viewers that open the stream and never read a byte of it. */
final class NeverReaders implements AutoCloseable {
    private static final int COUNT = 200;
    private static final int RECEIVE_BYTES = 64 * 1024;

    private final List<SocketChannel> channels = new ArrayList<>();

    private NeverReaders() {}

    static NeverReaders open(int port) throws IOException {
        NeverReaders readers = new NeverReaders();
        for (int i = 0; i < COUNT; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BYTES);
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.write(ByteBuffer.wrap(Upgrade.request(port)));
            readers.channels.add(channel);
        }
        return readers;
    }

    int count() {
        return channels.size();
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }
}
