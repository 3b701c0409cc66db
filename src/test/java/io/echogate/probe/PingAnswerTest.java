package io.echogate.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.model.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes in, outcome out; each row whole, byte by byte, and with the peer closing at the end. */
class PingAnswerTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    static Stream<Arguments> answers() {
        return Stream.of(
                row(OK + "Content-Length: 4\r\n\r\npong", Outcome.ANSWERED, "200 \"pong\""),
                row(OK + "Content-Length: 6\r\n\r\npong\r\n", Outcome.ANSWERED, "200 \"pong\""),
                row(OK + "\r\npong \n", Outcome.ANSWERED, "200 \"pong\""),
                row(OK + "Transfer-Encoding: chunked\r\n\r\n2\r\npo\r\n2\r\nng\r\n0\r\n\r\n", Outcome.ANSWERED, "pong"),
                row("HTTP/1.0 200 OK\r\n\r\npong", Outcome.ANSWERED, "pong"),
                row(
                        "HTTP/1.1 103 Early Hints\r\n\r\n" + OK + "Content-Length: 4\r\n\r\npong",
                        Outcome.ANSWERED,
                        "pong"),
                row("HTTP/1.1 500 Oh\r\nContent-Length: 4\r\n\r\npong", Outcome.WRONG, "status 500 instead of 200"),
                row("HTTP/1.1 204 No Content\r\n\r\n", Outcome.WRONG, "status 204"),
                row("HTTP/1.1 101 Switching\r\n\r\n", Outcome.WRONG, "status 101"),
                row(OK + "Content-Length: 4\r\n\r\nping", Outcome.WRONG, "body \"ping\" instead of \"pong\""),
                row(OK + "Content-Length: 0\r\n\r\n", Outcome.WRONG, "body \"\""),
                row(OK + "Content-Length: 5\r\n\r\n pong", Outcome.WRONG, "body \" pong\""),
                row(OK + "Content-Length: 5\r\n\r\nPONG!", Outcome.WRONG, "PONG!"),
                row(OK + "Content-Length: 4\r\nContent-Length: 5\r\n\r\npong", Outcome.WRONG, "Content-Length"),
                row(OK + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", Outcome.WRONG, "malformed body"),
                row("SSH-2.0-OpenSSH_9.2\r\n", Outcome.WRONG, "not an HTTP answer"),
                row("\0\1\2\3", Outcome.WRONG, "not an HTTP answer"),
                row(OK + "Content-Length: 9000\r\n\r\n" + "x".repeat(9000), Outcome.WRONG, "longer than 512 bytes"),
                row(OK + "A: " + "x".repeat(600), Outcome.WRONG, "longer than 512 bytes"),
                row(OK + "Content-Length: 5\r\n\r\npong", Outcome.RESET, "after 42 bytes"),
                row(OK + "Transfer-Encoding: chunked\r\n\r\n4\r\npong\r\n", Outcome.RESET, "of an answer"),
                row(OK + "Content-", Outcome.RESET, "after 25 bytes"),
                row("", Outcome.RESET, "without an answer"));
    }

    private static Arguments row(String bytes, Outcome outcome, String detail) {
        return Arguments.of(bytes, outcome, detail);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void isJudged(String bytes, Outcome outcome, String detail) {
        assertThat(read(bytes, Math.max(1, bytes.length()))).satisfies(r -> {
            assertThat(r.outcome()).isEqualTo(outcome);
            assertThat(r.detail()).contains(detail);
        });
        assertThat(read(bytes, 1).outcome()).as("byte by byte").isEqualTo(outcome);
    }

    @Test
    void anyBodyIsRightWhereNoneIsExpectedHoweverLong() {
        Expected any = new Expected(200, null, 512);
        String page = OK + "Content-Length: 9000\r\n\r\n";
        assertThat(read(any, page, page.length())).isEqualTo(new PingAnswer.Result(Outcome.ANSWERED, "200"));
        assertThat(read(any, "HTTP/1.1 204 Fine\r\n\r\n", 1).detail()).isEqualTo("status 204 instead of 200");
        assertThat(read(any, OK, 1).outcome()).isEqualTo(Outcome.RESET);
    }

    private static PingAnswer.Result read(String bytes, int step) {
        return read(new Expected(200, "pong", 512), bytes, step);
    }

    private static PingAnswer.Result read(Expected expected, String bytes, int step) {
        PingAnswer answer = new PingAnswer(expected);
        for (int i = 0; i < bytes.length(); i += step) {
            String part = bytes.substring(i, Math.min(bytes.length(), i + step));
            ByteBuf in = Unpooled.copiedBuffer(part, StandardCharsets.ISO_8859_1);
            PingAnswer.@Nullable Result result = answer.feed(in);
            in.release();
            if (result != null) {
                return result;
            }
        }
        return answer.closed("connection closed");
    }
}
