package io.echogate.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.model.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request that waits for unusually long is told of at once, whoever gives up first; nobody is condemned for it. */
final class WatchdogTest {
    private static final String GET = "GET / HTTP/1.1\nHost: a\n\n";
    private static final String OK = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";
    private static final String OVERDUE = "heard S1 OVERDUE";
    private final Stage stage = new Stage().pooled();

    @AfterEach
    void everyBufferIsGivenBack() {
        assertThat(stage.leaks()).isZero();
    }

    private void answeredAfter(long millis, int times) {
        for (int i = 0; i < times; i++) {
            stage.client(GET).pass(millis).member(OK);
        }
        stage.did();
    }

    @Test
    void anUnansweredRequestIsToldOfAfter200MillisAndOnce() {
        answeredAfter(3, 20);
        stage.client(GET).pass(199);
        assertThat(stage.did()).containsExactly("connect S1");
        stage.pass(1);
        assertThat(stage.did()).containsExactly(OVERDUE);
        stage.pass(5_000);
        assertThat(stage.did()).isEmpty();
        assertThat(stage.nudges).as("the kernel asks the host from then on").isEqualTo(1);
    }

    @Test
    void itGoesOnWaitingAndItsAnswerIsPassedOn() {
        stage.client(GET).pass(300).member(OK);
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 200 OK");
        assertThat(stage.did()).containsExactly("connect S1", OVERDUE, "release", "finished S1 200");
    }

    @Test
    void eachAttemptIsWatchedAnew() {
        stage.client(GET).pass(200).state(1, State.SUSPECT).pass(200);
        assertThat(stage.did())
                .containsExactly("connect S1", OVERDUE, "drop", "retry DOUBTED", "connect S2", "heard S2 OVERDUE");
    }

    @Test
    void aMemberThatIsUsuallySlowIsGivenMoreTime() {
        answeredAfter(150, 30);
        stage.client(GET).pass(299);
        assertThat(stage.did()).containsExactly("connect S1");
        stage.pass(150);
        assertThat(stage.did()).containsExactly(OVERDUE);
    }

    @Test
    void aClientThatGivesUpAfterUnusuallyLongIsEvidence() {
        answeredAfter(3, 20);
        stage.client(GET).pass(60).clientClosed();
        assertThat(stage.did()).containsExactly("connect S1", OVERDUE, "drop", "finished us 0");
    }

    @Test
    void aClientThatGivesUpSoonIsNone() {
        answeredAfter(3, 20);
        stage.client(GET).pass(15).clientClosed();
        assertThat(stage.did()).containsExactly("connect S1", "drop", "finished us 0");
    }

    @Test
    void whileItsBodyIsStillComingARequestIsNotWatched() {
        stage.client("POST / HTTP/1.1\nHost: a\nContent-Length: 5\n\nhe").pass(5_000);
        assertThat(stage.did()).containsExactly("connect S1");
        stage.client("llo").pass(200);
        assertThat(stage.did()).containsExactly(OVERDUE);
    }

    @Test
    void anAnswerThatHasBegunIsNotWatched() {
        stage.client(GET).member("HTTP/1.1 200 OK\n").pass(5_000);
        assertThat(stage.did()).containsExactly("connect S1");
    }
}
