package io.echogate.relay;

import java.io.IOException;
import java.net.InetSocketAddress;

/** The address to listen on is not to be had; the message names it and says why. */
public final class ListenException extends IOException {
    private static final long serialVersionUID = 1;

    ListenException(InetSocketAddress address, Throwable cause) {
        super("cannot listen on " + name(address) + ": " + cause.getMessage(), cause);
    }

    private static String name(InetSocketAddress a) {
        String host = a.getHostString();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + a.getPort();
    }
}
