package io.echogate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.echogate.config.CarryRules;
import io.echogate.config.HedgeRules;
import io.echogate.config.Limits;
import io.echogate.config.OutlierRules;
import io.echogate.fuzz.Corpus;
import io.echogate.net.Transport;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Slow, endless and many, on real sockets: each has its limit, its status and its count, and nobody else suffers. */
@ExtendWith(NoLeaks.class)
final class HostileRelayTest extends ClosesAfterEach {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int TINY = 20_000;

    private Backend member;
    private Rig rig;

    @BeforeEach
    void start() throws IOException {
        member = closing(Backend.named("one"));
        rig = rig(CarryRules.DEFAULT, member);
    }

    private Rig rig(CarryRules rules, Backend to) throws IOException {
        Limits l = Limits.DEFAULT;
        Limits limits = new Limits(
                l.head(),
                l.headers(),
                l.target(),
                1_000_000,
                l.connections(),
                l.idlePerMember(),
                l.proofs(),
                l.inFlightPerMember(),
                l.queue(),
                l.queueTimeout());
        return closing(new Rig(Transport.EPOLL, Rig.config(false, limits, rules), null, to.address()));
    }

    private static CarryRules impatient() {
        CarryRules d = CarryRules.DEFAULT;
        return new CarryRules(
                d.connectTimeout(),
                d.firstByteTimeout(),
                d.requestTimeout(),
                SOON,
                SOON,
                d.drainTimeout(),
                0,
                d.replayBuffer(),
                20,
                3,
                true,
                HedgeRules.DEFAULT,
                OutlierRules.DEFAULT);
    }

    private void isWell() throws IOException {
        assertThat(rig.ask(Rig.GET)).startsWith("HTTP/1.1 200 OK\r\n");
    }

    /** What comes until the relay ends the connection. */
    private static String rest(Socket s) throws IOException {
        return new String(s.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void noClientChangesWhatIsThoughtOfAMember() throws IOException {
        for (String wire : Corpus.read("requests.txt")) {
            try (Socket s = rig.connect()) {
                Rig.send(s, wire);
                s.shutdownOutput();
                rest(s);
            }
            isWell();
        }
        assertThat(rig.heard).isEmpty();
        assertThat(rig.metric(Families.REFUSALS, "length_and_coding")).isGreaterThan(0);
        assertThat(rig.metric(Families.REFUSALS, "bad_chunk")).isGreaterThan(0);
        assertThat(rig.metric(Families.REFUSALS, "cut_body")).isGreaterThan(0);
        await().until(() -> rig.metric(Families.CLIENTS) == 0 && rig.metric(Families.IN_FLIGHT) == 0);
    }

    @Test
    void aSlowHeadIsA408() throws IOException {
        rig = rig(impatient(), member);
        try (Socket s = rig.connect()) {
            Rig.send(s, "GET / HTTP/1.1\r\nHost: ");
            isWell();
            assertThat(rest(s)).startsWith("HTTP/1.1 408 Request Timeout\r\n");
        }
        assertThat(rig.metric(Families.REFUSALS, "head_timeout")).isEqualTo(1);
        assertThat(rig.heard).isEmpty();
    }

    @Test
    void aSlowBodyIsA408() throws IOException {
        rig = rig(impatient(), member);
        try (Socket s = rig.connect()) {
            Rig.send(s, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe");
            isWell();
            assertThat(rest(s)).startsWith("HTTP/1.1 408 Request Timeout\r\n");
        }
        assertThat(rig.metric(Families.REFUSALS, "body_timeout")).isEqualTo(1);
        assertThat(rig.heard).isEmpty();
    }

    @Test
    void aHeadWithoutEndIsA431() throws IOException {
        try (Socket s = rig.connect()) {
            Rig.send(s, "GET / HTTP/1.1\r\nX: " + "x".repeat(100_000));
            assertThat(rest(s)).startsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n");
        }
        assertThat(rig.metric(Families.REFUSALS, "head_too_large")).isEqualTo(1);
    }

    @Test
    void aTargetWithoutEndIsA414() throws IOException {
        try (Socket s = rig.connect()) {
            Rig.send(s, "GET /" + "x".repeat(20_000));
            assertThat(rest(s)).startsWith("HTTP/1.1 414 URI Too Long\r\n");
        }
        assertThat(rig.metric(Families.REFUSALS, "target_too_long")).isEqualTo(1);
    }

    @Test
    void aBodyWithoutEndIsA413() throws IOException {
        try (Socket s = rig.connect()) {
            Rig.send(s, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 11; i++) {
                Rig.send(s, "186a0\r\n" + "x".repeat(100_000) + "\r\n");
            }
            assertThat(rest(s)).startsWith("HTTP/1.1 413 Content Too Large\r\n");
        }
        assertThat(rig.metric(Families.REFUSALS, "body_too_large")).isEqualTo(1);
        assertThat(rig.heard).isEmpty();
    }

    @Test
    void aFloodOfTinyChunksIsABody() throws IOException {
        String answer = rig.ask("POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "1\r\nx\r\n".repeat(TINY) + "0\r\n\r\n");
        assertThat(answer).endsWith("one POST / HTTP/1.1 " + TINY);
    }

    @Test
    void aFloodOfPipelinedRequestsStaysInTheClient() throws Exception {
        rig = rig(impatient(), member);
        String thousand = "GET /flood HTTP/1.1\r\nHost: a\r\n\r\n".repeat(1_000);
        try (Socket s = rig.connect()) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 3_000; i++) {
                            Rig.send(s, thousand);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        isWell();
        assertThat(rig.metric(Families.BYTES_UP)).isLessThan(50_000_000);
        await().until(() -> rig.metric(Families.CLIENTS) == 0);
        assertThat(rig.heard).isEmpty();
    }

    @Test
    void aSlowReaderIsEndedAndNobodyBlamed() throws Exception {
        Backend endless = closing(Backend.start((r, out) -> {
            Backend.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 900000000\r\n\r\n");
            for (int i = 0; i < 900; i++) {
                Backend.write(out, "x".repeat(1_000_000));
            }
            return false;
        }));
        Rig slow = rig(impatient(), endless);
        try (Socket s = slow.connect()) {
            Rig.send(s, Rig.GET);
            await().until(() -> slow.metric(Families.CLIENTS) == 1);
            await().until(() -> slow.metric(Families.CLIENTS) == 0);
        }
        assertThat(slow.metric(Families.REFUSALS, "slow_reader")).isEqualTo(1);
        assertThat(slow.metric(Families.BYTES_DOWN)).isLessThan(900_000_000);
        assertThat(slow.heard).isEmpty();
    }
}
