package io.echogate.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class IcmpPacketTest {
    private final byte[] bytes = new byte[64];
    private final MemorySegment packet = MemorySegment.ofArray(bytes);

    @Test
    void isAnEchoRequestWithARightChecksum() {
        IcmpPacket.writeRequest(packet, 0x1234, 0x10007, 0x0102030405060708L);

        assertThat(HexFormat.of().formatHex(bytes, 4, IcmpPacket.SIZE))
                .isEqualTo("12340007" + "0102030405060708" + "6563686f67617465");
        assertThat(bytes[0]).isEqualTo((byte) 8);
        assertThat(IcmpPacket.checksum(packet, IcmpPacket.SIZE)).isZero();
    }

    @Test
    void aReplyIsKnownByTypeTagAndLength() {
        IcmpPacket.writeRequest(packet, 1, 2, 3);
        assertThat(IcmpPacket.isReply(packet, 0, IcmpPacket.SIZE))
                .as("our own request on loopback")
                .isFalse();

        bytes[0] = 0;
        assertThat(IcmpPacket.isReply(packet, 0, IcmpPacket.SIZE)).isTrue();
        assertThat(IcmpPacket.nonce(packet, 0)).isEqualTo(3);
        assertThat(IcmpPacket.isReply(packet, 0, IcmpPacket.SIZE - 1))
                .as("cut short")
                .isFalse();

        bytes[20]++;
        assertThat(IcmpPacket.isReply(packet, 0, IcmpPacket.SIZE))
                .as("somebody else's ping")
                .isFalse();
    }

    @Test
    void theIpHeaderOfARawSocketIsSkipped() {
        bytes[0] = 0x45;
        assertThat(IcmpPacket.afterIpHeader(packet, 44)).isEqualTo(20);
        bytes[0] = 0x4f;
        assertThat(IcmpPacket.afterIpHeader(packet, 64)).isEqualTo(60);
        assertThat(IcmpPacket.afterIpHeader(packet, 44))
                .as("header longer than the packet")
                .isEqualTo(-1);
        bytes[0] = 0x41;
        assertThat(IcmpPacket.afterIpHeader(packet, 44)).as("impossible length").isEqualTo(-1);
        assertThat(IcmpPacket.afterIpHeader(packet, 10)).isEqualTo(-1);
        assertThat(IcmpPacket.isReply(packet, -1, 44)).isFalse();
    }
}
