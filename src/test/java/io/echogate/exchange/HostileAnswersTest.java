package io.echogate.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a broken or hostile member sends: nothing of it is taken for an answer, or it is cut visibly where it breaks. */
final class HostileAnswersTest {
    private static final String POST = "POST / HTTP/1.1\nHost: a\nContent-Length: 0\n\n";

    private final Stage stage = new Stage();

    @AfterEach
    void everyBufferIsGivenBack() {
        assertThat(stage.leaks()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK~Content-Length: 2~Content-Length: 3~~okx",
                "HTTP/1.1 200 OK~Content-Length: 2~Content-Length: 2~~ok",
                "HTTP/1.1 200 OK~Content-Length: 2, 2~~ok",
                "HTTP/1.1 200 OK~Content-Length: -2~~ok",
                "HTTP/1.1 200 OK~Content-Length: 99999999999999999999~~ok",
                "HTTP/1.1 200 OK~Content-Length: 2~Transfer-Encoding: chunked~~2~ok~0~~",
                "HTTP/1.1 200 OK~Transfer-Encoding: gzip~~ok",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked, gzip~~ok",
                "HTTP/1.0 200 OK~Transfer-Encoding: chunked~~2~ok~0~~",
                "HTTP/1.1 200 OK~X: a\nSet-Cookie: b~Content-Length: 2~~ok",
                "HTTP/1.1 200 OK~X: a\rSet-Cookie: b~Content-Length: 2~~ok",
                "HTTP/1.1 200 OK~X: a\0~Content-Length: 2~~ok",
                "HTTP/1.1 200 OK~X: a~ b~Content-Length: 2~~ok",
                "HTTP/1.1 200 OK~Content-Length : 2~~ok",
                "HTTP/1.1 200 OK~: x~~ok",
                "HTTP/1.1 200 O\0K~Content-Length: 2~~ok",
                "HTTP/1.1 20 OK~Content-Length: 2~~ok",
                "HTTP/1.1 2000 OK~Content-Length: 2~~ok",
                "HTTP/1.1 099 OK~Content-Length: 2~~ok",
                "HTTP/2.0 200 OK~Content-Length: 2~~ok",
                "HTTP/1.1  200 OK~Content-Length: 2~~ok",
                "200 OK~Content-Length: 2~~ok",
                "~HTTP/1.1 200 OK~Content-Length: 2~~ok",
                "<html>hello</html>",
            })
    void garbageIsA502AndNotPassedOn(String wire) { // RFC 9112 §6.3, RFC 9110 §15.6.3
        stage.client(POST).connected().memberRaw(wire.replace("~", "\r\n"));
        assertThat(stage.clientGot())
                .startsWith("HTTP/1.1 502 Bad Gateway\n")
                .endsWith("S1: answer is not valid HTTP\n");
        assertThat(stage.did())
                .containsExactly("connect S1", "drop", "heard S1 WRONG", "refused ATTEMPTS_FAILED", "finished us 502");
    }

    @Test
    void aHeadWithoutEndIsBounded() {
        stage.client(POST).connected().member("HTTP/1.1 200 OK\n" + "X: y\n".repeat(101));
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 502 ");
        stage.client(POST).connected().member("HTTP/1.1 200 OK\nX: " + "y".repeat(33_000));
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 502 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz~", "5~helloX", "5~hel", "5~hello~", "0~", "0~X: y~", "0~X y~~", "5;x"})
    void anAnswerIsNeverCompletedByUs(String rest) { // RFC 9112 §8
        stage.client(POST)
                .connected()
                .member("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\nok\n")
                .memberRaw(rest.replace("~", "\r\n"));
        if (!stage.log.contains("drop")) {
            stage.memberClosed();
        }
        assertThat(stage.clientGot()).contains("\n\n2\nok\n").doesNotContain("\n0\n");
        assertThat(stage.did()).endsWith("drop", "heard S1 RESET", "finished S1 200", "end CLOSE");
    }

    @Test
    void anAnswerByLengthIsNeverCompletedByUs() { // RFC 9112 §8
        stage.client(POST)
                .connected()
                .member("HTTP/1.1 200 OK\nContent-Length: 3\n\nok")
                .memberClosed();
        assertThat(stage.clientGot()).contains("\nContent-Length: 3\n").endsWith("\n\nok");
        assertThat(stage.did()).endsWith("drop", "heard S1 RESET", "finished S1 200", "end CLOSE");
    }

    @Test
    void aForgedProofIsLeftOut() {
        stage.client(POST).connected().member("HTTP/1.1 200 OK\nEchogate-Member: S9\nContent-Length: 0\n\n");
        assertThat(stage.clientGot()).contains("Echogate-Member: S1\n").doesNotContain("S9");
    }

    @Test
    void whatIsSentIntoTheIdleConnectionIsNobodysAnswer() { // RFC 9112 §9.2
        stage.client("HEAD / HTTP/1.1\nHost: a\n\n").connected();
        stage.member("HTTP/1.1 200 OK\nContent-Length: 6\n\nforged");
        assertThat(stage.clientGot()).endsWith("\n\n").doesNotContain("forged");
        assertThat(stage.did()).containsExactly("connect S1", "drop", "finished S1 200");
    }
}
