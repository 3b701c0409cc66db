package io.echogate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echogate.http.Fault;
import io.echogate.meter.Metric;
import io.echogate.model.Access;
import io.echogate.model.RequestTrace;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of each request, and what is counted per member, on real sockets. */
final class AccessTest extends ClosesAfterEach {
    private static void hasTold(Rig rig, int requests) {
        await().untilAsserted(() -> assertThat(rig.accesses).hasSize(requests));
    }

    @Test
    void each_request_of_a_connection_is_told_with_its_own_sums() throws Exception {
        Backend s2 = closing(Backend.named("two"));
        Rig rig = closing(new Rig(Rig.nobody(), s2.address()));
        try (Socket s = rig.connect()) {
            String asked = "GET /a?b=c HTTP/1.1\r\nHost: h\r\nUser-Agent: me/1\r\nReferer: http://r/\r\n\r\n";
            Rig.send(s, asked);
            String first = Rig.answer(s);
            hasTold(rig, 1);
            String posted = "POST /d HTTP/1.0\r\nContent-Length: 3\r\n\r\nxyz";
            Rig.send(s, posted);
            String second = Rig.answer(s);
            hasTold(rig, 2);

            Access a = rig.accesses.getFirst();
            assertThat(a)
                    .isEqualTo(new Access(
                            a.nanos(),
                            a.id(),
                            "127.0.0.1",
                            "GET",
                            "/a?b=c",
                            1,
                            "h",
                            "http://r/",
                            "me/1",
                            200,
                            "S2",
                            2,
                            asked.length(),
                            first.length(),
                            a.took()));
            assertThat(first).contains("Echogate-Request: " + RequestTrace.text(a.id()) + "\r\n");
            Access b = rig.accesses.getLast();
            assertThat(b.took()).isPositive();
            assertThat(b)
                    .isEqualTo(new Access(
                            b.nanos(),
                            b.id(),
                            "127.0.0.1",
                            "POST",
                            "/d",
                            0,
                            null,
                            null,
                            null,
                            200,
                            "S2",
                            b.attempts(),
                            posted.length(),
                            second.length(),
                            b.took()));
        }
    }

    @Test
    void what_is_no_request_is_told_without_one() throws Exception {
        Rig rig = closing(new Rig(Rig.nobody()));
        String answer = rig.ask("GET /x HTTP/1.1\r\nHost: a\r\nNo colon\r\n\r\n");
        hasTold(rig, 1);
        Access a = rig.accesses.getFirst();
        assertThat(a.method() + a.target()).isEmpty();
        assertThat(a.status()).isEqualTo(400);
        assertThat(a.member()).isNull();
        assertThat(answer).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void a_fault_in_a_body_is_told_once_with_its_request() throws Exception {
        Backend s1 = closing(Backend.streaming((request, out) -> request.more().read() >= 0));
        Rig rig = closing(new Rig(s1.address()));
        rig.ask("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n");
        hasTold(rig, 1);
        assertThat(rig.accesses.getFirst().target()).isEqualTo("/x");
        assertThat(rig.accesses.getFirst().status()).isEqualTo(400);
    }

    @Test
    void a_share_is_spread_evenly() {
        List<Access> told = new ArrayList<>();
        AccessTap tap = new AccessTap(told::add, 25);
        List<Integer> at = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            int before = told.size();
            tap.refused(new AccessTap.Sums(1, "c", 0, 0, 0), Fault.BAD_REQUEST_LINE, i);
            if (told.size() > before) {
                at.add(i);
            }
        }
        assertThat(at).containsExactly(3, 7, 11);
    }

    @Test
    void members_have_their_own_bytes_and_requests_in_flight() throws Exception {
        Backend s1 = closing(Backend.named("one"));
        Rig rig = closing(new Rig(s1.address()));
        String answer = rig.ask(Rig.GET);
        await().untilAsserted(() ->
                assertThat(rig.metric(Metric.REQUESTS, "S1", "2xx")).isEqualTo(1));
        String head = s1.requests.getFirst().head();
        assertThat(rig.metric(Families.MEMBER_SENT, "S1")).isBetween((long) head.length(), head.length() + 4L);
        assertThat(rig.metric(Families.MEMBER_RECEIVED, "S1")).isPositive().isLessThan(answer.length());
        assertThat(rig.metric(Families.MEMBER_IN_FLIGHT, "S1")).isZero();
        assertThat(rig.metric(Families.IDLE, "S1")).isEqualTo(1);
    }

    @Test
    void a_request_that_waits_for_its_member_is_in_flight_there() throws Exception {
        Backend s1 = closing(Backend.start((request, out) -> request.more().read() >= 0));
        Rig rig = closing(new Rig(s1.address()));
        try (Socket s = rig.connect()) {
            Rig.send(s, Rig.GET);
            await().untilAsserted(() ->
                    assertThat(rig.metric(Families.MEMBER_IN_FLIGHT, "S1")).isEqualTo(1));
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(rig.metric(Families.MEMBER_IN_FLIGHT, "S1")).isZero());
    }

    @Test
    void loops_count_how_late_they_are() throws Exception {
        Rig rig = closing(new Rig(Rig.nobody()));
        await().untilAsserted(() -> assertThat(rig.meters.read()).anySatisfy(r -> {
            assertThat(r.metric()).isEqualTo(Families.LAG);
            assertThat(r.buckets().stream().mapToLong(n -> n).sum()).isPositive();
        }));
    }
}
