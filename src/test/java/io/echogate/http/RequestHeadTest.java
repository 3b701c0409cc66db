package io.echogate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestHeadTest {
    private static final String TYPICAL = Wire.crlf("""
            POST /a/b?c=d HTTP/1.1
            Host: example.com:8080
            Accept: application/json
            Content-Length: 12
            X-Any:   padded value\\t

            """);

    private static RequestHead done(String wire) {
        RequestHead head = Wire.request();
        assertThat(head.feed(Wire.bytes(wire))).isEqualTo(Progress.DONE);
        return head;
    }

    private static String request(String fields) {
        return "GET / HTTP/1.1\r\nHost: a\r\n" + Wire.crlf(fields) + "\r\n";
    }

    @Test
    void readsTheParts() {
        RequestHead head = done(TYPICAL);
        assertThat(head.method()).isEqualTo("POST");
        assertThat(head.verb()).isEqualTo(Verb.POST);
        assertThat(head.path()).isEqualTo("/a/b?c=d");
        assertThat(head.minor()).isEqualTo(1);
        assertThat(head.framing()).isEqualTo(Framing.LENGTH);
        assertThat(head.length()).isEqualTo(12);
        assertThat(head.fields().count()).isEqualTo(4);
        assertThat(head.fields().value(head.fields().find("x-any"))).isEqualTo("padded value");
        assertThat(head.fields().value(head.fields().first(FieldName.HOST))).isEqualTo("example.com:8080");
        assertThat(head.fields().find("absent")).isEqualTo(-1);
    }

    @Test
    void splitAtEveryByteItSaysTheSame() {
        for (int cut = 1; cut < TYPICAL.length(); cut++) {
            RequestHead head = Wire.request();
            assertThat(head.feed(Wire.bytes(TYPICAL.substring(0, cut)))).isEqualTo(Progress.MORE);
            assertThat(head.feed(Wire.bytes(TYPICAL.substring(cut)))).isEqualTo(Progress.DONE);
            assertThat(head.path()).isEqualTo("/a/b?c=d");
            assertThat(head.length()).isEqualTo(12);
        }
    }

    @Test
    void byteByByteItSaysTheSame() {
        RequestHead head = Wire.request();
        for (int i = 0; i < TYPICAL.length() - 1; i++) {
            assertThat(head.feed(Wire.bytes(TYPICAL.substring(i, i + 1)))).isEqualTo(Progress.MORE);
        }
        assertThat(head.feed(Wire.bytes("\n"))).isEqualTo(Progress.DONE);
        assertThat(head.fields().count()).isEqualTo(4);
    }

    @Test
    void leavesWhatFollowsTheHead() {
        ByteBuf in = Wire.bytes(TYPICAL + "twelve bytes" + "GET /next");
        assertThat(Wire.request().feed(in)).isEqualTo(Progress.DONE);
        assertThat(in.toString(StandardCharsets.ISO_8859_1)).isEqualTo("twelve bytesGET /next");
    }

    @Test
    void isReusedForTheNextRequest() {
        RequestHead head = Wire.request();
        ByteBuf in = Wire.bytes(request("Content-Length: 0\n") + TYPICAL);
        head.feed(in);
        head.reset();
        assertThat(head.feed(in)).isEqualTo(Progress.DONE);
        assertThat(head.verb()).isEqualTo(Verb.POST);
        assertThat(head.fields().count(FieldName.CONTENT_LENGTH)).isEqualTo(1);
        assertThat(in.isReadable()).isFalse();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Content-Length: 5\\r\\nTransfer-Encoding: chunked | LENGTH_AND_CODING | RFC 9112 6.3",
                "Transfer-Encoding: chunked\\r\\nContent-Length: 5 | LENGTH_AND_CODING | RFC 9112 6.3",
                "Content-Length: 5\\r\\nContent-Length: 6 | REPEATED_LENGTH | RFC 9112 6.3",
                "Content-Length: 5\\r\\nContent-Length: 5 | REPEATED_LENGTH | RFC 9112 6.3",
                "Content-Length: 5, 5 | BAD_LENGTH | RFC 9110 8.6",
                "Content-Length: +5 | BAD_LENGTH | RFC 9110 8.6",
                "Content-Length: -5 | BAD_LENGTH | RFC 9110 8.6",
                "Content-Length: 0x5 | BAD_LENGTH | RFC 9110 8.6",
                "Content-Length: 5 5 | BAD_LENGTH | RFC 9110 8.6",
                "Content-Length: | BAD_LENGTH | RFC 9110 8.6",
                "Content-Length: 9223372036854775808 | BAD_LENGTH | RFC 9110 8.6",
                "Content-Length: 18446744073709551621 | BAD_LENGTH | RFC 9110 8.6",
                "Transfer-Encoding: gzip | BAD_CODING | RFC 9112 6.1",
                "Transfer-Encoding: gzip, chunked | UNKNOWN_CODING | RFC 9112 6.1",
                "Transfer-Encoding: X-Gzip ,deflate, Chunked | UNKNOWN_CODING | RFC 9112 6.1",
                "Transfer-Encoding: gzip, cow, chunked | BAD_CODING | RFC 9112 6.1",
                "Transfer-Encoding: chunked, chunked | BAD_CODING | RFC 9112 6.1",
                "Transfer-Encoding: chunked, identity | BAD_CODING | RFC 9112 6.1",
                "Transfer-Encoding: identity | BAD_CODING | RFC 9112 6.1",
                "Transfer-Encoding: | BAD_CODING | RFC 9112 6.1",
                "Transfer-Encoding: xchunked | BAD_CODING | RFC 9112 6.1",
                "Transfer-Encoding: chunked;a=b | BAD_CODING | RFC 9112 6.1",
                "Transfer-Encoding: chunked\\r\\nTransfer-Encoding: chunked | BAD_CODING | RFC 9112 6.1",
                "Host: b | REPEATED_HOST | RFC 9112 3.2",
                "Name : x | SPACE_BEFORE_COLON | RFC 9112 5.1",
                "Name\\t: x | SPACE_BEFORE_COLON | RFC 9112 5.1",
                "Content-Length : 5 | SPACE_BEFORE_COLON | RFC 9112 5.1",
                ": x | BAD_NAME | RFC 9110 5.1",
                "Na(me: x | BAD_NAME | RFC 9110 5.1",
                "no colon | SPACE_BEFORE_COLON | RFC 9112 5",
                "nocolon | BAD_NAME | RFC 9112 5",
                "A: b\\r\\n\\tfolded | OBS_FOLD | RFC 9112 5.2",
                "A: b\\r\\n folded: c | OBS_FOLD | RFC 9112 5.2",
                "A: b\\0c | CONTROL | RFC 9110 5.5",
                "A: b\\rc | BARE_CR | RFC 9112 2.2",
                "A: b\\nc: d | BARE_LF | RFC 9112 2.2",
                "Content_Length: 5 | LOOKALIKE_NAME | RFC 9110 5.1",
                "Transfer_Encoding: chunked | LOOKALIKE_NAME | RFC 9110 5.1",
                "X_Forwarded_For: 1.1.1.1 | LOOKALIKE_NAME | RFC 9110 5.1",
            })
    void refusesFields(String fields, Fault expected) {
        assertThat(Wire.faultOf(request(fields + "\n"))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "GET  / HTTP/1.1|BAD_REQUEST_LINE",
                "GET /  HTTP/1.1|BAD_REQUEST_LINE",
                "GET / HTTP/1.1 |BAD_REQUEST_LINE",
                " GET / HTTP/1.1|BAD_REQUEST_LINE",
                "GET\\t/ HTTP/1.1|BAD_REQUEST_LINE",
                "GET /|BAD_REQUEST_LINE",
                "GET|BAD_REQUEST_LINE",
                "G(T / HTTP/1.1|BAD_REQUEST_LINE",
                "GET /a b HTTP/1.1|BAD_REQUEST_LINE",
                "GET / http/1.1|BAD_REQUEST_LINE",
                "GET / HTTP/1.10|BAD_REQUEST_LINE",
                "GET / HTTP/11|BAD_REQUEST_LINE",
                "GET / HTTP/2.0|BAD_VERSION",
                "PRI * HTTP/2.0|BAD_VERSION",
                "GET / HTTP/0.9|BAD_VERSION",
                "GET /\u00e9 HTTP/1.1|BAD_REQUEST_LINE",
                "GET /#f HTTP/1.1|BAD_TARGET",
                "GET * HTTP/1.1|BAD_TARGET",
                "OPTIONS ** HTTP/1.1|BAD_TARGET",
                "GET a/b HTTP/1.1|BAD_TARGET",
                "GET ftp://a/ HTTP/1.1|BAD_TARGET",
                "GET http:///x HTTP/1.1|BAD_TARGET",
                "GET http://u@a/x HTTP/1.1|BAD_TARGET",
                "CONNECT /x HTTP/1.1|BAD_TARGET",
                "GET /\\0 HTTP/1.1|CONTROL",
                "GET / HTTP/1.1\\n|BARE_LF",
                "GET /\\rx HTTP/1.1|BARE_CR",
            })
    void refusesRequestLines(String line, Fault expected) {
        assertThat(Wire.faultOf(Wire.crlf(line) + "\r\nHost: a\r\n\r\n")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a,b", "a b", "a/b", "u@a", "a:b", "a:65536", "a:1:2", "[::1", "[]", "[g]", "a%2", "\u00e9"})
    void refusesHosts(String host) {
        assertThat(Wire.faultOf("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n")).isEqualTo(Fault.BAD_HOST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.b-c_d", "a:", "a:80", "1.2.3.4:65535", "[::1]", "[::1]:80", "a%20b"})
    void acceptsHosts(String host) {
        done("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }

    @Test
    void hostIsNeededIn11Only() {
        assertThat(Wire.faultOf("GET / HTTP/1.1\r\nA: b\r\n\r\n")).isEqualTo(Fault.NO_HOST);
        assertThat(done("GET / HTTP/1.0\r\n\r\n").minor()).isZero();
    }

    @Test
    void codingIn10IsRefused() {
        assertThat(Wire.faultOf("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"))
                .isEqualTo(Fault.CODING_IN_1_0);
    }

    @Test
    void leadingSpaceBeforeTheFirstFieldIsRefused() {
        assertThat(Wire.faultOf("GET / HTTP/1.1\r\n Host: a\r\n\r\n")).isEqualTo(Fault.LEADING_SPACE);
    }

    @Test
    void oneEmptyLineBeforeTheRequestIsForgiven() {
        done("\r\n" + request(""));
        assertThat(Wire.faultOf("\r\n\r\n" + request(""))).isEqualTo(Fault.BAD_REQUEST_LINE);
    }

    @Test
    void limitsHaveTheirOwnFault() {
        assertThat(Wire.faultOf("GET /" + "a".repeat(63) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .isNull();
        assertThat(Wire.faultOf("GET /" + "a".repeat(64) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .isEqualTo(Fault.TARGET_TOO_LONG);
        assertThat(Wire.faultOf("GET /" + "a".repeat(5000))).isEqualTo(Fault.TARGET_TOO_LONG);
        assertThat(Wire.faultOf(request("A: " + "b".repeat(1024) + "\n"))).isEqualTo(Fault.HEAD_TOO_LARGE);
        assertThat(Wire.faultOf(request("A: b\n".repeat(7)))).isNull();
        assertThat(Wire.faultOf(request("A: b\n".repeat(8)))).isEqualTo(Fault.TOO_MANY_FIELDS);
    }

    @Test
    void garbageIsRefusedBeforeALineIsComplete() {
        assertThat(Wire.faultOf("\u0016\u0003\u0001")).isEqualTo(Fault.CONTROL);
        assertThat(Wire.faultOf("(")).isEqualTo(Fault.BAD_REQUEST_LINE);
        assertThat(Wire.faultOf("GET / HTTP/1.1\n")).isEqualTo(Fault.BARE_LF);
    }

    @ParameterizedTest(name = "{0} {1} -> {2} {3}")
    @CsvSource({
        "GET, /x?y, ORIGIN, /x?y",
        "GET, http://h/x, ABSOLUTE, /x",
        "GET, HTTP://h:80, ABSOLUTE, ''",
        "GET, http://h?q, ABSOLUTE, ?q",
        "GET, https://h/, ABSOLUTE, /",
        "OPTIONS, *, ASTERISK, *",
        "GET, //x//y, ORIGIN, //x//y",
        "GET, /a%2Fb{}|, ORIGIN, /a%2Fb{}|",
    })
    void readsTargets(String method, String target, RequestTarget.Form form, String path) {
        RequestHead head = done(method + " " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(head.target().form()).isEqualTo(form);
        assertThat(head.path()).isEqualTo(path);
    }

    @Test
    void higherMinorVersionsCountAs11() {
        assertThat(done("GET / HTTP/1.9\r\nHost: a\r\n\r\n").minor()).isEqualTo(1);
    }

    @Test
    void connectionOptionsDecidePersistence() {
        assertThat(done(request("")).keepAlive()).isTrue();
        assertThat(done(request("Connection: x, Close\n")).keepAlive()).isFalse();
        assertThat(done("GET / HTTP/1.0\r\n\r\n").keepAlive()).isFalse();
        assertThat(done("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n").keepAlive())
                .isTrue();
    }

    @Test
    void fieldsListedByConnectionAreMarked() {
        Fields f = done(request("X-Hop: 1\nConnection: close , x-hop\nX-Stay: 2\n"))
                .fields();
        assertThat(f.dropped(f.find("X-Hop"))).isTrue();
        assertThat(f.dropped(f.find("X-Stay"))).isFalse();
    }

    @Test
    void upgradeAndExpectAreSeen() {
        RequestHead head = done(request("Connection: keep-alive, Upgrade\nUpgrade: websocket\nExpect: 100-Continue\n"));
        assertThat(head.asksUpgrade()).isTrue();
        assertThat(head.expectsContinue()).isTrue();
        assertThat(done(request("Upgrade: websocket\n")).asksUpgrade()).isFalse();
        assertThat(done("POST / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n").expectsContinue())
                .isFalse();
    }
}
