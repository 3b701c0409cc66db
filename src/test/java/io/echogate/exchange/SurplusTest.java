package io.echogate.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a member sends beyond the head that decided its attempt is nobody else's answer, even when the next is at hand. */
final class SurplusTest {
    private static final String FORGED = "HTTP/1.1 200 OK\nContent-Length: 6\n\nforged";
    private static final String OK = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";
    private final Stage stage = new Stage().pooled();

    @AfterEach
    void everyBufferIsGivenBack() {
        assertThat(stage.leaks()).isZero();
        assertThat(stage.around().budget().inFlight()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 503 Busy\nContent-Length: 44\n\n",
                "HTTP/1.1 200 OK\nContent-Length: 2\nContent-Length: 3\n\n",
                "HTTP/1.1 101 Switching Protocols\nUpgrade: x\n\n"
            })
    void whatFollowsAFailedHeadIsNotTheNextMembersAnswer(String head) {
        stage.client("GET / HTTP/1.1\nHost: a\n\n").member(head + FORGED);
        assertThat(stage.clientGot()).isEmpty();
        stage.member(OK);
        assertThat(stage.clientGot()).contains("Echogate-Member: S2").endsWith("\n\nok");
    }

    @Test
    void interimAnswersWithoutEndAreNotTheNextMembersAnswer() {
        stage.client("GET / HTTP/1.0\n\n").member("HTTP/1.1 103 Early Hints\n\n".repeat(17) + FORGED);
        assertThat(stage.clientGot()).isEmpty();
        stage.member(OK);
        assertThat(stage.clientGot()).contains("Echogate-Member: S2").endsWith("\n\nok");
    }

    @Test
    void whatFollowsGarbageIsNotTheNextRequestsAnswer() {
        stage.client("POST /one HTTP/1.1\nHost: a\nContent-Length: 0\n\nGET /two HTTP/1.1\nHost: a\n\n");
        stage.member("HTTP/1.1 200 OK\nContent-Length: x\n\n" + FORGED);
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 502 ").doesNotContain("forged");
        stage.member(OK);
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 200 OK").endsWith("\n\nok");
    }
}
