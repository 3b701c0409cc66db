package io.echogate.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.config.CarryRules;
import io.echogate.config.Carrying;
import io.echogate.config.HedgeRules;
import io.echogate.config.Limits;
import io.echogate.model.State;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Design: a second attempt beside a slow first one, the first answer wins. Members usually answer after 3 ms here. */
final class HedgeTest {
    private static final String GET = "GET / HTTP/1.1\nHost: a\n\n";
    private static final String OK = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";
    private static final String ERROR = "HTTP/1.1 503 Busy\nContent-Length: 2\n\nno";
    private final Stage stage = usual(new Stage(Configs.with(false, Limits.DEFAULT, hedging(5))).pooled());

    private static CarryRules hedging(int budget) {
        return Carrying.hedging(new HedgeRules(true, Duration.ofMillis(20), Duration.ofSeconds(1), budget));
    }

    private static Stage usual(Stage stage) {
        for (int i = 0; i < 40; i++) {
            stage.client(GET).pass(3).member(OK);
        }
        stage.clientGot();
        stage.memberGot();
        stage.did();
        return stage;
    }

    @AfterEach
    void everyBufferIsGivenBack() {
        assertThat(stage.leaks()).isZero();
        assertThat(stage.around().budget().inFlight()).isZero();
    }

    private Stage hedged() {
        stage.client(GET).pass(20);
        assertThat(stage.did()).containsExactly("connect S1", "spare S2");
        return stage;
    }

    private void clientGotOkFrom(String member) {
        assertThat(stage.clientGot())
                .isEqualTo("HTTP/1.1 200 OK\nContent-Length: 2\nEchogate-Member: " + member
                        + "\nEchogate-Attempts: 2\n\nok");
    }

    @Test
    void aSlowFirstAttemptGetsACompanionWithTheSameRequest() {
        stage.client(GET).pass(19);
        assertThat(stage.did()).containsExactly("connect S1");
        stage.pass(1);
        assertThat(stage.did()).containsExactly("spare S2");
        assertThat(stage.spareGot()).isEqualTo(stage.memberGot());
    }

    @Test
    void whenTheSecondAnswersFirstItsAnswerIsPassedOnAndTheFirstIsLeft() {
        hedged().spare(OK);
        clientGotOkFrom("S2");
        assertThat(stage.did())
                .containsExactly("heard S1 OVERDUE", "hedge WON", "promote", "release", "finished S2 200");
    }

    @Test
    void whenTheFirstAnswersFirstTheSecondIsLeftWithoutAWord() {
        hedged().member(OK);
        clientGotOkFrom("S1");
        assertThat(stage.did()).containsExactly("drop spare", "hedge LOST", "release", "finished S1 200");
    }

    @Test
    void anAnswerInPiecesGoesOnAfterTheChange() {
        hedged().spare("HTTP/1.1 200 OK\nContent-Len");
        stage.member("gth: 2\n\no").member("k");
        clientGotOkFrom("S2");
        assertThat(stage.did()).endsWith("promote", "release", "finished S2 200");
    }

    @Test
    void aMemberUsuallySlowIsGivenItsOwnTime() {
        for (int i = 0; i < 200; i++) {
            stage.client(GET).pass(100).member(OK);
        }
        stage.did();
        stage.client(GET).pass(99);
        assertThat(stage.did()).containsExactly("connect S1");
        stage.pass(30);
        assertThat(stage.did()).containsExactly("spare S2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\nHost: a\nContent-Length: 0\n\n",
                "PUT / HTTP/1.1\nHost: a\nContent-Length: 2\n\nhi",
                "POST / HTTP/1.1\nHost: a\nIdempotency-Key: 7\nContent-Length: 0\n\n",
                "GET / HTTP/1.1\nHost: a\nConnection: upgrade\nUpgrade: websocket\n\n"
            })
    void onlyIdempotentRequestsWithoutABodyAreHedged(String request) {
        stage.client(request).pass(5_000);
        assertThat(stage.did()).containsExactly("connect S1", "heard S1 OVERDUE");
    }

    @Test
    void anErrorOfTheSecondIsNoAnswerWhileTheFirstMayHaveOne() {
        hedged().spare(ERROR).member(OK);
        clientGotOkFrom("S1");
        assertThat(stage.did()).containsExactly("drop spare", "hedge FAILED", "release", "finished S1 200");
    }

    @Test
    void anErrorOfTheFirstIsNoAnswerWhileTheSecondMayHaveOne() {
        hedged().member(ERROR);
        assertThat(stage.did()).containsExactly("retry ERROR_STATUS", "hedge WON", "promote");
        stage.member(OK);
        clientGotOkFrom("S2");
    }

    @Test
    void whenTheFirstBreaksTheSecondIsTheRetry() {
        hedged().memberReset();
        assertThat(stage.did()).containsExactly("retry RESET", "hedge WON", "promote");
        stage.member(OK);
        clientGotOkFrom("S2");
    }

    @Test
    void whenTheFirstIsDoubtedTheSecondIsTheRetryEvenWithTwoMembers() {
        stage.state(3, State.DOWN);
        stage.did();
        hedged().state(1, State.SUSPECT);
        assertThat(stage.did()).containsExactly("retry DOUBTED", "hedge WON", "promote");
        stage.member(OK);
        clientGotOkFrom("S2");
    }

    @Test
    void whenTheSecondIsRefusedTheFirstGoesOn() {
        Stage cold = usual(new Stage(Configs.with(false, Limits.DEFAULT, hedging(5))).pooled())
                .cold();
        cold.client(GET).connected().pass(20).spareRefused().member(OK);
        assertThat(cold.did())
                .endsWith(
                        "connect S1",
                        "spare S2",
                        "drop spare",
                        "hedge FAILED",
                        "heard S2 REFUSED",
                        "release",
                        "finished S1 200");
        assertThat(cold.leaks()).isZero();
    }

    @Test
    void theSecondMustConnectInTimeToo() {
        Stage cold = usual(new Stage(Configs.with(false, Limits.DEFAULT, hedging(5))).pooled())
                .cold();
        cold.client(GET).connected().pass(20);
        cold.did();
        cold.pass(500);
        assertThat(cold.did())
                .containsExactly("heard S1 OVERDUE", "drop spare", "hedge FAILED", "heard S2 CONNECT_SILENT");
        assertThat(cold.leaks()).isZero();
    }

    @Test
    void aSecondThatClosesIsEvidenceAndTheFirstGoesOn() {
        stage.cold().client(GET).connected().pass(20).spareConnected();
        stage.did();
        stage.spareClosed().member(OK);
        clientGotOkFrom("S1");
        assertThat(stage.did())
                .containsExactly("drop spare", "hedge FAILED", "heard S2 RESET", "release", "finished S1 200");
    }

    @Test
    void aKeptConnectionThatIsGoneIsNone() {
        hedged().spareClosed().member(OK);
        clientGotOkFrom("S1");
        assertThat(stage.did()).containsExactly("drop spare", "hedge FAILED", "release", "finished S1 200");
    }

    @Test
    void aClientThatLeavesEndsBoth() {
        hedged().clientClosed();
        assertThat(stage.did())
                .containsExactly("heard S1 OVERDUE", "drop", "drop spare", "hedge LOST", "finished us 0");
    }

    @Test
    void aDoubtedSecondIsLeft() {
        hedged().state(2, State.SUSPECT);
        assertThat(stage.did()).containsExactly("drop spare", "hedge FAILED");
        stage.member(OK);
        clientGotOkFrom("S1");
    }

    @Test
    void thereIsNoSecondWithoutAWellMemberToAsk() {
        stage.state(2, State.SUSPECT).state(3, State.DOWN);
        stage.client(GET).pass(100);
        assertThat(stage.did()).containsExactly("connect S1");
    }

    @Test
    void requestsInARowAreHedgedUpToTheBudgetAndNoFurther() {
        int second = 0;
        for (int i = 0; i < 20; i++) {
            stage.client(GET).pass(25).member(OK);
            second += (int) stage.did().stream().filter("spare S2"::equals).count();
        }
        assertThat(second).as("5 %% of 60, but three at least").isEqualTo(3);
    }

    @Test
    void withoutTheOptionNothingIsHedged() {
        Stage plain = usual(new Stage().pooled());
        plain.client(GET).pass(150);
        assertThat(plain.did()).containsExactly("connect S1");
        assertThat(plain.leaks()).isZero();
    }
}
