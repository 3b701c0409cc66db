package io.echogate.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a request at a drained member: it finishes, or at the deadline it moves if that is safe, or is cut. */
final class EvictionTest {
    private static final String GET = "GET / HTTP/1.1\nHost: a\n\n";
    private static final String POST = "POST / HTTP/1.1\nHost: a\nContent-Length: 5\n\nhello";
    private static final String OK = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";
    private final Stage stage = new Stage();

    @AfterEach
    void everyBufferIsGivenBack() {
        assertThat(stage.leaks()).isZero();
        assertThat(stage.around().budget().inFlight()).isZero();
    }

    @Test
    void whatRunsFinishesAndTheNextRequestOfTheSameClientGoesElsewhere() {
        stage.client(GET).connected();
        stage.did();
        stage.drained(1);
        assertThat(stage.did()).isEmpty();
        stage.member(OK);
        assertThat(stage.clientGot()).endsWith("Echogate-Member: S1\nEchogate-Attempts: 1\n\nok");
        stage.client(GET);
        assertThat(stage.did()).containsExactly("release", "finished S1 200", "connect S2");
    }

    @Test
    void whileConnectingEvenAPostMoves() {
        stage.client(POST).drained(1);
        stage.did();
        assertThat(stage.evict(1)).isFalse();
        assertThat(stage.did()).containsExactly("drop", "retry DRAINED", "connect S2");
    }

    @Test
    void whileWaitingAGetMoves() {
        stage.client(GET).connected().drained(1);
        stage.did();
        assertThat(stage.evict(1)).isFalse();
        assertThat(stage.did()).containsExactly("drop", "retry DRAINED", "connect S2");
    }

    @Test
    void whileWaitingAPostIsToldWhy() {
        stage.client(POST).connected().drained(1);
        stage.did();
        assertThat(stage.evict(1)).isTrue();
        assertThat(stage.did()).containsExactly("drop", "refused ATTEMPTS_FAILED", "finished us 502");
        assertThat(stage.clientGot()).contains("S1: taken out of service by the operator\n");
    }

    @Test
    void anAnswerThatHasBegunIsCutVisibly() {
        stage.client(GET).connected().member("HTTP/1.1 200 OK\nContent-Length: 9\n\nhalf");
        stage.drained(1).did();
        assertThat(stage.evict(1)).isTrue();
        assertThat(stage.did()).containsExactly("drop", "finished S1 200", "end CLOSE");
    }

    @Test
    void aTunnelIsCut() {
        stage.client("GET / HTTP/1.1\nHost: a\nConnection: upgrade\nUpgrade: x\n\n")
                .connected()
                .member("HTTP/1.1 101 Switching Protocols\nConnection: upgrade\nUpgrade: x\n\n");
        stage.drained(1).did();
        assertThat(stage.evict(1)).isTrue();
        assertThat(stage.did()).contains("drop", "finished S1 101");
    }

    @Test
    void aKeptConnectionThatIsGoneIsNotReplacedThereByAFreshOne() {
        stage.client(GET).reused().drained(1).did();
        stage.memberClosed();
        assertThat(stage.did()).containsExactly("drop", "retry RESET", "connect S2");
    }

    @Test
    void whoeverIsElsewhereOrIdleIsLeftAlone() {
        stage.drained(2).client(GET).connected();
        stage.did();
        assertThat(stage.evict(2)).isFalse();
        stage.member(OK);
        stage.did();
        assertThat(stage.evict(1)).isFalse();
        assertThat(stage.did()).isEmpty();
    }
}
