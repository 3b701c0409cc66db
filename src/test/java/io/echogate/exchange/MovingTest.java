package io.echogate.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Large bodies of known length are left to the kernel, and everything else is looked at. */
final class MovingTest {
    private static final String GET = "GET / HTTP/1.1\nHost: a\n\n";
    private static final int LENGTH = 1_000_000;
    private static final String LARGE = "HTTP/1.1 200 OK\nContent-Length: " + LENGTH + "\n\nabc";

    private final Stage stage = new Stage();

    private Stage asked() {
        return stage.client(GET).connected();
    }

    @Test
    void whatIsLeftOfALargeAnswerGoesToTheClientByItself() {
        asked().member(LARGE);
        assertThat(stage.did()).containsExactly("connect S1", "move 999997 to client");
        assertThat(stage.clientGot()).endsWith("\n\nabc");
        stage.memberMoved(999_000);
        assertThat(stage.did()).isEmpty();
        stage.memberMoved(997);
        assertThat(stage.did()).containsExactly("release", "finished S1 200");
        stage.client(GET).connected().member("HTTP/1.1 200 OK\nContent-Length: 1\n\nx");
        assertThat(stage.did()).endsWith("release", "finished S1 200");
        assertThat(stage.leaks()).isZero();
    }

    @Test
    void whatComesToBeShownAfterAllIsPassedOnAndTheRestAskedForAgain() {
        asked().member(LARGE).memberMoved(500_000).member("def");
        assertThat(stage.clientGot()).endsWith("abcdef");
        assertThat(stage.did()).containsExactly("connect S1", "move 999997 to client", "move 499994 to client");
    }

    @Test
    void anAnswerCutShortIsCutShortForTheClient() {
        asked().member(LARGE).memberMoved(500_000).memberClosed();
        assertThat(stage.did())
                .endsWith("drop", "heard S1 RESET", "finished S1 200", "end CLOSE")
                .doesNotContain("release");
    }

    @Test
    void aClientThatEndedItsOwnDirectionGetsAllOfIt() {
        asked().member(LARGE).clientEnded().memberMoved(999_997);
        assertThat(stage.did()).endsWith("release", "finished S1 200", "end CLOSE");
    }

    @Test
    void aSlowReaderIsWaitedForAndThenItsConnectionEnds() {
        asked().member(LARGE).clientWritable(false).memberMoved(200_000);
        assertThat(stage.readsMember()).isFalse();
        stage.clientWritable(true);
        assertThat(stage.readsMember()).isTrue();
        stage.clientWritable(false).pass(70_000);
        assertThat(stage.did()).contains("refused SLOW_READER", "end RESET");
    }

    @Test
    void neitherLittleNorChunksNorWhatEndsWithTheConnectionGoesByItself() {
        asked().member("HTTP/1.1 200 OK\nContent-Length: 100000\n\nabc");
        assertThat(stage.did()).containsExactly("connect S1");
        Stage chunks = new Stage().client(GET).connected();
        chunks.member("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nfffff\nabc");
        assertThat(chunks.did()).containsExactly("connect S1");
        Stage toTheEnd = new Stage().client(GET).connected().member("HTTP/1.1 200 OK\n\nabc");
        assertThat(toTheEnd.did()).containsExactly("connect S1");
    }

    @Test
    void whatIsLeftOfALargeRequestGoesToTheMemberByItselfWhenItCannotBeSentAgainAnyhow() {
        stage.client("POST / HTTP/1.1\nHost: a\nContent-Length: " + LENGTH + "\n\nabc");
        assertThat(stage.did()).containsExactly("connect S1");
        stage.connected();
        stage.client("def");
        assertThat(stage.did()).containsExactly("move 999994 to member");
        assertThat(stage.memberGot()).endsWith("\n\nabcdef");
        stage.clientMoved(999_000).clientMoved(994).member("HTTP/1.1 200 OK\nContent-Length: 0\n\n");
        assertThat(stage.did()).containsExactly("release", "finished S1 200");
        assertThat(stage.leaks()).isZero();
    }

    @Test
    void whatCanStillBeSentAgainIsKeptAndNotMoved() {
        stage.client("PUT / HTTP/1.1\nHost: a\nContent-Length: " + LENGTH + "\n\nabc")
                .connected()
                .client("def");
        assertThat(stage.did()).containsExactly("connect S1");
        stage.memberReset().connected();
        assertThat(stage.did()).contains("connect S2");
        assertThat(stage.memberGot()).endsWith("\n\nabcdef");
        stage.clientRaw("x".repeat(70_000));
        assertThat(stage.did()).containsExactly("move 929994 to member");
    }

    @Test
    void aMemberThatAnswersEarlyEndsTheMoving() {
        stage.client("POST / HTTP/1.1\nHost: a\nContent-Length: " + LENGTH + "\n\nabc")
                .connected()
                .client("d")
                .clientMoved(400_000)
                .member("HTTP/1.1 413 Content Too Large\nContent-Length: 0\n\n");
        assertThat(stage.did()).endsWith("drop", "finished S1 413", "end HALF");
        stage.clientRaw("x".repeat(1000));
        assertThat(stage.did()).isEmpty();
        assertThat(stage.leaks()).isZero();
    }
}
