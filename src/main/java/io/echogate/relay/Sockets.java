package io.echogate.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** What the relay asks of addresses. */
final class Sockets {
    private Sockets() {}

    /** Fails when somebody else has the port: SO_REUSEPORT would let us share it without a word. */
    static void tryAlone(InetSocketAddress address) throws ListenException {
        if (address.getPort() == 0) {
            return;
        }
        try (ServerSocket trial = new ServerSocket()) {
            trial.setReuseAddress(true);
            trial.bind(address);
        } catch (IOException e) {
            throw new ListenException(address, e);
        }
    }
}
