package io.echogate.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.config.CarryRules;
import io.echogate.config.HedgeRules;
import io.echogate.config.Limits;
import io.echogate.config.OutlierRules;
import io.echogate.model.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Design: carrying. Each test is one way in which a member fails and what the client notices of it. */
final class FailoverTest {
    private static final String GET = "GET / HTTP/1.1\nHost: a\n\n";
    private static final String POST = "POST / HTTP/1.1\nHost: a\nContent-Length: 5\n\nhello";
    private static final String OK = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";
    private final Stage stage = new Stage();

    @AfterEach
    void everyBufferIsGivenBack() {
        assertThat(stage.leaks()).isZero();
        assertThat(stage.around().budget().inFlight()).isZero();
    }

    private void okFrom(String member, int attempts) {
        stage.member(OK);
        assertThat(stage.clientGot())
                .isEqualTo("HTTP/1.1 200 OK\nContent-Length: 2\nEchogate-Member: " + member + "\nEchogate-Attempts: "
                        + attempts + "\n\nok");
        assertThat(stage.did()).endsWith("release", "finished " + member + " 200");
    }

    @Test
    void refusedGoesToTheNextMember() {
        stage.client(GET).refused();
        assertThat(stage.did())
                .containsExactly("connect S1", "drop", "heard S1 REFUSED", "retry REFUSED", "connect S2");
        stage.connected();
        okFrom("S2", 2);
    }

    @Test
    void refusedMovesAPostToo() {
        stage.client(POST).refused().connected();
        assertThat(stage.memberGot()).startsWith("POST / HTTP/1.1\n").endsWith("\n\nhello");
        assertThat(stage.did()).endsWith("connect S2");
        okFrom("S2", 2);
    }

    @Test
    void connectTimeoutGoesToTheNextMember() {
        stage.client(GET).pass(499);
        assertThat(stage.did()).containsExactly("connect S1", "heard S1 OVERDUE");
        stage.pass(1);
        assertThat(stage.did())
                .containsExactly("drop", "heard S1 CONNECT_SILENT", "retry CONNECT_TIMEOUT", "connect S2");
    }

    @Test
    void resetBeforeTheFirstByteMovesAGet() {
        stage.client(GET).connected().memberReset();
        assertThat(stage.did()).endsWith("heard S1 RESET", "retry RESET", "connect S2");
        stage.connected();
        okFrom("S2", 2);
    }

    @Test
    void aHalfHeadIsNoAnswerYet() {
        stage.client(GET).connected().member("HTTP/1.1 200 OK\nContent-").memberReset();
        assertThat(stage.did()).endsWith("connect S2");
        stage.connected();
        okFrom("S2", 2);
    }

    @Test
    void aSentPostIsNeverSentTwice() {
        stage.client(POST).connected();
        stage.did();
        stage.memberReset();
        assertThat(stage.did()).containsExactly("drop", "heard S1 RESET", "refused ATTEMPTS_FAILED", "finished us 502");
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 502 Bad Gateway\n").contains("S1: connection broke");
    }

    @Test
    void anIdempotencyKeyMakesAPostRepeatable() {
        stage.client("POST / HTTP/1.1\nHost: a\nIdempotency-Key: k\nContent-Length: 5\n\nhello")
                .connected()
                .memberReset()
                .connected();
        assertThat(stage.did()).contains("connect S2");
        assertThat(stage.memberGot().split("hello", -1)).hasSize(3);
        okFrom("S2", 2);
    }

    @Test
    void firstByteTimeoutGoesToTheNextMember() {
        stage.client(GET).connected().pass(9_999);
        assertThat(stage.did()).containsExactly("connect S1", "heard S1 OVERDUE");
        stage.pass(1);
        assertThat(stage.did()).containsExactly("drop", "heard S1 SILENT", "retry FIRST_BYTE_TIMEOUT", "connect S2");
    }

    @Test
    void aClientThatWaitsForContinueDoesNotWaitForAFrozenMember() {
        String head = " / HTTP/1.1\nHost: a\nExpect: 100-continue\nContent-Length: 5\n\n";
        stage.client("PUT" + head).connected().pass(3_000).state(1, State.SUSPECT);
        assertThat(stage.did()).endsWith("drop", "retry DOUBTED", "connect S2");
        stage.connected().member("HTTP/1.1 100 Continue\n\n").client("hello");
        assertThat(stage.clientGot()).isEqualTo("HTTP/1.1 100 Continue\n\n");
        okFrom("S2", 2);
    }

    @Test
    void aMemberThatLeavesAHalfBodyIsNotBlamedForTheClientsSlowness() {
        String half = " / HTTP/1.1\nHost: a\nContent-Length: 5\n\nhe";
        stage.client("PUT" + half).connected().pass(20_000).memberClosed();
        assertThat(stage.did()).containsExactly("connect S1", "drop", "retry RESET", "connect S2");
        stage.connected().member("HTTP/1.1 408 Slow\nContent-Length: 9\n\nhe").memberClosed();
        assertThat(stage.did()).containsExactly("drop", "finished S2 408", "end CLOSE");
    }

    @Test
    void garbageGoesToTheNextMember() {
        stage.client(GET).connected().member("220 smtp.example.com\n");
        assertThat(stage.did()).endsWith("heard S1 WRONG", "retry BAD_ANSWER", "connect S2");
    }

    @Test
    void twoLengthsAreGarbage() {
        stage.client(POST).connected().member("HTTP/1.1 200 OK\nContent-Length: 2\nContent-Length: 3\n\nok");
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 502 ");
    }

    @Test
    void turningSuspectMovesAWaitingGetAtOnce() {
        stage.client(GET).connected().pass(300).state(1, State.SUSPECT);
        assertThat(stage.did())
                .containsExactly("connect S1", "heard S1 OVERDUE", "drop", "retry DOUBTED", "connect S2");
        stage.connected();
        okFrom("S2", 2);
    }

    @Test
    void turningDownWhileConnectingMovesAPostToo() {
        stage.client(POST).state(1, State.DOWN).connected();
        assertThat(stage.did()).endsWith("retry DOUBTED", "connect S2");
        okFrom("S2", 2);
    }

    @Test
    void doubtDoesNotMoveASentPost() {
        stage.client(POST).connected().state(1, State.DOWN);
        assertThat(stage.did()).containsExactly("connect S1");
        okFrom("S1", 1);
    }

    @Test
    void doubtDoesNotMoveWhatHasBegunToAnswer() {
        stage.client(GET)
                .connected()
                .member("HTTP/1.1 200 OK\nContent-Length: 2\n")
                .state(1, State.SUSPECT);
        assertThat(stage.did()).containsExactly("connect S1");
    }

    @Test
    void convictionMovesAGetThatHasHalfAHead() {
        stage.client(GET)
                .connected()
                .member("HTTP/1.1 200 OK\nContent-Length: 2\n")
                .state(1, State.DOWN);
        assertThat(stage.did()).containsExactly("connect S1", "drop", "retry DOUBTED", "connect S2");
        stage.connected();
        okFrom("S2", 2);
    }

    @Test
    void convictionDoesNotMoveAnAnswerThatTheClientReads() {
        stage.client(GET)
                .connected()
                .member("HTTP/1.1 200 OK\nContent-Length: 2\n\no")
                .state(1, State.DOWN);
        assertThat(stage.did()).containsExactly("connect S1");
    }

    @Test
    void doubtDoesNotMoveToSomebodyNoBetter() {
        stage.state(2, State.SUSPECT).state(3, State.DOWN);
        stage.client(GET).connected().state(1, State.SUSPECT);
        assertThat(stage.did()).containsExactly("connect S1");
        okFrom("S1", 1);
    }

    @Test
    void theLastMemberThatIsLeftIsTriedOnce() {
        stage.client(GET).refused().refused().refused();
        assertThat(stage.did()).endsWith("heard S3 REFUSED", "refused ATTEMPTS_FAILED", "finished us 502");
        assertThat(stage.clientGot())
                .startsWith("HTTP/1.1 502 Bad Gateway\n")
                .contains("S1: connection refused\nS2: connection refused\nS3: connection refused\n");
    }

    @Test
    void furtherAttemptsAreBounded() {
        CarryRules d = CarryRules.DEFAULT;
        CarryRules one = new CarryRules(
                d.connectTimeout(),
                d.firstByteTimeout(),
                d.requestTimeout(),
                d.idleTimeout(),
                d.headTimeout(),
                d.drainTimeout(),
                1,
                d.replayBuffer(),
                20,
                3,
                true,
                HedgeRules.DEFAULT,
                OutlierRules.DEFAULT);
        Stage s = new Stage(Configs.with(false, Limits.DEFAULT, one));
        s.client(GET).refused().refused();
        assertThat(s.did()).doesNotContain("connect S3").endsWith("finished us 502");
    }

    @Test
    void aLastTimeoutIs504AsJson() {
        stage.state(2, State.DOWN).state(3, State.DOWN);
        stage.client("GET / HTTP/1.1\nHost: a\nAccept: application/json\n\n")
                .connected()
                .pass(10_000);
        assertThat(stage.clientGot())
                .startsWith("HTTP/1.1 504 Gateway Timeout\nContent-Type: application/json\n")
                .contains("{\"name\":\"S1\",\"why\":\"no answer in time\"}");
    }

    @Test
    void nobodyServesIsSaidWithStateAndCause() {
        stage.state(1, State.DOWN).state(2, State.DOWN).state(3, State.DOWN).client(GET);
        assertThat(stage.clientGot())
                .startsWith("HTTP/1.1 503 Service Unavailable\n")
                .contains("\nRetry-After: 1\n")
                .contains("S1 DOWN PORT_CLOSED: machine answers, nobody listens on the port\n")
                .contains("S3 DOWN");
        stage.client("GET / HTTP/1.1\nHost: a\nAccept: application/json, text/plain\n\n");
        assertThat(stage.clientGot()).contains("{\"name\":\"S2\",\"state\":\"DOWN\",\"cause\":\"PORT_CLOSED\"");
    }

    @Test
    void aDeadReusedConnectionIsReplacedOnceWithoutBlame() {
        stage.client(GET).reused().memberClosed();
        assertThat(stage.did()).containsExactly("connect S1", "drop", "connect fresh S1");
        stage.connected();
        okFrom("S1", 1);
    }

    @Test
    void aReplacementThatDiesTooIsAFailure() {
        stage.client(GET).reused().memberClosed().connected().memberClosed();
        assertThat(stage.did()).endsWith("heard S1 RESET", "retry RESET", "connect S2");
    }

    @Test
    void aDeadReusedConnectionIsNotReplacedForAPost() {
        stage.client(POST).reused().memberClosed();
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 502 ");
    }

    @Test
    void anErrorIsTriedOnceElsewhere() {
        stage.client(GET).connected().member("HTTP/1.1 503 Busy\nContent-Length: 4\n\nbusy");
        assertThat(stage.did()).containsExactly("connect S1", "drop", "retry ERROR_STATUS", "connect S2");
        assertThat(stage.clientGot()).isEmpty();
        stage.connected().member("HTTP/1.1 500 Oops\nContent-Length: 4\n\noops");
        assertThat(stage.clientGot())
                .startsWith("HTTP/1.1 500 Oops\n")
                .contains("Attempts: 2")
                .endsWith("oops");
    }

    @Test
    void anErrorIsPassedOnWhenNobodyElseIsWell() {
        stage.state(2, State.SUSPECT).state(3, State.DOWN);
        stage.client(GET).connected().member("HTTP/1.1 503 Busy\nContent-Length: 4\n\nbusy");
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 503 Busy\n").endsWith("busy");
    }

    @Test
    void anErrorForAPostIsPassedOn() {
        stage.client(POST).connected().member("HTTP/1.1 500 Oops\nContent-Length: 4\n\noops");
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 500 Oops\n");
    }

    @Test
    void withoutBudgetAnErrorIsPassedOn() {
        stage.around().budget().take();
        stage.around().budget().take();
        stage.around().budget().take();
        stage.client(GET).connected().member("HTTP/1.1 503 Busy\nContent-Length: 4\n\nbusy");
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 503 Busy\n");
    }

    @Test
    void withoutBudgetARefusedConnectionStillMoves() {
        stage.around().budget().take();
        stage.around().budget().take();
        stage.around().budget().take();
        stage.client(GET).refused();
        assertThat(stage.did()).endsWith("connect S2");
    }

    @Test
    void aBodyBeyondTheReplayBufferIsNotSentAgain() {
        String body = "x".repeat(70_000);
        stage.client("PUT / HTTP/1.1\nHost: a\nContent-Length: 70000\n\n").connected();
        stage.clientRaw(body).memberReset();
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 502 ");
    }

    @Test
    void aBodyWithinTheReplayBufferIsSentAgain() {
        String body = "x".repeat(60_000);
        stage.client("PUT / HTTP/1.1\nHost: a\nContent-Length: 60000\n\n").connected();
        stage.clientRaw(body).memberReset();
        stage.memberGot();
        stage.connected();
        assertThat(stage.memberGot()).contains("Content-Length: 60000\n").endsWith("\n\n" + body);
        okFrom("S2", 2);
    }

    @Test
    void aLargeBodyWaitsForTheConnectionWithoutBeingLost() {
        stage.client("POST / HTTP/1.1\nHost: a\nContent-Length: 200000\n\n");
        stage.clientRaw("x".repeat(70_000)).clientRaw("x".repeat(70_000));
        assertThat(stage.readsClient()).isFalse();
        stage.refused().connected();
        assertThat(stage.readsClient()).isTrue();
        stage.clientRaw("x".repeat(60_000));
        assertThat(stage.memberGot()).hasSizeGreaterThan(200_000).endsWith("\n\n" + "x".repeat(200_000));
        okFrom("S2", 2);
    }

    @Test
    void anAnswerCutShortIsCutShortVisibly() {
        stage.client(GET).connected().member("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nhello\n");
        stage.did();
        stage.memberClosed();
        assertThat(stage.clientGot()).endsWith("5\nhello\n");
        assertThat(stage.did()).containsExactly("drop", "heard S1 RESET", "finished S1 200", "end CLOSE");
    }

    @Test
    void clientAbortsAreNobodysFault() {
        stage.client(GET).connected().clientClosed();
        assertThat(stage.did()).containsExactly("connect S1", "drop", "finished us 0");
        Stage other = new Stage();
        other.client("POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n5\nhello\nzz\n");
        assertThat(other.did())
                .containsExactly("connect S1", "refused BAD_CHUNK", "drop", "finished us 400", "end HALF");
        assertThat(other.clientGot()).startsWith("HTTP/1.1 400 Bad Request\n").contains("Connection: close\n");
    }

    @Test
    void theWholeRequestHasItsTime() {
        stage.client(GET)
                .connected()
                .pass(10_000)
                .connected()
                .pass(10_000)
                .connected()
                .pass(10_000);
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 504 ");
        assertThat(stage.did()).filteredOn(a -> a.startsWith("connect")).hasSize(3);
    }
}
