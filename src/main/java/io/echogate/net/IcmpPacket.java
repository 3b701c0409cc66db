package io.echogate.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The bytes of an ICMP echo (RFC 792, RFC 4443 §4): 8 bytes of header, then a 64-bit nonce and a tag. The nonce alone
 * ties an answer to its question: identifiers are rewritten by the kernel and by firewalls, and sequence numbers wrap.
 * An error quotes no more than the header for certain: there destination and sequence number must do.
 */
final class IcmpPacket {
    static final int SIZE = 24;

    /** What every router quotes of a packet (RFC 792): the header, and so the sequence number. */
    static final int HEADER = 8;

    private static final long TAG = 0x6563686f67617465L;
    private static final int ID_AT = 4;
    private static final int SEQUENCE_AT = 6;
    private static final int NONCE_AT = 8;
    private static final int TAG_AT = 16;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private IcmpPacket() {}

    /**
     * Writes an echo request, IPv4's checksum included. The kernel writes a datagram socket's identifier and checksum
     * anew, and ICMPv6's checksum always, since it covers the addresses.
     */
    static void writeRequest(MemorySegment out, long at, IcmpFamily family, int id, int sequence, long nonce) {
        out.set(JAVA_BYTE, at, family.request);
        out.set(JAVA_BYTE, at + 1, (byte) 0);
        out.set(SHORT, at + 2, (short) 0);
        out.set(SHORT, at + ID_AT, (short) id);
        out.set(SHORT, at + SEQUENCE_AT, (short) sequence);
        out.set(LONG, at + NONCE_AT, nonce);
        out.set(LONG, at + TAG_AT, TAG);
        if (family == IcmpFamily.V4) {
            out.set(SHORT, at + 2, (short) checksum(out, at, SIZE));
        }
    }

    /** True when {@code length} bytes at {@code at} are an answer to one of our requests. */
    static boolean isReply(MemorySegment in, long at, long length, IcmpFamily family) {
        return length >= SIZE && in.get(JAVA_BYTE, at) == family.reply && in.get(LONG, at + TAG_AT) == TAG;
    }

    /** True when the bytes are the beginning of a request as we send them, as errors quote it. */
    static boolean isRequest(MemorySegment in, long at, long length, IcmpFamily family) {
        return length >= HEADER && in.get(JAVA_BYTE, at) == family.request;
    }

    static int id(MemorySegment in, long at) {
        return in.get(SHORT, at + ID_AT) & 0xffff;
    }

    static int sequence(MemorySegment in, long at) {
        return in.get(SHORT, at + SEQUENCE_AT) & 0xffff;
    }

    static long nonce(MemorySegment in, long at) {
        return in.get(LONG, at + NONCE_AT);
    }

    /** Size of the IPv4 header (RFC 791) before what a raw socket hands out, at most {@code length}. */
    static long ipHeader(MemorySegment in, long at, long length) {
        return length < 20 ? length : Math.min(length, (in.get(JAVA_BYTE, at) & 0x0f) * 4L);
    }

    /** The Internet checksum (RFC 1071) over an even number of bytes; 0 over a packet that carries a right one. */
    static int checksum(MemorySegment packet, long at, int length) {
        int sum = 0;
        for (int i = 0; i < length; i += 2) {
            sum += packet.get(SHORT, at + i) & 0xffff;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return ~sum & 0xffff;
    }
}
