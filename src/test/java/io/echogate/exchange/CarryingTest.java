package io.echogate.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.config.CarryRules;
import io.echogate.config.Limits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes up and what comes down, byte for byte; RFC sections with each rule. */
final class CarryingTest {
    private static final String GET = "GET / HTTP/1.1\nHost: a\n\n";
    private static final String OK = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";
    private static final String PROOF = "Echogate-Member: S1\nEchogate-Attempts: 1\n";
    private static final String FORWARDING = """
            Via: 1.1 echogate
            X-Forwarded-For: 9.8.7.6
            X-Forwarded-Proto: http
            X-Forwarded-Host: a
            Forwarded: for=9.8.7.6;host="a";proto=http

            """;

    private final Stage stage = new Stage();

    @AfterEach
    void everyBufferIsGivenBack() {
        assertThat(stage.leaks()).isZero();
        assertThat(stage.around().budget().inFlight()).isZero();
    }

    @Test
    void aHeadIsWrittenAnew() {
        stage.client("GET /p?q HTTP/1.1\nHost: a\nX-One:  1 \nAccept: */*\n\n").connected();
        assertThat(stage.memberGot()).isEqualTo("GET /p?q HTTP/1.1\nHost: a\nX-One: 1\nAccept: */*\n" + FORWARDING);
        stage.member(OK);
        assertThat(stage.clientGot()).isEqualTo("HTTP/1.1 200 OK\nContent-Length: 2\n" + PROOF + "\nok");
    }

    @Test
    void hopByHopFieldsStay() { // RFC 9110 §7.6.1
        stage.client("""
                        GET / HTTP/1.1
                        Connection: keep-alive, X-Hop, Host, Content-Length
                        Host: a
                        X-Hop: 1
                        Keep-Alive: timeout=5
                        Proxy-Connection: keep-alive
                        TE: trailers
                        Upgrade: h2c
                        HTTP2-Settings: AAA
                        Echogate-Member: S9

                        """).connected();
        assertThat(stage.memberGot()).isEqualTo("GET / HTTP/1.1\nHost: a\nTE: trailers\nConnection: TE\n" + FORWARDING);
        stage.member("""
                HTTP/1.1 200 OK
                Connection: X-Hop, close
                X-Hop: 1
                Keep-Alive: timeout=5
                Echogate-Member: S9
                Content-Length: 0
                X-Stay: 1

                """);
        assertThat(stage.clientGot()).isEqualTo("HTTP/1.1 200 OK\nX-Stay: 1\nContent-Length: 0\n" + PROOF + "\n");
        assertThat(stage.did()).endsWith("drop", "finished S1 200");
    }

    @Test
    void forwardingFieldsAreAppendedAndNotBelieved() { // RFC 7239 §4
        stage.client("""
                        GET / HTTP/1.1
                        Host: a:80
                        X-Forwarded-For: 1.1.1.1
                        X-Forwarded-For: 2.2.2.2
                        X-Forwarded-Proto: https
                        X-Forwarded-Host: evil
                        Forwarded: for=1.1.1.1
                        Via: 1.0 other

                        """).connected();
        assertThat(stage.memberGot()).isEqualTo("""
                GET / HTTP/1.1
                Host: a:80
                Via: 1.0 other
                Via: 1.1 echogate
                X-Forwarded-For: 1.1.1.1, 2.2.2.2, 9.8.7.6
                X-Forwarded-Proto: http
                X-Forwarded-Host: a:80
                Forwarded: for=1.1.1.1, for=9.8.7.6;host="a:80";proto=http

                """);
    }

    @Test
    void theAbsoluteFormOutweighsHost() { // RFC 9112 §3.2.2
        stage.client("GET http://b:81/x HTTP/1.1\nHost: a\n\n").connected();
        assertThat(stage.memberGot())
                .startsWith("GET /x HTTP/1.1\nHost: b:81\n")
                .contains("X-Forwarded-Host: b:81\n");
        stage.member(OK).client("GET http://b?q HTTP/1.1\nHost: a\n\n").connected();
        assertThat(stage.memberGot()).startsWith("GET /?q HTTP/1.1\nHost: b\n");
        stage.member(OK).client("OPTIONS http://b HTTP/1.1\nHost: a\n\n").connected();
        assertThat(stage.memberGot()).startsWith("OPTIONS * HTTP/1.1\nHost: b\n");
    }

    @Test
    void optionsAsteriskPasses() { // RFC 9110 §9.3.7
        stage.client("OPTIONS * HTTP/1.1\nHost: a\n\n").connected();
        assertThat(stage.memberGot()).startsWith("OPTIONS * HTTP/1.1\n");
    }

    @Test
    void connectAndTraceAreRefused() { // RFC 9110 §9.3.6, §9.3.8
        stage.client("TRACE / HTTP/1.1\nHost: a\n\n");
        assertThat(stage.clientGot())
                .startsWith("HTTP/1.1 405 Method Not Allowed\n")
                .contains("Allow: GET, HEAD, POST");
        stage.client("CONNECT a:80 HTTP/1.1\nHost: a\n\n");
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 405 ");
        assertThat(stage.did()).doesNotContain("connect S1");
    }

    @Test
    void chunkedUpIsFramedAnew() { // RFC 9112 §7.1
        stage.client("POST / HTTP/1.1\nHost: a\nTransfer-Encoding: Chunked\n\n").connected();
        assertThat(stage.memberGot()).contains("\nTransfer-Encoding: chunked\n").endsWith(FORWARDING);
        stage.client("005;ext=1\nhello\n");
        assertThat(stage.memberGot()).isEqualTo("5\nhello\n");
        stage.client("0\n\n");
        assertThat(stage.memberGot()).isEqualTo("0\n\n");
        stage.member(OK);
        assertThat(stage.did()).endsWith("release", "finished S1 200");
    }

    @Test
    void chunkedDownIsFramedAnew() {
        stage.client(GET).connected().member("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5;x\nhello\n0\n\n");
        assertThat(stage.clientGot())
                .isEqualTo("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n" + PROOF + "\n5\nhello\n0\n\n");
        assertThat(stage.did()).endsWith("release", "finished S1 200");
    }

    @Test
    void untilCloseBecomesChunkedFor11() { // RFC 9112 §6.3
        stage.client(GET).connected().member("HTTP/1.0 200 OK\n\nhello").memberClosed();
        assertThat(stage.clientGot())
                .isEqualTo("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n" + PROOF + "\n5\nhello\n0\n\n");
        assertThat(stage.did()).endsWith("drop", "finished S1 200");
    }

    @Test
    void untilCloseThatIsResetIsCut() {
        stage.client(GET).connected().member("HTTP/1.1 200 OK\n\nhello").memberReset();
        assertThat(stage.clientGot()).endsWith("5\nhello\n");
        assertThat(stage.did()).endsWith("finished S1 200", "end CLOSE");
    }

    @Test
    void chunkedIsUnwrappedFor10() { // RFC 9112 §7.1
        stage.client("GET / HTTP/1.0\n\n").connected();
        assertThat(stage.memberGot())
                .startsWith("GET / HTTP/1.1\nHost: 127.0.0.1:3000\nVia: 1.0 echogate\n")
                .endsWith("X-Forwarded-Proto: http\nForwarded: for=9.8.7.6;proto=http\n\n");
        stage.member("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nhello\n0\n\n");
        assertThat(stage.clientGot()).isEqualTo("HTTP/1.1 200 OK\n" + PROOF + "Connection: close\n\nhello");
        assertThat(stage.did()).endsWith("release", "finished S1 200", "end CLOSE");
    }

    @Test
    void cutShortFor10IsAReset() {
        stage.client("GET / HTTP/1.0\n\n").connected();
        stage.member("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nhello\n")
                .memberClosed();
        assertThat(stage.did()).endsWith("end RESET");
    }

    @Test
    void keepAliveOf10IsSaid() { // RFC 9112 §9.3
        stage.client("GET / HTTP/1.0\nHost: a\nConnection: keep-alive\n\n")
                .connected()
                .member(OK);
        assertThat(stage.clientGot()).contains("Connection: keep-alive\n");
        assertThat(stage.did()).endsWith("finished S1 200");
    }

    @Test
    void closeIsHonoured() {
        stage.client("GET / HTTP/1.1\nHost: a\nConnection: close\n\n")
                .connected()
                .member(OK);
        assertThat(stage.clientGot()).contains("Connection: close\n");
        assertThat(stage.did()).endsWith("end CLOSE");
    }

    @Test
    void headHasNoBodyButALength() { // RFC 9110 §9.3.2
        stage.client("HEAD / HTTP/1.1\nHost: a\n\n").connected().member("HTTP/1.1 200 OK\nContent-Length: 99\n\n");
        assertThat(stage.clientGot()).isEqualTo("HTTP/1.1 200 OK\nContent-Length: 99\n" + PROOF + "\n");
        assertThat(stage.did()).endsWith("release", "finished S1 200");
    }

    @Test
    void notModifiedAndNoContentHaveNoBody() { // RFC 9110 §15.3.5, §15.4.5
        stage.client(GET).connected().member("HTTP/1.1 304 Not Modified\nContent-Length: 99\nETag: x\n\n");
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 304 Not Modified\nETag: x\nContent-Length: 99\n");
        stage.client(GET).connected().member("HTTP/1.1 204 No Content\nContent-Length: 0\n\n");
        assertThat(stage.clientGot()).isEqualTo("HTTP/1.1 204 No Content\n" + PROOF + "\n");
        assertThat(stage.did()).endsWith("release", "finished S1 204");
    }

    @Test
    void surplusBytesEndTheMembersConnection() { // RFC 9112 §9.2
        stage.client(GET).connected().member(OK + "HTTP/1.1 200 OK\n");
        assertThat(stage.clientGot()).endsWith("\n\nok");
        assertThat(stage.did()).endsWith("drop", "finished S1 200");
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() { // RFC 9112 §9.3.2
        stage.client("GET /1 HTTP/1.1\nHost: a\n\nGET /2 HTTP/1.1\nHost: a\n\nGET /3")
                .connected();
        assertThat(stage.memberGot()).startsWith("GET /1 ").doesNotContain("/2");
        assertThat(stage.readsClient()).isFalse();
        stage.member(OK);
        assertThat(stage.did()).endsWith("release", "finished S1 200", "connect S1");
        stage.connected();
        assertThat(stage.memberGot()).startsWith("GET /2 ");
        stage.member(OK);
        assertThat(stage.readsClient()).isTrue();
        stage.client(" HTTP/1.1\nHost: a\n\n").connected();
        assertThat(stage.memberGot()).startsWith("GET /3 ");
    }

    @Test
    void noFurtherRequestIsBegunWhileAnswersPileUp() {
        stage.client(GET).connected();
        stage.clientWritable(false).client(GET).member(OK);
        assertThat(stage.did()).endsWith("release", "finished S1 200");
        stage.clientWritable(true);
        assertThat(stage.did()).containsExactly("connect S1");
    }

    @Test
    void expectContinueGoesEndToEnd() { // RFC 9110 §10.1.1
        stage.client("POST / HTTP/1.1\nHost: a\nExpect: 100-continue\nContent-Length: 5\n\n")
                .connected();
        assertThat(stage.memberGot()).contains("Expect: 100-continue\n");
        stage.member("HTTP/1.1 100 Continue\n\n");
        assertThat(stage.clientGot()).isEqualTo("HTTP/1.1 100 Continue\n\n");
        stage.client("hello");
        assertThat(stage.memberGot()).isEqualTo("hello");
        stage.member(OK);
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 200 OK\n");
    }

    @Test
    void interimAnswersAreBoundedAndNotFor10() { // RFC 9110 §15.2
        stage.client("GET / HTTP/1.0\n\n").connected().member("HTTP/1.1 103 Early Hints\nLink: x\n\n");
        assertThat(stage.clientGot()).isEmpty();
        stage.member("HTTP/1.1 102 P\n\n".repeat(16));
        assertThat(stage.did()).contains("heard S1 WRONG");
    }

    @Test
    void anEarlyAnswerEndsTheConnection() { // RFC 9112 §9.3
        stage.client("POST / HTTP/1.1\nHost: a\nContent-Length: 100\n\nhello").connected();
        stage.member("HTTP/1.1 413 Too Large\nContent-Length: 2\n\nno");
        assertThat(stage.clientGot()).contains("Connection: close\n").endsWith("no");
        assertThat(stage.did()).containsExactly("connect S1", "drop", "finished S1 413", "end HALF");
        stage.client("x".repeat(95)).pass(2_000);
        assertThat(stage.did()).containsExactly("end CLOSE");
    }

    @Test
    void anUpgradeIsATunnelAfter101() { // RFC 9110 §7.8
        stage.client("GET /ws HTTP/1.1\nHost: a\nConnection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Key: k\n\n")
                .connected();
        assertThat(stage.memberGot())
                .contains("Connection: upgrade\nUpgrade: websocket\n")
                .contains("Sec-WebSocket-Key: k\n");
        stage.client("early");
        assertThat(stage.memberGot()).isEmpty();
        stage.member("HTTP/1.1 101 Switching Protocols\nConnection: Upgrade\nUpgrade: websocket\n\nframe");
        assertThat(stage.clientGot())
                .isEqualTo("HTTP/1.1 101 Switching Protocols\nConnection: upgrade\nUpgrade: websocket\n" + PROOF
                        + "\nframe");
        assertThat(stage.memberGot()).isEqualTo("early");
        stage.client("up").member("down");
        assertThat(stage.memberGot()).isEqualTo("up");
        assertThat(stage.clientGot()).isEqualTo("down");
        stage.memberClosed();
        assertThat(stage.did()).endsWith("drop", "finished S1 101", "end CLOSE");
    }

    @Test
    void a101ThatNobodyAskedForIsGarbage() {
        stage.client(GET).connected().member("HTTP/1.1 101 Switching Protocols\nUpgrade: x\n\n");
        assertThat(stage.did()).contains("heard S1 WRONG", "connect S2");
    }

    @Test
    void anUpgradeThatIsDeclinedIsAnOrdinaryAnswer() {
        stage.client("GET /ws HTTP/1.1\nHost: a\nConnection: Upgrade\nUpgrade: websocket\n\n")
                .connected()
                .member(OK);
        assertThat(stage.clientGot()).endsWith("ok");
        assertThat(stage.did()).endsWith("release", "finished S1 200");
    }

    @Test
    void backPressureReachesBothSides() {
        stage.client(GET)
                .connected()
                .member("HTTP/1.1 200 OK\nContent-Length: 100\n\nx")
                .clientWritable(false);
        assertThat(stage.readsMember()).isFalse();
        stage.clientWritable(true);
        assertThat(stage.readsMember()).isTrue();
        Stage up = new Stage();
        up.client("POST / HTTP/1.1\nHost: a\nContent-Length: 100\n\nx")
                .connected()
                .memberWritable(false);
        assertThat(up.readsClient()).isFalse();
        up.memberWritable(true);
        assertThat(up.readsClient()).isTrue();
    }

    @Test
    void aHalfClosedClientIsAnswered() {
        stage.client(GET).connected().clientEnded().member(OK);
        assertThat(stage.clientGot()).endsWith("ok");
        assertThat(stage.did()).endsWith("finished S1 200", "end CLOSE");
    }

    @Test
    void aBodyThatEndsEarlyIsRefused() { // RFC 9112 §8
        stage.client("POST / HTTP/1.1\nHost: a\nContent-Length: 9\n\nhello")
                .connected()
                .clientEnded();
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 400 ").endsWith("the body ended too early\n");
        assertThat(stage.did())
                .containsExactly("connect S1", "refused CUT_BODY", "drop", "finished us 400", "end CLOSE");
    }

    @Test
    void faultsAreAnsweredAndClosed() {
        stage.client("GET / HTTP/1.1\nHost: a\nContent-Length: 1\nTransfer-Encoding: chunked\n\n");
        assertThat(stage.clientGot())
                .startsWith("HTTP/1.1 400 Bad Request\n")
                .contains("Connection: close\n")
                .endsWith("Content-Length beside Transfer-Encoding\n");
        assertThat(stage.did()).containsExactly("refused LENGTH_AND_CODING", "end HALF");
        stage.client(GET);
        assertThat(stage.did()).isEmpty();
    }

    @Test
    void limitsHaveTheirOwnStatus() {
        Limits l = new Limits(1024, 8, 64, 10, 100, 8, 10, 0, 0, java.time.Duration.ofSeconds(1));
        Stage s = new Stage(Configs.with(false, l, CarryRules.DEFAULT));
        s.client("POST / HTTP/1.1\nHost: a\nContent-Length: 11\n\n");
        assertThat(s.clientGot()).startsWith("HTTP/1.1 413 Content Too Large\n");
        Stage chunked = new Stage(Configs.with(false, l, CarryRules.DEFAULT));
        chunked.client("POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n")
                .connected();
        chunked.client("b\nhello world\n");
        assertThat(chunked.clientGot()).startsWith("HTTP/1.1 413 ");
        assertThat(chunked.did())
                .containsExactly("connect S1", "refused BODY_TOO_LARGE", "drop", "finished us 413", "end HALF");
    }

    @Test
    void slowClientsRunOutOfTime() {
        stage.client("GET / HT").pass(9_999);
        assertThat(stage.did()).isEmpty();
        stage.pass(1);
        assertThat(stage.clientGot()).startsWith("HTTP/1.1 408 Request Timeout\n");
        Stage idle = new Stage();
        idle.pass(60_000);
        assertThat(idle.did()).containsExactly("end CLOSE");
        assertThat(idle.clientGot()).isEmpty();
        Stage body = new Stage();
        body.client("POST / HTTP/1.1\nHost: a\nContent-Length: 9\n\nhello")
                .connected()
                .pass(60_000);
        assertThat(body.clientGot()).startsWith("HTTP/1.1 408 ");
        assertThat(body.did()).doesNotContain("heard S1 SILENT");
    }

    @Test
    void aStalledAnswerIsCutAndBlamed() {
        stage.client(GET)
                .connected()
                .member("HTTP/1.1 200 OK\nContent-Length: 9\n\nhello")
                .pass(60_000);
        assertThat(stage.did())
                .containsExactly("connect S1", "drop", "heard S1 STALLED", "finished S1 200", "end CLOSE");
    }

    @Test
    void aSlowReaderIsCutAndNobodyBlamed() {
        stage.client(GET)
                .connected()
                .member("HTTP/1.1 200 OK\nContent-Length: 9\n\nhello")
                .clientWritable(false);
        stage.pass(60_000);
        assertThat(stage.did())
                .containsExactly("connect S1", "refused SLOW_READER", "drop", "finished us 200", "end RESET");
    }

    @Test
    void drainingSaysCloseAndEndsIdleConnections() {
        stage.client(GET).connected().drain().member(OK);
        assertThat(stage.clientGot()).contains("Connection: close\n");
        assertThat(stage.did()).endsWith("end CLOSE");
        Stage idle = new Stage();
        idle.drain();
        assertThat(idle.did()).containsExactly("end CLOSE");
    }

    @Test
    void splitAtEveryByteTheMemberGetsTheSame() {
        String wire = ("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
                + GET.replace("\n", "\r\n"));
        for (int cut = 1; cut < wire.length(); cut++) {
            Stage s = new Stage();
            s.clientRaw(wire.substring(0, cut));
            if (s.did().contains("connect S1")) {
                s.connected().clientRaw(wire.substring(cut));
            } else {
                s.clientRaw(wire.substring(cut)).connected();
            }
            s.member(OK).connected();
            String got = s.memberGot();
            assertThat(got).contains("0\n\nGET / HTTP/1.1\n");
            s.member(OK);
            assertThat(s.clientGot()).endsWith("ok");
        }
    }

    @Test
    void aForwardedFieldThatWouldSwallowOursIsLeftOut() {
        stage.client("GET / HTTP/1.1\nHost: a\nForwarded: for=\"x\\\"\nForwarded: for=\"[::1]\"\n\n")
                .connected();
        assertThat(stage.memberGot()).contains("\nForwarded: for=\"[::1]\", for=9.8.7.6;host=\"a\";proto=http\n");
    }

    @Test
    void aTunnelEndsOneDirectionAtATime() {
        String upgrade = "GET / HTTP/1.1\nHost: a\nConnection: upgrade\nUpgrade: x\n\n";
        stage.client(upgrade + "early").clientEnded().connected();
        stage.member("HTTP/1.1 101 Switching Protocols\nConnection: upgrade\nUpgrade: x\n\n");
        assertThat(stage.memberGot()).endsWith("early");
        assertThat(stage.did()).endsWith("end member");
        stage.member("answer");
        assertThat(stage.clientGot()).endsWith("\n\nanswer");
        stage.memberClosed();
        assertThat(stage.did()).endsWith("end CLOSE");
    }
}
