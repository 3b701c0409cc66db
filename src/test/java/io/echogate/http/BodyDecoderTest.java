package io.echogate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BodyDecoderTest {
    private final BodyDecoder decoder = new BodyDecoder();

    private String feed(String wire) {
        ByteBuf in = Wire.bytes(wire);
        StringBuilder out = new StringBuilder();
        for (int n = decoder.next(in); n > 0; n = decoder.next(in)) {
            out.append(in.readCharSequence(n, StandardCharsets.ISO_8859_1));
        }
        return out + (in.isReadable() ? "|" + in.toString(StandardCharsets.ISO_8859_1) : "");
    }

    private String chunked(String wire) {
        decoder.start(Framing.CHUNKED, 0);
        return feed(Wire.crlf(wire).replace("~", "\r\n"));
    }

    @Test
    void lengthCountsAndLeavesTheRest() {
        decoder.start(Framing.LENGTH, 5);
        assertThat(feed("he")).isEqualTo("he");
        assertThat(decoder.progress()).isEqualTo(Progress.MORE);
        assertThat(decoder.close()).isFalse();
        assertThat(feed("lloGET")).isEqualTo("llo|GET");
        assertThat(decoder.progress()).isEqualTo(Progress.DONE);
    }

    @Test
    void noneIsDoneAtOnce() {
        decoder.start(Framing.NONE, 0);
        assertThat(feed("GET")).isEqualTo("|GET");
        assertThat(decoder.progress()).isEqualTo(Progress.DONE);
    }

    @Test
    void untilCloseEndsWithTheConnection() {
        decoder.start(Framing.UNTIL_CLOSE, 0);
        assertThat(feed("all of it")).isEqualTo("all of it");
        assertThat(decoder.progress()).isEqualTo(Progress.MORE);
        assertThat(decoder.close()).isTrue();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "0~~, \"\"",
                "5~hello~0~~, hello",
                "5~hello~6~ world~0~~, hello world",
                "A~0123456789~0~~GET, 0123456789|GET",
                "a~0123456789~000~~, 0123456789",
                "1;ext~x~0;a=\"\"b\"\"~~, x",
                "1 ;ext~x~0~~, x",
                "1~x~0~Trailer: yes~Other:~~, x",
                "2~~~0~~, \"\r\n\"",
            })
    void readsChunks(String wire, String content) {
        assertThat(chunked(wire)).isEqualTo(content);
        assertThat(decoder.progress()).isEqualTo(Progress.DONE);
    }

    @Test
    void splitAtEveryByteItReadsTheSame() {
        String wire = Wire.crlf("5;x=y\nhello\n6\n world\n0\nA: b\n\n");
        for (int cut = 0; cut <= wire.length(); cut++) {
            decoder.start(Framing.CHUNKED, 0);
            assertThat(feed(wire.substring(0, cut)) + feed(wire.substring(cut))).isEqualTo("hello world");
            assertThat(decoder.progress()).isEqualTo(Progress.DONE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "~",
                "g~",
                "-1~",
                "+1~",
                "0x1~",
                " 1~",
                "1 ~x~",
                "1\\t~x~",
                "1\\nx",
                "1\\rx",
                "1~xy",
                "1~x\\n",
                "1~x\\ry",
                "10000000000000000~",
                "FFFFFFFFFFFFFFFF~",
                "1;a\\0b~",
                "1;a\\nb~",
            })
    void refusesBadChunks(String wire) {
        chunked(wire);
        assertThat(decoder.progress()).isEqualTo(Progress.BAD);
        assertThat(decoder.fault()).isEqualTo(Fault.BAD_CHUNK);
        assertThat(decoder.close()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0~\\n",
                "0~ folded: x~",
                "0~a: b~ folded~",
                "0~: x~",
                "0~a b~",
                "0~a : b~",
                "0~a: \\0~",
                "0~a: b\\n",
                "0~a: b\\rc",
                "0~Content_Length: 1~",
            })
    void refusesBadTrailers(String wire) {
        chunked(wire);
        assertThat(decoder.progress()).isEqualTo(Progress.BAD);
        assertThat(decoder.fault()).isEqualTo(Fault.BAD_TRAILER);
    }

    @Test
    void trailersAreKeptUntilTheNextBody() {
        chunked("0~A: b~~GET");
        Fields trailers = Objects.requireNonNull(decoder.trailers());
        assertThat(trailers.nameText(0) + "=" + trailers.value(0)).isEqualTo("A=b");
        chunked("0~~");
        assertThat(decoder.trailers()).isNull();
    }

    @Test
    void extensionsAndTrailersAreBounded() {
        chunked("1;" + "a".repeat(BodyDecoder.OVERHEAD_LIMIT + 1));
        assertThat(decoder.fault()).isEqualTo(Fault.CHUNK_OVERHEAD);
        chunked("1;aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa~x~".repeat(1000));
        assertThat(decoder.fault()).isEqualTo(Fault.CHUNK_OVERHEAD);
        chunked("0~" + "a: b~".repeat(BodyDecoder.OVERHEAD_LIMIT / 4));
        assertThat(decoder.fault()).isEqualTo(Fault.CHUNK_OVERHEAD);
    }

    @Test
    void cutShortIsNotDone() {
        chunked("5~hel");
        assertThat(decoder.close()).isFalse();
        chunked("5~hello~0~");
        assertThat(decoder.close()).isFalse();
    }
}
