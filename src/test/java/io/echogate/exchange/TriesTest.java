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

/** What became of a request, and of each attempt in the order in which they began. Times are milliseconds. */
final class TriesTest {
    private static final String GET = "GET / HTTP/1.1\nHost: a\n\n";
    private static final String OK = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";
    private static final String HALF = "HTTP/1.1 200 OK\nContent-Length: 9\n\nhalf";
    private static final HedgeRules AFTER_20_MS =
            new HedgeRules(true, Duration.ofMillis(20), Duration.ofMillis(20), 100);

    private Stage stage = new Stage();

    @AfterEach
    void everyBufferIsGivenBackAndNothingRuns() {
        assertThat(stage.leaks()).isZero();
        for (int i = 0; i < 3; i++) {
            assertThat(stage.around().loads().inFlight(i)).as("at member " + i).isZero();
        }
    }

    private Stage hedging() {
        stage = new Stage(Configs.with(false, Limits.DEFAULT, Carrying.hedging(AFTER_20_MS)));
        return stage;
    }

    private Stage limited(long body) {
        Limits l = Limits.DEFAULT;
        Limits limits = new Limits(
                l.head(),
                l.headers(),
                l.target(),
                body,
                l.connections(),
                l.idlePerMember(),
                l.proofs(),
                l.inFlightPerMember(),
                l.queue(),
                l.queueTimeout());
        stage = new Stage(Configs.with(false, limits, CarryRules.DEFAULT));
        return stage;
    }

    private void became(String... proofs) {
        assertThat(stage.proofs).containsExactly(proofs);
    }

    @Test
    void oneAfterTheOtherOnAKeptConnection() {
        stage.client(GET).pass(2).connected().pass(3).member(OK);
        stage.client(GET).reused().pass(1).member(OK);
        became("ANSWERED | S1 answered 5", "ANSWERED | S1 reused answered 1");
    }

    @Test
    void aRetry() {
        stage.client(GET).pass(4).refused().connected().pass(1).memberReset().connected();
        stage.pass(2).member(OK);
        became("ELSEWHERE | S1 REFUSED 4 | S2 RESET 1 | S3 answered 2");
    }

    @Test
    void anErrorIsAnAnswerWhenNobodyGivesABetterOne() {
        stage.client("POST / HTTP/1.1\nHost: a\nContent-Length: 0\n\n").connected();
        stage.member("HTTP/1.1 503 Busy\nContent-Length: 2\n\nno");
        became("ANSWERED | S1 answered 0");
    }

    @Test
    void aHedgeThatLoses() {
        hedging().client(GET).connected().pass(20).spareConnected().pass(5).member(OK);
        became("ANSWERED | S1 answered 25 | S2 hedge OVERTAKEN 5");
    }

    @Test
    void aHedgeThatWins() {
        hedging().client(GET).connected().pass(20).spareConnected().pass(5).spare(OK);
        became("ELSEWHERE | S1 OVERTAKEN 25 | S2 hedge answered 5");
    }

    @Test
    void aHedgeThatTakesOverFromAKeptConnectionThatIsGone() {
        hedging().client(GET).reused().pass(20).spareConnected().memberReset().member(OK);
        became("ELSEWHERE | S1 reused RESET 20 | S2 hedge answered 0");
    }

    @Test
    void aKeptConnectionThatIsGoneIsNoAttempt() {
        stage.client(GET).reused().memberReset().pass(1).connected().member(OK);
        became("ANSWERED | S1 answered 1");
    }

    @Test
    void aKeptConnectionThatIsGoneWhereNothingNewMayGo() {
        stage.client(GET).reused().drained(1).memberReset().connected().member(OK);
        became("ELSEWHERE | S1 reused RESET 0 | S2 answered 0");
    }

    @Test
    void theClientLeavesWhileTwoAreAsked() {
        hedging().client(GET).connected().pass(20).spareConnected().pass(5).clientClosed();
        became("ABORTED | S1 CLIENT_GONE 25 | S2 hedge CLIENT_GONE 5");
    }

    @Test
    void theClientLeavesInTheMiddleOfTheAnswer() {
        stage.client(GET).connected().member(HALF).pass(7).clientClosed();
        became("ABORTED | S1 CLIENT_GONE 7");
    }

    @Test
    void theTimeForTheWholeRequestIsUpForBoth() {
        CarryRules rules = Carrying.within(Duration.ofSeconds(5), Carrying.hedging(AFTER_20_MS));
        stage = new Stage(Configs.with(false, Limits.DEFAULT, rules));
        stage.client(GET).connected().pass(20).spareConnected().pass(5_000);
        became("FAILED | S1 REQUEST_TIMEOUT 5000 | S2 hedge REQUEST_TIMEOUT 4980");
    }

    @Test
    void anAnswerCutShortAfterItBegan() {
        stage.client(GET).connected().member(HALF).memberReset();
        became("FAILED | S1 CUT_SHORT 0");
    }

    @Test
    void nobodyServes() {
        stage.state(1, State.DOWN).state(2, State.DOWN).state(3, State.DOWN).client(GET);
        became("REFUSED");
    }

    @Test
    void aLimitBeforeAndAfterAMemberWasAsked() {
        limited(5).client("POST / HTTP/1.1\nHost: a\nContent-Length: 6\n\nabcdef");
        became("REFUSED");
        limited(5)
                .client("POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n3\nabc\n")
                .connected();
        stage.client("3\ndef\n");
        became("REFUSED | S1 CLIENT_FAULT 0");
    }

    @Test
    void anEarlyAnswer() {
        stage.client("POST / HTTP/1.1\nHost: a\nContent-Length: 100\n\nhello").connected();
        stage.pass(3).member("HTTP/1.1 413 Too Large\nContent-Length: 2\n\nno");
        became("ANSWERED | S1 answered 3");
    }

    @Test
    void aTunnelMayBeEndedByEitherSide() {
        stage.client("GET / HTTP/1.1\nHost: a\nConnection: upgrade\nUpgrade: x\n\n")
                .connected();
        stage.member("HTTP/1.1 101 Switching Protocols\nConnection: upgrade\nUpgrade: x\n\n");
        stage.clientClosed();
        became("ANSWERED | S1 answered 0");
    }

    private static String explained(Stage stage) {
        return stage.clientGot()
                .lines()
                .filter(l -> l.startsWith("Echogate-Tries: "))
                .reduce("", String::concat);
    }

    private static final String EXPLAIN = "GET / HTTP/1.1\nHost: a\nEchogate-Explain: 1\n\n";

    @Test
    void whoAsksIsToldWhatWasTriedAndWhatItTook() {
        stage.client(EXPLAIN).pass(4).refused().connected().pass(3).member(OK);
        assertThat(explained(stage))
                .isEqualTo("Echogate-Tries: S1: connection refused after 4.0 ms, S2: answered after 3.0 ms");
        assertThat(stage.memberGot()).doesNotContain("Explain");
        stage.client(GET).connected().member(OK);
        assertThat(explained(stage)).isEmpty();
    }

    @Test
    void whoAsksIsToldWhenNobodyAnswers() {
        stage.client(EXPLAIN).pass(1).refused().pass(1).refused().pass(1).refused();
        assertThat(explained(stage))
                .isEqualTo("Echogate-Tries: S1: connection refused after 1.0 ms, S2: connection refused after 1.0 ms,"
                        + " S3: connection refused after 1.0 ms");
        stage.state(1, State.DOWN).state(2, State.DOWN).state(3, State.DOWN).client(EXPLAIN);
        assertThat(explained(stage)).isEqualTo("Echogate-Tries: nobody");
    }

    @Test
    void whoAsksIsToldOfTheSlowerOneOfTwo() {
        hedging().client(EXPLAIN).connected().pass(20).spareConnected().pass(5).spare(OK);
        assertThat(explained(stage))
                .isEqualTo(
                        "Echogate-Tries: S1: another member answered first after 25.0 ms, S2: answered after 5.0 ms");
    }
}
