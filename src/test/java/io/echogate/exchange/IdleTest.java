package io.echogate.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Between two requests an exchange knows nothing of its client, and goes over to another one; at no other time. */
final class IdleTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";
    private final Stage stage = new Stage().pooled();

    @AfterEach
    void everyBufferIsGivenBack() {
        assertThat(stage.leaks()).isZero();
    }

    @Test
    void fromTheBeginningAndAfterEachAnswer() {
        assertThat(stage.exchange.idle()).isTrue();
        stage.clientRaw(GET).member(OK);
        assertThat(stage.exchange.idle()).isTrue();
        stage.clientRaw("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab")
                .member(OK);
        assertThat(stage.exchange.idle()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r",
                "\r\n",
                "G",
                "GET / HTTP/1.1\r\nHost: a\r\n",
                GET,
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\na",
                "x\r\n\r\n"
            })
    void notWithAnyByteOfARequest(String sent) {
        stage.clientRaw(sent);
        assertThat(stage.exchange.idle()).isFalse();
        assertThatThrownBy(() -> stage.exchange.take("1.2.3.4", 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void notWithTheNextRequestsBytesBehindAnAnswer() {
        stage.clientRaw(GET + "\r\n").member(OK);
        assertThat(stage.exchange.idle()).isFalse();
        stage.clientRaw(GET).member(OK);
        assertThat(stage.exchange.idle()).isTrue();
    }

    @Test
    void notWhileTheClientTakesNothing() {
        stage.clientRaw(GET).clientWritable(false).member(OK);
        assertThat(stage.exchange.idle()).isFalse();
        stage.clientWritable(true);
        assertThat(stage.exchange.idle()).isTrue();
    }

    @Test
    void notWhenTheClientHasEnded() {
        stage.clientEnded();
        assertThat(stage.exchange.idle()).isFalse();
    }

    @Test
    void theNextClientIsTheOneThatMembersHearOf() {
        stage.clientRaw(GET).member(OK).memberGot();
        stage.exchange.take("2001:db8::7", 0);
        stage.clientRaw(GET).member(OK);
        assertThat(stage.memberGot())
                .contains("X-Forwarded-For: 2001:db8::7\n")
                .contains("Forwarded: for=\"[2001:db8::7]\"")
                .doesNotContain(Stage.CLIENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "G",
                "GET / HTTP/1.1\r\nHost: a\r\nX-Secret: 1\r\n",
                GET,
                GET + GET + "GET /secret",
                "POST /secret HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nsecret",
                "POST /secret HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nse",
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "x\r\n\r\n"
            })
    void asGoodAsNewOnceItsClientIsGone(String sent) {
        stage.clientRaw(sent).clientClosed();
        assertThat(stage.exchange.renew()).isTrue();
        anotherClientFindsNothingOfIt();
    }

    @Test
    void asGoodAsNewWithAnAnswerCutInTheMiddle() {
        stage.clientRaw(GET)
                .member("HTTP/1.1 200 OK\nContent-Length: 9\nX-Secret: 1\n\nsec")
                .clientWritable(false)
                .clientClosed();
        assertThat(stage.exchange.renew()).isTrue();
        anotherClientFindsNothingOfIt();
    }

    @Test
    void asGoodAsNewAfterTheLastAnswer() {
        stage.clientRaw("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                .member(OK)
                .clientEnded()
                .clientClosed();
        assertThat(stage.exchange.renew()).isTrue();
        anotherClientFindsNothingOfIt();
    }

    private void anotherClientFindsNothingOfIt() {
        stage.memberGot();
        stage.clientGot();
        stage.exchange.take("2001:db8::7", 0);
        stage.clientRaw("GET /mine HTTP/1.1\r\nHost: b\r\n\r\n").member(OK);
        assertThat(stage.memberGot())
                .startsWith("GET /mine HTTP/1.1\nHost: b\n")
                .contains("X-Forwarded-For: 2001:db8::7\n")
                .doesNotContain(Stage.CLIENT)
                .doesNotContain("ecret");
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 200 OK\n").doesNotContain("ecret");
        assertThat(stage.exchange.idle()).isTrue();
    }
}
