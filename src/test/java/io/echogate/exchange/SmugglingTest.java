package io.echogate.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The known forms of request smuggling (RFC 9112 §11.2): each is refused with its status and its reason before a member
 * sees it, and the connection ends. What is ambiguous only in its body ends there, and nothing behind it is a request.
 */
final class SmugglingTest {
    private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\n";
    private static final String ADMIN = "GET /admin HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String LAST = "0\r\n\r\n";

    private final Stage stage = new Stage();

    /** Fields of a POST, with the reason for which they are refused. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Content-Length: 4~Transfer-Encoding: chunked           | LENGTH_AND_CODING",
                "Transfer-Encoding: chunked~Content-Length: 4           | LENGTH_AND_CODING",
                "transfer-encoding: x~content-length: 4                 | LENGTH_AND_CODING",
                "Transfer-Encoding: chunked~Transfer-Encoding: cow      | BAD_CODING",
                "Transfer-Encoding: chunked~Transfer-Encoding: chunked  | BAD_CODING",
                "Transfer-Encoding: chunked, chunked                    | BAD_CODING",
                "Transfer-Encoding: chunked, identity                   | BAD_CODING",
                "Transfer-Encoding: xchunked                            | BAD_CODING",
                "Transfer-Encoding: chunked;q=1                         | BAD_CODING",
                "Transfer-Encoding: 'chunked'                           | BAD_CODING",
                "Transfer-Encoding: \"chunked\"                         | BAD_CODING",
                "Transfer-Encoding: chunk ed                            | BAD_CODING",
                "Transfer-Encoding: ,chunked                            | BAD_CODING",
                "Transfer-Encoding: chunked{NBSP}                       | BAD_CODING",
                "Transfer-Encoding: chunKed{FF}                       | BAD_CODING",
                "Transfer-Encoding:                                     | BAD_CODING",
                "Transfer-Encoding:{VT}chunked                        | CONTROL",
                "Transfer-Encoding: chunked{NUL}                           | CONTROL",
                "Transfer-Encoding{NUL}: chunked                           | CONTROL",
                "Transfer-Encoding : chunked                            | SPACE_BEFORE_COLON",
                "Transfer-Encoding{TAB}: chunked                           | SPACE_BEFORE_COLON",
                "Transfer-Encoding{NBSP}: chunked                       | BAD_NAME",
                "\"Transfer-Encoding\": chunked                         | BAD_NAME",
                "Transfer Encoding: chunked                             | SPACE_BEFORE_COLON",
                "Transfer_Encoding: chunked                             | LOOKALIKE_NAME",
                "Content_Length: 4                                      | LOOKALIKE_NAME",
                "Transfer-Encoding:~ chunked                            | OBS_FOLD",
                "X: y~ Transfer-Encoding: chunked                       | OBS_FOLD",
                "X: y{LF}Transfer-Encoding: chunked                       | BARE_LF",
                "X: y{CR}Transfer-Encoding: chunked                       | BARE_CR",
                "X: y{CR}{CR}~Transfer-Encoding: chunked                    | BARE_CR",
                "Content-Length: 5~Content-Length: 6                    | REPEATED_LENGTH",
                "Content-Length: 5~Content-Length: 5                    | REPEATED_LENGTH",
                "Content-Length: 5, 5                                   | BAD_LENGTH",
                "Content-Length: 5,6                                    | BAD_LENGTH",
                "Content-Length: +5                                     | BAD_LENGTH",
                "Content-Length: -5                                     | BAD_LENGTH",
                "Content-Length: 0x5                                    | BAD_LENGTH",
                "Content-Length: 5 5                                    | BAD_LENGTH",
                "Content-Length: 5e1                                    | BAD_LENGTH",
                "Content-Length: {SQUARE}                                 | BAD_LENGTH",
                "Content-Length:                                        | BAD_LENGTH",
                "Content-Length: 18446744073709551621                   | BAD_LENGTH",
                "Content-Length:~ 5                                     | OBS_FOLD",
                "Content-Length{NBSP}: 5                                | BAD_NAME",
                "Host: b                                                | REPEATED_HOST",
                ": x                                                    | BAD_NAME",
                "no colon                                               | SPACE_BEFORE_COLON",
            })
    void headsThatReadTwoWays(String fields, String why) {
        stage.clientRaw(POST + spelled(fields) + "\r\n\r\n" + LAST + ADMIN);
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 400 Bad Request\n").contains("\nConnection: close\n");
        assertThat(stage.did()).containsExactly("refused " + why, "end HALF");
        assertThat(stage.leaks()).isZero();
    }

    /** What is well-formed and only unknown here is said to be so (RFC 9112 §6.1), and ends the connection all the same. */
    @Test
    void aCodingThatIsNotKnownHere() {
        stage.clientRaw(POST + "Transfer-Encoding: gzip, chunked\r\n\r\n" + LAST + ADMIN);
        assertThat(stage.clientGot())
                .startsWith("HTTP/1.1 501 Not Implemented\n")
                .contains("\nConnection: close\n");
        assertThat(stage.did()).containsExactly("refused UNKNOWN_CODING", "end HALF");
        assertThat(stage.leaks()).isZero();
    }

    private static String spelled(String fields) {
        return fields.replace("~", "\r\n")
                .replace("{CR}", "\r")
                .replace("{LF}", "\n")
                .replace("{NUL}", "\0")
                .replace("{TAB}", "\t")
                .replace("{VT}", "\u000b")
                .replace("{NBSP}", "\u00a0")
                .replace("{SQUARE}", "\u00b2")
                .replace("{FF}", "\u00ff");
    }

    private static Set<Map.Entry<String, String>> bodies() {
        Map<String, String> b = new TreeMap<>();
        b.put("10000000000000005\r\nhello\r\n" + LAST, "BAD_CHUNK");
        b.put("00000000000000005\r\nhello\r\n" + LAST, "BAD_CHUNK");
        b.put("0x5\r\nhello\r\n" + LAST, "BAD_CHUNK");
        b.put("+5\r\nhello\r\n" + LAST, "BAD_CHUNK");
        b.put("-1\r\nhello\r\n" + LAST, "BAD_CHUNK");
        b.put(" 5\r\nhello\r\n" + LAST, "BAD_CHUNK");
        b.put("5 \r\nhello\r\n" + LAST, "BAD_CHUNK");
        b.put("5_0\r\nhello\r\n" + LAST, "BAD_CHUNK");
        b.put("5\nhello\r\n" + LAST, "BAD_CHUNK");
        b.put("5\rhello\r\n" + LAST, "BAD_CHUNK");
        b.put("5;\nhello\r\n" + LAST, "BAD_CHUNK");
        b.put("5;a\rb\r\nhello\r\n" + LAST, "BAD_CHUNK");
        b.put("5;a\0\r\nhello\r\n" + LAST, "BAD_CHUNK");
        b.put("5\r\nhelloXX" + LAST, "BAD_CHUNK");
        b.put("5\r\nhello\n" + LAST, "BAD_CHUNK");
        b.put("5\r\nhello\r" + LAST, "BAD_CHUNK");
        b.put("\r\n" + LAST, "BAD_CHUNK");
        b.put("5\r\nhello\r\n0\n\n", "BAD_CHUNK");
        b.put("0\r\n\n", "BAD_TRAILER");
        b.put("0\r\nX: y\n\r\n", "BAD_TRAILER");
        b.put("0\r\nX : y\r\n\r\n", "BAD_TRAILER");
        b.put("0\r\nGET /smuggled HTTP/1.1\r\n\r\n", "BAD_TRAILER");
        b.put("0\r\nX: y\r\n z\r\n\r\n", "BAD_TRAILER");
        b.put("5;" + "x".repeat(20_000), "CHUNK_OVERHEAD");
        b.put("0\r\n" + "X: y\r\n".repeat(200), "CHUNK_OVERHEAD");
        return b.entrySet();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void bodiesThatReadTwoWays(Map.Entry<String, String> body) {
        stage.clientRaw(CHUNKED).connected().clientRaw(body.getKey() + ADMIN);
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 400 Bad Request\n").contains("\nConnection: close\n");
        assertThat(stage.memberGot()).doesNotContain("/admin").doesNotEndWith("0\n\n");
        assertThat(stage.did())
                .containsExactly("connect S1", "refused " + body.getValue(), "drop", "finished us 400", "end HALF");
        assertThat(stage.leaks()).isZero();
    }

    @Test
    void transferEncodingInHttp10() { // RFC 9112 §6.1
        stage.clientRaw(
                "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n" + LAST + ADMIN);
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 400 ");
        assertThat(stage.did()).containsExactly("refused CODING_IN_1_0", "end HALF");
    }

    @Test
    void aBodyByLengthIsABodyWhateverItSays() { // CL.0
        stage.clientRaw(POST + "Content-Length: " + ADMIN.length() + "\r\n\r\n" + ADMIN)
                .connected();
        assertThat(stage.memberGotRaw())
                .contains("\r\nContent-Length: " + ADMIN.length() + "\r\n")
                .endsWith("\r\n\r\n" + ADMIN);
        stage.member("HTTP/1.1 200 OK\nContent-Length: 0\n\n");
        assertThat(stage.did()).containsExactly("connect S1", "release", "finished S1 200");
    }

    @Test
    void aBodyOfAGetIsABodyToo() {
        stage.clientRaw("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi" + ADMIN)
                .connected();
        assertThat(stage.memberGotRaw()).contains("\r\nContent-Length: 2\r\n").endsWith("\r\n\r\nhi");
    }

    @Test
    void optionsInConnectionAreBounded() { // RFC 9110 §7.6.1
        stage.client("GET / HTTP/1.1\nHost: a\nConnection: " + "a,".repeat(101) + "\n\n");
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 431 ");
        assertThat(stage.did()).containsExactly("refused TOO_MANY_FIELDS", "end HALF");
    }
}
