package io.echogate.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** ICMP (RFC 792) or ICMPv6 (RFC 4443): the numbers in which the two differ on Linux. */
enum IcmpFamily {
    V4(2, 1, 8, 0, 0, 11, 4, 4),
    V6(10, 58, 128, 129, 41, 25, 8, 16);

    /** Room for either kind of socket address. */
    static final int ADDRESS_SIZE = 28;

    private static final int SCOPE_AT = 24;

    /** {@code AF_INET} or {@code AF_INET6}. */
    final int domain;

    final int protocol;
    final byte request;
    final byte reply;

    /** {@code IPPROTO_IP} or {@code IPPROTO_IPV6}. */
    final int level;

    /** {@code IP_RECVERR} or {@code IPV6_RECVERR}. */
    final int recvErr;

    private final int addressAt;
    private final int addressBytes;

    IcmpFamily(
            int domain, int protocol, int request, int reply, int level, int recvErr, int addressAt, int addressBytes) {
        this.domain = domain;
        this.protocol = protocol;
        this.request = (byte) request;
        this.reply = (byte) reply;
        this.level = level;
        this.recvErr = recvErr;
        this.addressAt = addressAt;
        this.addressBytes = addressBytes;
    }

    static IcmpFamily of(InetAddress address) {
        return address instanceof Inet6Address ? V6 : V4;
    }

    /** Size of {@code struct sockaddr_in} or {@code sockaddr_in6}. */
    int socketAddressSize() {
        return this == V4 ? 16 : ADDRESS_SIZE;
    }

    /** Writes a socket address without a port. */
    void write(InetAddress address, MemorySegment into, long at) {
        into.set(JAVA_SHORT, at, (short) domain);
        byte[] bytes = address.getAddress();
        MemorySegment.copy(bytes, 0, into, JAVA_BYTE, at + addressAt, addressBytes);
        if (address instanceof Inet6Address six) {
            into.set(JAVA_INT, at + SCOPE_AT, six.getScopeId());
        }
    }

    /** The address in a socket address of this family, or null where the kernel wrote none. */
    @Nullable
    InetAddress read(MemorySegment from, long at) {
        if (from.get(JAVA_SHORT, at) != domain) {
            return null;
        }
        byte[] bytes = new byte[addressBytes];
        MemorySegment.copy(from, JAVA_BYTE, at + addressAt, bytes, 0, addressBytes);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are an address", e);
        }
    }
}
