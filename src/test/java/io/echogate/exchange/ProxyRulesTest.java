package io.echogate.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 9110 and 9112 ask of an intermediary, one rule per test, each with its section. */
final class ProxyRulesTest {
    private static final String GET = "GET / HTTP/1.1\nHost: a\n\n";
    private static final String OK = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";
    private static final String CHUNKED = "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n";

    private final Stage stage = new Stage();

    @AfterEach
    void everyBufferIsGivenBack() {
        assertThat(stage.leaks()).isZero();
        assertThat(stage.around().budget().inFlight()).isZero();
    }

    private String memberGot(String request) {
        return stage.client(request).connected().memberGot();
    }

    private String clientGot(String answer) {
        return stage.client(GET).connected().member(answer).clientGot();
    }

    @Test
    void trailersPassUp() { // RFC 9112 §7.1.2
        assertThat(memberGot(CHUNKED.replace("\n\n", "\nTrailer: X-Sum\n\n") + "5\nhello\n0\nX-Sum:  1 \nX-Two: 2\n\n"))
                .contains("\nTrailer: X-Sum\n")
                .endsWith("\n5\nhello\n0\nX-Sum: 1\nX-Two: 2\n\n");
        stage.member(OK);
        assertThat(stage.did()).endsWith("release", "finished S1 200");
    }

    @Test
    void trailersPassDown() { // RFC 9112 §7.1.2
        assertThat(clientGot("HTTP/1.1 200 OK\nTrailer: X-Sum\nTransfer-Encoding: chunked\n\n2\nok\n0\nX-Sum: 1\n\n"))
                .contains("\nTrailer: X-Sum\n")
                .endsWith("\n\n2\nok\n0\nX-Sum: 1\n\n");
        assertThat(stage.did()).endsWith("release", "finished S1 200");
    }

    @Test
    void trailersPassWhenTheRequestIsSentAgain() {
        stage.client(CHUNKED + "5\nhello\n0\nX-Sum: 1\n\n").refused().connected();
        assertThat(stage.memberGot()).endsWith("\n5\nhello\n0\nX-Sum: 1\n\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5",
                "Transfer-Encoding: chunked",
                "Host: b",
                "Connection: close",
                "Via: 1.1 x",
                "X-Forwarded-For: 1.1.1.1",
                "Authorization: Basic eA==",
                "Set-Cookie: a=b",
                "Content-Type: text/html",
                "Content_Type: text/html",
                "If-Match: x",
                "X-Hop: 1"
            })
    void trailersThatBelongInHeadsAreLeftOut(String field) { // RFC 9110 §6.5.1, §7.6.1
        String trailers = "0\n" + field + "\nX-Sum: 1\n\n";
        assertThat(memberGot(CHUNKED.replace("Host", "Connection: x-hop\nHost") + trailers))
                .endsWith("\n\n0\nX-Sum: 1\n\n");
        stage.member("HTTP/1.1 200 OK\nConnection: x-hop\nTransfer-Encoding: chunked\n\n" + trailers);
        assertThat(stage.clientGot()).endsWith("\n\n0\nX-Sum: 1\n\n");
    }

    @Test
    void trailersAreDroppedWhereNoChunksAre() { // RFC 9112 §7.1.2
        stage.client("GET / HTTP/1.0\n\n").connected();
        stage.member("HTTP/1.1 200 OK\nTrailer: X-Sum\nTransfer-Encoding: chunked\n\n2\nok\n0\nX-Sum: 1\n\n");
        assertThat(stage.clientGot()).endsWith("\n\nok").doesNotContain("Sum");
    }

    @ParameterizedTest
    @CsvSource({"trailers", "'gzip, Trailers'"})
    void teTrailersIsAskedForAnew(String te) { // RFC 9110 §10.1.4
        assertThat(memberGot("GET / HTTP/1.1\nHost: a\nTE: " + te + "\nConnection: TE\n\n"))
                .contains("\nTE: trailers\nConnection: TE\n")
                .doesNotContain("gzip");
    }

    @Test
    void noOtherTePasses() { // RFC 9110 §10.1.4
        assertThat(memberGot("GET / HTTP/1.1\nHost: a\nTE: gzip\nConnection: TE\n\n"))
                .doesNotContain("TE:");
        stage.member(OK);
        assertThat(memberGot("GET / HTTP/1.0\nTE: trailers\n\n")).doesNotContain("TE:");
    }

    @Test
    void teAndUpgradeShareOneConnectionField() {
        assertThat(memberGot("GET / HTTP/1.1\nHost: a\nTE: trailers\nUpgrade: x\nConnection: TE, upgrade\n\n"))
                .contains("\nTE: trailers\nConnection: TE, upgrade\nUpgrade: x\n")
                .containsOnlyOnce("Connection:");
    }

    @ParameterizedTest
    @CsvSource({"1,0", "10,9", "99999999999999999999,999999", "007,6"})
    void maxForwardsOfOptionsIsCountedDown(String said, String passed) { // RFC 9110 §7.6.2
        assertThat(memberGot("OPTIONS * HTTP/1.1\nHost: a\nConnection: Max-Forwards\nMax-Forwards: " + said + "\n\n"))
                .contains("\nMax-Forwards: " + passed + "\n")
                .containsOnlyOnce("Max-Forwards");
    }

    @Test
    void optionsThatMayGoNoFurtherIsAnsweredHere() { // RFC 9110 §7.6.2
        stage.client("OPTIONS /x HTTP/1.1\nHost: a\nMax-Forwards: 0\n\n");
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 200 OK\n").contains("\nAllow: GET, HEAD, POST");
        assertThat(stage.did()).containsExactly("refused LAST_HOP", "finished us 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "", "-1", "1, 1"})
    void maxForwardsThatIsNoNumberIsNotOurs(String said) {
        assertThat(memberGot("OPTIONS * HTTP/1.1\nHost: a\nMax-Forwards: " + said + "\n\n"))
                .contains("\nMax-Forwards: " + said + "\n");
    }

    @Test
    void maxForwardsOfOtherMethodsPasses() { // RFC 9110 §7.6.2
        assertThat(memberGot("GET / HTTP/1.1\nHost: a\nMax-Forwards: 0\n\n")).contains("\nMax-Forwards: 0\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Host", "Content-Length", "Expect", "Via", "X-Forwarded-For", "Forwarded", "Content_Length"})
    void whatFramingAndRoutingNeedIsNeverRemoved(String listed) { // RFC 9110 §7.6.1
        String head = """
                POST / HTTP/1.1
                Connection: close, %s
                Host: a
                Content-Length: 5
                Expect: 100-continue
                Via: 1.0 x
                X-Forwarded-For: 1.1.1.1
                Forwarded: for=1.1.1.1

                """.formatted(listed);
        assertThat(memberGot(head))
                .contains("\nHost: a\n", "\nContent-Length: 5\n", "\nExpect: 100-continue\n", "\nVia: 1.0 x\n")
                .contains("\nX-Forwarded-For: 1.1.1.1, 9.8.7.6\n", "\nForwarded: for=1.1.1.1, for=9.8.7.6;");
    }

    @Test
    void transferEncodingIsNeverRemovedEither() { // RFC 9110 §7.6.1
        assertThat(memberGot(CHUNKED.replace("Host", "Connection: Transfer-Encoding\nHost") + "1\nx\n0\n\n"))
                .contains("\nTransfer-Encoding: chunked\n")
                .endsWith("\n\n1\nx\n0\n\n");
        stage.member("""
                HTTP/1.1 200 OK
                Connection: transfer-encoding, date
                Date: x
                Transfer-Encoding: chunked

                1
                x
                0

                """);
        assertThat(stage.clientGot())
                .contains("\nDate: x\nTransfer-Encoding: chunked\n")
                .endsWith("1\nx\n0\n\n");
    }

    @Test
    void aMemberThatNeverSays100GetsTheBodyAllTheSame() { // RFC 9110 §10.1.1
        stage.client("POST / HTTP/1.1\nHost: a\nExpect: 100-continue\nContent-Length: 5\n\n")
                .connected()
                .pass(3_333);
        assertThat(stage.clientGot()).isEmpty();
        stage.pass(1);
        assertThat(stage.clientGot()).isEqualTo("HTTP/1.1 100 Continue\n\n");
        stage.member("HTTP/1.1 100 Continue\n\n").client("hello");
        assertThat(stage.memberGot()).endsWith("\n\nhello");
        stage.member(OK);
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 200 OK\n");
        assertThat(stage.did()).endsWith("release", "finished S1 200");
    }

    @Test
    void aClientThatWasToldToGoOnAndDoesNotIsLate() {
        stage.client("POST / HTTP/1.1\nHost: a\nExpect: 100-continue\nContent-Length: 5\n\n")
                .connected()
                .pass(70_000);
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 100 Continue\n\nHTTP/1.1 408 ");
        assertThat(stage.did()).doesNotContain("heard S1 SILENT");
    }

    @Test
    void a100IsNoAnswerYet() {
        stage.client("PUT / HTTP/1.1\nHost: a\nExpect: 100-continue\nContent-Length: 5\n\n")
                .connected()
                .member("HTTP/1.1 100 Continue\n\n")
                .client("hello")
                .memberClosed();
        assertThat(stage.did()).endsWith("heard S1 RESET", "retry RESET", "connect S2");
        stage.connected().member("HTTP/1.1 100 Continue\n\n" + OK);
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 100 Continue\n\nHTTP/1.1 200 OK\n");
    }

    @Test
    void expectationsOf10AreIgnored() { // RFC 9110 §10.1.1
        assertThat(memberGot("POST / HTTP/1.0\nExpect: 100-continue\nContent-Length: 5\n\n"))
                .doesNotContain("Expect");
        stage.member("HTTP/1.1 100 Continue\n\n");
        assertThat(stage.clientGot()).isEmpty();
    }

    @Test
    void aFinalAnswerInsteadOf100EndsTheConnection() { // RFC 9110 §10.1.1
        stage.client("POST / HTTP/1.1\nHost: a\nExpect: 100-continue\nContent-Length: 5\n\n")
                .connected()
                .member("HTTP/1.1 417 Expectation Failed\nContent-Length: 0\n\n");
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 417 ").contains("Connection: close\n");
        assertThat(stage.did()).endsWith("drop", "finished S1 417", "end HALF");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Upgrade: other\n", "Upgrade: websocket\nUpgrade: other\n"})
    void a101ToWhatWasNotAskedForIsGarbage(String field) { // RFC 9110 §7.8
        stage.client("GET / HTTP/1.1\nHost: a\nConnection: upgrade\nUpgrade: websocket\n\n")
                .connected()
                .member("HTTP/1.1 101 Switching Protocols\nConnection: upgrade\n" + field + "\n");
        assertThat(stage.clientGot()).isEmpty();
        assertThat(stage.did()).contains("heard S1 WRONG", "connect S2");
    }

    @Test
    void upgradeRequiredSaysWhich() { // RFC 9110 §15.5.22
        assertThat(clientGot("HTTP/1.1 426 Upgrade Required\nUpgrade: websocket\nContent-Length: 0\n\n"))
                .contains("\nConnection: upgrade\nUpgrade: websocket\n");
        assertThat(stage.did()).endsWith("release", "finished S1 426");
    }

    @Test
    void connectIsRefusedAndNothingBehindItIsRead() { // RFC 9110 §9.3.6
        stage.client("CONNECT a:80 HTTP/1.1\nHost: a:80\n\n" + GET);
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 405 ").contains("Connection: close\n");
        assertThat(stage.did()).containsExactly("refused METHOD", "finished us 405", "end HALF");
    }

    @Test
    void whatWasPipelinedBehindACloseDoesNotCostTheAnswer() { // RFC 9112 §9.6
        stage.client("GET / HTTP/1.1\nHost: a\nConnection: close\n\n" + GET)
                .connected()
                .member(OK);
        assertThat(stage.clientGot()).endsWith("ok");
        assertThat(stage.did()).containsExactly("connect S1", "release", "finished S1 200", "end HALF");
    }

    @Test
    void aHalfClosedClientsPipelineIsAnsweredWhole() { // RFC 9112 §9.6
        stage.client(GET + GET).clientEnded().connected();
        stage.clientWritable(false).member(OK).clientWritable(true).connected().member(OK);
        assertThat(stage.clientGot()).containsSubsequence("\n\nok", "HTTP/1.1 200 OK\n", "\n\nok");
        assertThat(stage.did()).endsWith("finished S1 200", "end CLOSE");
    }

    @Test
    void aHalfClosedClientsBodyThatIsHeldBackGoesOn() {
        stage.client("POST / HTTP/1.1\nHost: a\nContent-Length: 10\n\nhello")
                .connected()
                .memberWritable(false)
                .client("world")
                .clientEnded()
                .memberWritable(true)
                .member(OK);
        assertThat(stage.memberGot()).endsWith("\n\nhelloworld");
        assertThat(stage.clientGot()).endsWith("\n\nok");
        assertThat(stage.did()).endsWith("finished S1 200", "end CLOSE");
    }

    @Test
    void anEarlyAnswerIsWholeAlthoughTheClientEnds() { // RFC 9112 §9.6
        stage.client("POST / HTTP/1.1\nHost: a\nContent-Length: 10\n\nhello")
                .connected()
                .member("HTTP/1.1 413 Too Large\nContent-Length: 4\n\nno")
                .clientEnded()
                .member("pe");
        assertThat(stage.clientGot()).endsWith("\n\nnope");
        assertThat(stage.did()).endsWith("drop", "finished S1 413", "end CLOSE");
    }

    @Test
    void aHeadAnswerWithChunksHasNone() { // RFC 9110 §9.3.2
        stage.client("HEAD / HTTP/1.1\nHost: a\n\n")
                .connected()
                .member("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n");
        assertThat(stage.clientGot()).endsWith("\n\n").doesNotContain("chunked", "Content-Length");
        assertThat(stage.did()).endsWith("release", "finished S1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 5", "Transfer-Encoding: chunked"})
    void a204ThatAnnouncesABodyIsNotFollowedByAnotherAnswer(String field) { // RFC 9110 §8.6
        assertThat(clientGot("HTTP/1.1 204 No Content\n" + field + "\n\n"))
                .doesNotContain(field)
                .endsWith("\n\n");
        assertThat(stage.did()).endsWith("drop", "finished S1 204");
    }

    @Test
    void http10MembersAreNotReusedUnlessTheySaySo() { // RFC 9112 §9.3
        clientGot("HTTP/1.0 200 OK\nContent-Length: 0\n\n");
        assertThat(stage.did()).endsWith("drop", "finished S1 200");
        clientGot("HTTP/1.0 200 OK\nConnection: keep-alive\nContent-Length: 0\n\n");
        assertThat(stage.did()).endsWith("release", "finished S1 200");
    }
}
