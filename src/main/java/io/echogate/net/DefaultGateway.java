package io.echogate.net;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The IPv4 router that leads everywhere else, from Linux' routing table. */
public final class DefaultGateway {
    private static final Logger log = LoggerFactory.getLogger(DefaultGateway.class);
    private static final Path ROUTES = Path.of("/proc/net/route");
    private static final int GATEWAY_FLAG = 0x2;

    private DefaultGateway() {}

    /** Empty without a default route or where the table is not to be had. Reads a file: not for an event loop. */
    public static Optional<InetAddress> find() {
        try {
            return Files.isReadable(ROUTES) ? of(Files.readAllLines(ROUTES)) : Optional.empty();
        } catch (IOException e) {
            log.warn("routes_unreadable path={} error=\"{}\"", ROUTES, e.toString());
            return Optional.empty();
        }
    }

    /** The default route with the lowest metric; columns are interface, destination, gateway, flags, …, metric, mask. */
    static Optional<InetAddress> of(List<String> lines) throws IOException {
        String best = "";
        long metric = Long.MAX_VALUE;
        for (String line : lines) {
            String[] column = line.trim().split("\\s+");
            if (isDefault(column) && Long.parseLong(column[6]) < metric) {
                metric = Long.parseLong(column[6]);
                best = column[2];
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes(best)));
    }

    private static boolean isDefault(String[] column) {
        return column.length >= 8
                && column[1].equals("00000000")
                && column[7].equals("00000000")
                && (Integer.parseInt(column[3], 16) & GATEWAY_FLAG) != 0;
    }

    /** The kernel prints the address as one number in the machine's byte order, little-endian where we run. */
    private static byte[] bytes(String hex) {
        int n = Integer.parseUnsignedInt(hex, 16);
        return new byte[] {(byte) n, (byte) (n >>> 8), (byte) (n >>> 16), (byte) (n >>> 24)};
    }
}
