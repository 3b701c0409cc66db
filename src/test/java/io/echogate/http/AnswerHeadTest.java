package io.echogate.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnswerHeadTest {
    private static AnswerHead done(String head) {
        AnswerHead answer = Wire.answer();
        assertThat(answer.feed(Wire.bytes(Wire.crlf(head) + "\r\n"))).isEqualTo(Progress.DONE);
        return answer;
    }

    @Test
    void readsTheParts() {
        AnswerHead a = done("HTTP/1.1 404 Not Found\nContent-Length: 7\n");
        assertThat(a.status()).isEqualTo(404);
        assertThat(a.reason()).isEqualTo("Not Found");
        assertThat(a.length()).isEqualTo(7);
        assertThat(a.keepAlive()).isTrue();
        assertThat(done("HTTP/1.0 200\n").reason()).isEmpty();
        assertThat(done("HTTP/1.0 200 \n").keepAlive()).isFalse();
    }

    @Test
    void splitAtEveryByteItSaysTheSame() {
        String wire = Wire.crlf("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\nA: b\n\n");
        for (int cut = 1; cut < wire.length(); cut++) {
            AnswerHead a = Wire.answer();
            assertThat(a.feed(Wire.bytes(wire.substring(0, cut)))).isEqualTo(Progress.MORE);
            assertThat(a.feed(Wire.bytes(wire.substring(cut)))).isEqualTo(Progress.DONE);
            assertThat(a.framing(Verb.GET)).isEqualTo(Framing.CHUNKED);
        }
    }

    @ParameterizedTest(name = "{0} {1} {2} -> {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  | 200 | Content-Length: 5          | LENGTH",
                "GET  | 200 | Content-Length: 0          | NONE",
                "GET  | 200 | Transfer-Encoding: Chunked | CHUNKED",
                "GET  | 200 | A: b                       | UNTIL_CLOSE",
                "HEAD | 200 | Content-Length: 5          | NONE",
                "HEAD | 200 | Transfer-Encoding: chunked | NONE",
                "GET  | 204 | Content-Length: 5          | NONE",
                "GET  | 304 | Content-Length: 5          | NONE",
                "GET  | 100 | A: b                       | NONE",
                "POST | 103 | A: b                       | NONE",
            })
    void framesByRfc9112Section63(Verb asked, int status, String field, Framing expected) {
        assertThat(done("HTTP/1.1 " + status + " X\n" + field + "\n").framing(asked))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 2000 OK | BAD_STATUS_LINE",
                "HTTP/1.1 20 OK   | BAD_STATUS_LINE",
                "HTTP/1.1 099 OK  | BAD_STATUS_LINE",
                "HTTP/2.0 200 OK  | BAD_STATUS_LINE",
                "HTTP/1.1  200 OK | BAD_STATUS_LINE",
                "ICY 200 OK       | BAD_STATUS_LINE",
                "HTTP/1.1 200OK   | BAD_STATUS_LINE",
                "HTTP/1.1 200 OK\\r\\nContent-Length: 5\\r\\nContent-Length: 5       | REPEATED_LENGTH",
                "HTTP/1.1 200 OK\\r\\nContent-Length: 5\\r\\nTransfer-Encoding: chunked | LENGTH_AND_CODING",
                "HTTP/1.1 200 OK\\r\\nContent-Length: x  | BAD_LENGTH",
                "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: gzip  | BAD_CODING",
                "HTTP/1.0 200 OK\\r\\nTransfer-Encoding: chunked  | CODING_IN_1_0",
                "HTTP/1.1 200 OK\\r\\nA: b\\rc  | BARE_CR",
                "HTTP/1.1 200 OK\\r\\nA : b    | SPACE_BEFORE_COLON",
                "HTTP/1.1 200 OK\\r\\n A: b    | LEADING_SPACE",
                "HTTP/1.1 200 OK\\n           | BARE_LF",
            })
    void refusesGarbage(String head, Fault expected) {
        assertThat(Wire.answerFaultOf(Wire.crlf(head) + "\r\n\r\n")).isEqualTo(expected);
    }

    @Test
    void limitsHold() {
        assertThat(Wire.answerFaultOf("HTTP/1.1 200 " + "a".repeat(2000))).isEqualTo(Fault.HEAD_TOO_LARGE);
        assertThat(Wire.answerFaultOf("HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(9)))
                .isEqualTo(Fault.TOO_MANY_FIELDS);
        assertThat(Wire.answerFaultOf("garbage")).isEqualTo(Fault.BAD_STATUS_LINE);
    }
}
