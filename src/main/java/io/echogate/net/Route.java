package io.echogate.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;

/**
 * What the kernel's routing table says of a destination. Netty reports "no way to that host" and "no network at all" as
 * one; the first speaks against the host, the second rather against us.
 */
public final class Route {
    private static final int DISCARD_PORT = 9;

    private Route() {}

    /** 0 when there is a way, else the error number of {@link Errno}. Sends nothing and does not wait. */
    public static int errno(InetAddress to) {
        try (DatagramChannel look = DatagramChannel.open()) {
            look.connect(new InetSocketAddress(to, DISCARD_PORT));
            return 0;
        } catch (IOException e) {
            return Errno.of(e);
        }
    }
}
