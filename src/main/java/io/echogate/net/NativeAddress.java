package io.echogate.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Room for one socket address as the kernel has it: {@code struct sockaddr_in}, {@code sockaddr_in6} or {@code sockaddr_un}.
 * Confined to one thread.
 */
final class NativeAddress {
    static final int UNIX = 1;

    /** {@code struct sockaddr_storage}. */
    private static final int ROOM = 128;

    /** Of {@code sun_path}, its final zero included. */
    private static final int LONGEST_PATH = 108;

    private static final int PATH_AT = 2;
    private static final long PORT_AT = 2;
    private static final long ADDRESS4_AT = 4;
    private static final ValueLayout.OfShort PORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

    /** The address itself. */
    final MemorySegment bytes;

    /** Its size, as the kernel reads and writes it. */
    final MemorySegment size;

    NativeAddress(Arena memory) {
        bytes = memory.allocate(ROOM, 8);
        size = memory.allocate(Integer.BYTES, 4);
    }

    /** {@code AF_INET}, {@code AF_INET6} or {@code AF_UNIX}: what kind of socket goes there. */
    static int domain(SocketAddress of) {
        return of instanceof InetSocketAddress ip ? IcmpFamily.of(ip.getAddress()).domain : UNIX;
    }

    /** Writes it; says how many bytes it takes. */
    int write(SocketAddress address) {
        return switch (address) {
            case InetSocketAddress ip -> internet(ip);
            case UnixDomainSocketAddress path -> unix(path);
            default -> throw new IllegalArgumentException("neither IP nor Unix: " + address);
        };
    }

    private int internet(InetSocketAddress ip) {
        IcmpFamily family = IcmpFamily.of(ip.getAddress());
        bytes.fill((byte) 0);
        family.write(ip.getAddress(), bytes, 0);
        bytes.set(PORT, PORT_AT, (short) ip.getPort());
        return family.socketAddressSize();
    }

    private int unix(UnixDomainSocketAddress address) {
        byte[] path = address.getPath().toString().getBytes(StandardCharsets.UTF_8);
        if (path.length >= LONGEST_PATH) {
            throw new IllegalArgumentException("too long for a Unix socket: " + address);
        }
        bytes.fill((byte) 0);
        bytes.set(JAVA_SHORT, 0, (short) UNIX);
        MemorySegment.copy(path, 0, bytes, JAVA_BYTE, PATH_AT, path.length);
        return PATH_AT + path.length + 1;
    }

    /** All of the room is the kernel's to fill. */
    NativeAddress empty() {
        size.set(JAVA_INT, 0, ROOM);
        return this;
    }

    private boolean internet4() {
        return bytes.get(JAVA_SHORT, 0) == IcmpFamily.V4.domain;
    }

    /** The IPv4 address that the kernel wrote, as a number of the machine's order; 0 when it is another one. */
    int number4() {
        return internet4() ? bytes.get(JAVA_INT, ADDRESS4_AT) : 0;
    }

    /** The port that the kernel wrote. */
    int port() {
        return Short.toUnsignedInt(bytes.get(PORT, PORT_AT));
    }

    /** The IP address that the kernel wrote; one of IPv4 in IPv6's clothes is one of IPv4. */
    InetSocketAddress read() {
        IcmpFamily family = internet4() ? IcmpFamily.V4 : IcmpFamily.V6;
        InetAddress address = family.read(bytes, 0);
        if (address == null) {
            throw new IllegalStateException("not an IP address");
        }
        return new InetSocketAddress(address, port());
    }
}
