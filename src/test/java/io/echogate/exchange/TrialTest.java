package io.echogate.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.model.Cause;
import io.echogate.model.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers of a member that is not quite trusted are held back until they are complete, so that the client notices nothing. */
final class TrialTest {
    private static final String GET = "GET / HTTP/1.1\nHost: a\n\n";
    private static final String HALF = "HTTP/1.1 200 OK\nContent-Length: 4\n\nok";
    private static final String OK = HALF + "ok";
    private final Stage stage = new Stage().pooled();

    @AfterEach
    void everyBufferIsGivenBack() {
        assertThat(stage.leaks()).isZero();
        assertThat(stage.around().budget().inFlight()).isZero();
    }

    /** S1 has broken an answer, which its client saw. */
    private TrialTest mistrusted() {
        stage.client(GET).member(HALF).memberClosed();
        assertThat(stage.clientGot()).endsWith("\n\nok");
        assertThat(stage.did()).endsWith("end CLOSE");
        return this;
    }

    private Stage next() {
        return new Stage(stage).pooled();
    }

    private void okFrom(Stage s, String member, int attempts) {
        assertThat(s.clientGot())
                .isEqualTo("HTTP/1.1 200 OK\nContent-Length: 4\nEchogate-Member: " + member + "\nEchogate-Attempts: "
                        + attempts + "\n\nokok");
        assertThat(s.leaks()).isZero();
    }

    @Test
    void theFirstBrokenAnswerIsCutForTheClientTheNextIsAnsweredElsewhere() {
        mistrusted();
        Stage s = next().client(GET).member(HALF);
        assertThat(s.clientGot()).isEmpty();
        s.memberClosed();
        assertThat(s.did()).endsWith("heard S1 RESET", "retry CUT_SHORT", "connect S2");
        s.member(OK);
        okFrom(s, "S2", 2);
    }

    @Test
    void aCompleteAnswerIsPassedOnWhole() {
        mistrusted();
        Stage s = next().client(GET).member(HALF).member("ok");
        okFrom(s, "S1", 1);
        assertThat(s.did()).containsExactly("connect S1", "release", "finished S1 200");
    }

    @Test
    void trustComesBackAfterTenSeconds() {
        mistrusted();
        Stage s = next();
        s.pass(10_000).client(GET).member(HALF);
        assertThat(s.clientGot()).endsWith("\n\nok");
        assertThat(s.leaks()).isZero();
    }

    @Test
    void aLongAnswerIsHeldBackUpTo64KiB() {
        mistrusted();
        Stage s = next().client(GET).member("HTTP/1.1 200 OK\nContent-Length: 100000\n\n");
        s.memberRaw("x".repeat(60_000));
        assertThat(s.clientGot()).isEmpty();
        s.memberRaw("x".repeat(10_000));
        assertThat(s.clientGot()).hasSizeGreaterThan(70_000);
        s.memberClosed();
        assertThat(s.did()).endsWith("end CLOSE");
        assertThat(s.leaks()).isZero();
    }

    @Test
    void aSlowAnswerIsHeldBackForASecond() {
        mistrusted();
        Stage s = next().client(GET).member(HALF).pass(999);
        assertThat(s.clientGot()).isEmpty();
        s.pass(1);
        assertThat(s.clientGot()).endsWith("\n\nok");
        s.member("ok");
        assertThat(s.clientGot()).isEqualTo("ok");
        assertThat(s.leaks()).isZero();
    }

    @Test
    void aPostsAnswerIsPassedOnAsItComesSinceItCannotBeAskedAgain() {
        mistrusted();
        Stage s =
                next().client("POST / HTTP/1.1\nHost: a\nContent-Length: 0\n\n").member(HALF);
        assertThat(s.clientGot()).endsWith("\n\nok");
        assertThat(s.leaks()).isZero();
    }

    @Test
    void withNobodyElseToAskNothingIsHeldBack() {
        mistrusted();
        stage.state(2, State.DOWN).state(3, State.DOWN);
        Stage s = next().client(GET).member(HALF);
        assertThat(s.clientGot()).endsWith("\n\nok");
        assertThat(s.leaks()).isZero();
    }

    @Test
    void aClientThatLeavesGetsNothingAndNothingIsKept() {
        mistrusted();
        Stage s = next().client(GET).member(HALF).clientClosed();
        assertThat(s.leaks()).isZero();
    }

    @Test
    void whoIsOnTrialGetsOneSafeRequestInATenthOfASecond() {
        stage.state(1, State.RECOVERING, Cause.BROKEN);
        stage.client(GET)
                .member(OK)
                .client(GET)
                .member(OK)
                .pass(100)
                .client(GET)
                .member(OK);
        assertThat(stage.did())
                .filteredOn(line -> line.startsWith("connect"))
                .containsExactly("connect S1", "connect S2", "connect S1");
    }

    @Test
    void whoIsOnTrialGetsNoPost() {
        stage.state(1, State.RECOVERING, Cause.BROKEN);
        stage.client("POST / HTTP/1.1\nHost: a\nContent-Length: 0\n\n");
        assertThat(stage.did()).containsExactly("connect S2");
    }

    @Test
    void aFailedTrialIsAnsweredByAnother() {
        stage.state(1, State.RECOVERING, Cause.BROKEN);
        stage.client(GET).member(HALF).memberReset().member(OK);
        okFrom(stage, "S2", 2);
    }
}
