package io.echogate.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The bytes of an ICMP echo (RFC 792): 8 bytes of header, then a 64-bit nonce and a tag. The nonce alone ties an answer
 * to its question: identifiers are rewritten by the kernel and by firewalls, and sequence numbers wrap.
 */
final class IcmpPacket {
    static final int SIZE = 24;
    private static final byte ECHO_REQUEST = 8;
    private static final byte ECHO_REPLY = 0;
    private static final long TAG = 0x6563686f67617465L;
    private static final int NONCE_AT = 8;
    private static final int TAG_AT = 16;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private IcmpPacket() {}

    /** Writes an echo request, checksum included (a datagram socket's kernel writes identifier and checksum anew). */
    static void writeRequest(MemorySegment packet, int id, int sequence, long nonce) {
        packet.set(JAVA_BYTE, 0, ECHO_REQUEST);
        packet.set(JAVA_BYTE, 1, (byte) 0);
        packet.set(SHORT, 2, (short) 0);
        packet.set(SHORT, 4, (short) id);
        packet.set(SHORT, 6, (short) sequence);
        packet.set(LONG, NONCE_AT, nonce);
        packet.set(LONG, TAG_AT, TAG);
        packet.set(SHORT, 2, (short) checksum(packet, SIZE));
    }

    /** True when {@code length} bytes at {@code offset} are an answer to one of our requests. */
    static boolean isReply(MemorySegment in, int offset, int length) {
        return offset >= 0
                && length - offset >= SIZE
                && in.get(JAVA_BYTE, offset) == ECHO_REPLY
                && in.get(LONG, offset + TAG_AT) == TAG;
    }

    static int id(MemorySegment in, int offset) {
        return in.get(SHORT, offset + 4L) & 0xffff;
    }

    static long nonce(MemorySegment in, int offset) {
        return in.get(LONG, offset + NONCE_AT);
    }

    /** Where the ICMP header begins in what a raw socket hands out: after the IPv4 header (RFC 791), or -1. */
    static int afterIpHeader(MemorySegment in, int length) {
        int header = length < 20 ? -1 : (in.get(JAVA_BYTE, 0) & 0x0f) * 4;
        return header < 20 || header > length ? -1 : header;
    }

    /** The Internet checksum (RFC 1071) over an even number of bytes; 0 over a packet that carries a right one. */
    static int checksum(MemorySegment packet, int length) {
        int sum = 0;
        for (int i = 0; i < length; i += 2) {
            sum += packet.get(SHORT, i) & 0xffff;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return ~sum & 0xffff;
    }
}
