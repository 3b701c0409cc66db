package io.echogate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echogate.config.CarryRules;
import io.echogate.config.Carrying;
import io.echogate.config.HedgeRules;
import io.echogate.config.Limits;
import io.echogate.model.Failure;
import io.echogate.model.RequestTrace;
import io.echogate.model.RequestTrace.Result;
import io.echogate.model.RequestTrace.Try;
import io.echogate.model.State;
import io.echogate.net.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The proof of each request, on real sockets: who was tried, why that was not enough, and under which number. */
final class ProofTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern NUMBER = Pattern.compile("Echogate-Request: ([0-9a-f]{16})\r\n");

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @AfterEach
    void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    private <T extends AutoCloseable> T closing(T part) {
        open.push(part);
        return part;
    }

    private Rig rig(InetSocketAddress... members) throws IOException {
        return closing(new Rig(members));
    }

    private static String get(String path, String... fields) {
        StringBuilder b = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n");
        for (String field : fields) {
            b.append(field).append("\r\n");
        }
        return b.append("\r\n").toString();
    }

    private static List<RequestTrace> kept(Rig rig) {
        return rig.relay.requests(t -> true, Integer.MAX_VALUE);
    }

    private static RequestTrace only(Rig rig) {
        return await().atMost(PATIENCE)
                .until(() -> kept(rig), all -> all.size() == 1)
                .getFirst();
    }

    private static String number(String answer) {
        Matcher found = NUMBER.matcher(answer);
        assertThat(found.find()).as(answer).isTrue();
        return found.group(1);
    }

    private static List<String> tries(RequestTrace trace) {
        return trace.tries().stream().map(t -> t.member() + " " + t.failure()).toList();
    }

    @Test
    void anAnsweredRequestIsFoundByTheNumberInItsAnswer() throws Exception {
        Backend s1 = closing(Backend.named("one"));
        Rig rig = rig(s1.address());
        String answer = rig.ask(get("/a/b?token=secret", "Echogate-Request: 0000000000000000"));
        RequestTrace trace = only(rig);
        assertThat(RequestTrace.text(trace.id())).isEqualTo(number(answer));
        assertThat(trace.path()).as("a query may hold secrets").isEqualTo("/a/b");
        assertThat(trace.method() + trace.status() + trace.result() + trace.member())
                .isEqualTo("GET200ANSWEREDS1");
        assertThat(trace.client()).isEqualTo("127.0.0.1");
        assertThat(trace.sent()).isEqualTo(answer.length());
        Try first = trace.tries().getFirst();
        assertThat(first.failure()).isNull();
        assertThat(first.reused()).isFalse();
        assertThat(first.connected()).isPositive();
        assertThat(first.firstByte()).isPositive().isLessThanOrEqualTo(first.took());
        assertThat(trace.took()).isGreaterThanOrEqualTo(first.took());
        assertThat(s1.requests.getFirst().field("Echogate-Request"))
                .as("the member can log the same number; a client gives none")
                .isEqualTo(number(answer));
    }

    @Test
    void aSecondRequestOnAKeptConnectionSaysSoAndHasAnotherNumber() throws Exception {
        Backend s1 = closing(Backend.named("one"));
        Rig rig = rig(s1.address());
        try (Socket s = rig.connect()) {
            Rig.send(s, "GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
            String one = number(Rig.answer(s));
            Rig.send(s, "GET /y HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(number(Rig.answer(s))).isNotEqualTo(one);
        }
        List<RequestTrace> both = await().atMost(PATIENCE).until(() -> kept(rig), all -> all.size() == 2);
        assertThat(both).as("newest first").extracting(RequestTrace::path).containsExactly("/y", "/x");
        Try again = both.getFirst().tries().getFirst();
        assertThat(again.reused()).isTrue();
        assertThat(again.connected()).isEqualTo(RequestTrace.NONE);
    }

    @Test
    void aDeadMemberIsNamedWithTheReasonAndWhoAnsweredInstead() throws Exception {
        Backend dead = Backend.named("one");
        dead.close();
        Backend s2 = closing(Backend.named("two"));
        Rig rig = rig(dead.address(), s2.address());
        String answer = rig.ask(get("/x", "Echogate-Explain: 1"));
        assertThat(answer)
                .containsPattern(
                        "Echogate-Tries: S1: connection refused after [0-9.]+ ms, S2: answered after [0-9.]+ ms\r\n");
        assertThat(s2.requests.getFirst().field("Echogate-Explain")).isEmpty();
        RequestTrace trace = only(rig);
        assertThat(trace.result()).isEqualTo(Result.ELSEWHERE);
        assertThat(trace.member()).isEqualTo("S2");
        assertThat(tries(trace)).containsExactly("S1 REFUSED", "S2 null");
        assertThat(trace.tries().get(1).began())
                .isGreaterThanOrEqualTo(trace.tries().getFirst().took());
        assertThat(rig.ask(get("/x"))).as("on demand only").doesNotContain("Echogate-Tries");
    }

    @Test
    void aHedgeIsMarkedAndTheSlowerOneIsOvertaken() throws Exception {
        Backend s1 = closing(Backend.start((request, out) -> request.more().read() >= 0));
        Backend s2 = closing(Backend.named("two"));
        Rig rig = closing(new Rig(
                Transport.EPOLL,
                Rig.config(
                        false,
                        Limits.DEFAULT,
                        Carrying.hedging(new HedgeRules(true, Duration.ofMillis(20), Duration.ofMillis(20), 100))),
                null,
                s1.address(),
                s2.address()));
        assertThat(rig.ask(Rig.GET)).contains("Echogate-Member: S2");
        RequestTrace trace = only(rig);
        assertThat(tries(trace)).containsExactly("S1 OVERTAKEN", "S2 null");
        assertThat(trace.tries()).extracting(Try::hedge).containsExactly(false, true);
        assertThat(trace.result()).isEqualTo(Result.ELSEWHERE);
    }

    @Test
    void nobodyServesIsRefusedAndAnAnswerCutShortHasFailed() throws Exception {
        Backend s1 = closing(Backend.start((request, out) -> {
            Backend.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
            return false;
        }));
        Rig rig = rig(s1.address());
        assertThat(rig.ask(get("/cut"))).endsWith("half");
        RequestTrace cut = only(rig);
        assertThat(cut.result()).isEqualTo(Result.FAILED);
        assertThat(cut.status()).isEqualTo(200);
        assertThat(tries(cut)).containsExactly("S1 CUT_SHORT");
        rig.state(1, State.DOWN);
        String dark = await().atMost(PATIENCE).until(() -> rig.ask(get("/dark")), a -> a.startsWith("HTTP/1.1 503"));
        RequestTrace refused = await().atMost(PATIENCE)
                .until(() -> kept(rig), all -> all.getFirst().path().equals("/dark"))
                .getFirst();
        assertThat(refused.result()).isEqualTo(Result.REFUSED);
        assertThat(refused.tries()).isEmpty();
        assertThat(RequestTrace.text(refused.id())).isEqualTo(number(dark));
    }

    @Test
    void aClientThatLeavesHasAborted() throws Exception {
        Backend s1 = closing(Backend.start((request, out) -> request.more().read() >= 0));
        Rig rig = rig(s1.address());
        try (Socket s = rig.connect()) {
            Rig.send(s, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
            await().atMost(PATIENCE).until(() -> !s1.requests.isEmpty());
            s.setSoLinger(true, 0);
        }
        RequestTrace trace = only(rig);
        assertThat(trace.result()).isEqualTo(Result.ABORTED);
        assertThat(trace.status()).isZero();
    }

    @Test
    void whoMetAKilledMemberIsNamedRequestByRequest() throws Exception {
        Backend s1 = Backend.named("one");
        Backend s2 = closing(Backend.named("two"));
        Rig rig = rig(s1.address(), s2.address());
        List<String> met = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            if (i == 30) {
                s1.kill();
            }
            String answer = rig.ask(get("/" + i));
            assertThat(answer).startsWith("HTTP/1.1 200");
            if (answer.contains("Echogate-Attempts: 2")) {
                met.add(number(answer));
            }
        }
        await().atMost(PATIENCE).until(() -> kept(rig).size() == 60);
        assertThat(met).isNotEmpty();
        assertThat(kept(rig))
                .filteredOn(t -> t.result() == Result.ELSEWHERE)
                .allMatch(t -> "S2".equals(t.member()) && t.tries().getFirst().failure() != null)
                .extracting(t -> RequestTrace.text(t.id()))
                .containsExactlyInAnyOrderElementsOf(met);
        assertThat(kept(rig))
                .filteredOn(t -> t.result() == Result.ELSEWHERE)
                .extracting(t -> t.tries().getFirst().failure())
                .containsAnyOf(Failure.Kind.REFUSED, Failure.Kind.RESET);
    }

    @Test
    void nothingIsKeptAndNothingIsSaidWhenThatIsWanted() throws Exception {
        Backend s1 = closing(Backend.named("one"));
        Limits l = Limits.DEFAULT;
        Limits none = new Limits(
                l.head(),
                l.headers(),
                l.target(),
                l.body(),
                l.connections(),
                l.idlePerMember(),
                0,
                l.inFlightPerMember(),
                l.queue(),
                l.queueTimeout());
        CarryRules quiet = Carrying.withoutProof();
        Rig rig = closing(new Rig(Transport.EPOLL, Rig.config(false, none, quiet), null, s1.address()));
        assertThat(rig.ask(get("/x", "Echogate-Explain: 1")))
                .startsWith("HTTP/1.1 200")
                .doesNotContain("Echogate-");
        assertThat(kept(rig)).isEmpty();
    }
}
