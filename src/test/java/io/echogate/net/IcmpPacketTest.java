package io.echogate.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IcmpPacketTest {
    private final byte[] bytes = new byte[64];
    private final MemorySegment packet = MemorySegment.ofArray(bytes);

    @Test
    void isAnEchoRequestWithARightChecksum() {
        IcmpPacket.writeRequest(packet, 0, IcmpFamily.V4, 0x1234, 0x10007, 0x0102030405060708L);

        assertThat(HexFormat.of().formatHex(bytes, 4, IcmpPacket.SIZE))
                .isEqualTo("12340007" + "0102030405060708" + "6563686f67617465");
        assertThat(bytes[0]).isEqualTo((byte) 8);
        assertThat(IcmpPacket.checksum(packet, 0, IcmpPacket.SIZE)).isZero();
        assertThat(IcmpPacket.id(packet, 0)).isEqualTo(0x1234);
        assertThat(IcmpPacket.sequence(packet, 0)).isEqualTo(7);
    }

    @Test
    void icmpv6HasItsOwnTypesAndLeavesTheChecksumToTheKernel() {
        IcmpPacket.writeRequest(packet, 8, IcmpFamily.V6, 1, 2, 3);

        assertThat(bytes[8]).isEqualTo((byte) 128);
        assertThat(HexFormat.of().formatHex(bytes, 10, 12)).isEqualTo("0000");
        bytes[8] = (byte) 129;
        assertThat(IcmpPacket.isReply(packet, 8, IcmpPacket.SIZE, IcmpFamily.V6))
                .isTrue();
        assertThat(IcmpPacket.isReply(packet, 8, IcmpPacket.SIZE, IcmpFamily.V4))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(IcmpFamily.class)
    void aReplyIsKnownByTypeTagAndLength(IcmpFamily family) {
        IcmpPacket.writeRequest(packet, 0, family, 1, 2, 3);
        assertThat(IcmpPacket.isReply(packet, 0, IcmpPacket.SIZE, family))
                .as("our own request on loopback")
                .isFalse();
        assertThat(IcmpPacket.isRequest(packet, 0, IcmpPacket.HEADER, family))
                .as("as errors quote it")
                .isTrue();
        assertThat(IcmpPacket.isRequest(packet, 0, IcmpPacket.HEADER - 1, family))
                .isFalse();

        bytes[0] = family.reply;
        assertThat(IcmpPacket.isReply(packet, 0, IcmpPacket.SIZE, family)).isTrue();
        assertThat(IcmpPacket.nonce(packet, 0)).isEqualTo(3);
        assertThat(IcmpPacket.isReply(packet, 0, IcmpPacket.SIZE - 1, family))
                .as("cut short")
                .isFalse();

        bytes[20]++;
        assertThat(IcmpPacket.isReply(packet, 0, IcmpPacket.SIZE, family))
                .as("somebody else's ping")
                .isFalse();
    }

    @Test
    void theIpHeaderOfARawSocketIsSkipped() {
        bytes[3] = 0x45;
        assertThat(IcmpPacket.ipHeader(packet, 3, 44)).isEqualTo(20);
        bytes[3] = 0x4f;
        assertThat(IcmpPacket.ipHeader(packet, 3, 61)).isEqualTo(60);
        assertThat(IcmpPacket.ipHeader(packet, 3, 44))
                .as("header longer than the packet")
                .isEqualTo(44);
        assertThat(IcmpPacket.ipHeader(packet, 3, 10)).as("no header at all").isEqualTo(10);
        assertThat(IcmpPacket.isReply(packet, 47, 0, IcmpFamily.V4)).isFalse();
    }
}
