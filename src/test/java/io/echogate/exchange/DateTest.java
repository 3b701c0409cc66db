package io.echogate.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 9110 §6.6.1: every final answer tells when it was made; whoever passes one on without that adds it. */
final class DateTest {
    private static final String GET = "GET / HTTP/1.1\nHost: a\n\n";
    private static final String DATE = "\nDate: Sun, 06 Nov 1994 08:49:37 GMT\n";
    private final Stage stage = new Stage();

    @BeforeEach
    void itIsThen() {
        stage.around().time(Instant.parse("1994-11-06T08:49:37.900Z"));
    }

    @AfterEach
    void everyBufferIsGivenBack() {
        assertThat(stage.leaks()).isZero();
    }

    @Test
    void ourOwnAnswersHaveOne() {
        stage.client("TRACE / HTTP/1.1\nHost: a\n\n");
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 405 ").containsOnlyOnce(DATE);
        stage.around().time(Instant.parse("1994-11-06T08:49:38Z"));
        stage.client("GET / HTTP/1.1\n\n");
        assertThat(stage.clientGot())
                .startsWith("HTTP/1.1 400 ")
                .containsOnlyOnce("\nDate: Sun, 06 Nov 1994 08:49:38 GMT\n");
    }

    @Test
    void aMembersAnswerWithoutOneGetsOne() {
        stage.client(GET).connected().member("HTTP/1.1 103 Early Hints\n\nHTTP/1.1 200 OK\nContent-Length: 2\n\nok");
        assertThat(stage.clientGot())
                .startsWith("HTTP/1.1 103 Early Hints\n\nHTTP/1.1 200 OK\n")
                .containsOnlyOnce(DATE);
    }

    @Test
    void aMembersOwnStays() {
        stage.client(GET).connected().member("HTTP/1.1 200 OK\nDate: then\nConnection: Date\nContent-Length: 2\n\nok");
        assertThat(stage.clientGot()).containsOnlyOnce("Date: ").contains("\nDate: then\n");
    }
}
