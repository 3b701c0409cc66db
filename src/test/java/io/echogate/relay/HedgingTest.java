package io.echogate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echogate.config.CarryRules;
import io.echogate.config.Carrying;
import io.echogate.config.HedgeRules;
import io.echogate.config.Limits;
import io.echogate.model.Outcome;
import io.echogate.net.Transport;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Second attempts on real sockets: nobody waits for the slow one, no connection and no count is left behind. */
@ExtendWith(NoLeaks.class)
final class HedgingTest extends ClosesAfterEach {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private final CountDownLatch thaw = new CountDownLatch(1);

    private static CarryRules hedging() {
        return Carrying.hedging(new HedgeRules(true, Duration.ofMillis(1), Duration.ofMillis(10), 100));
    }

    private boolean slowly(OutputStream out) throws IOException {
        try {
            thaw.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        Backend.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nslow");
        return true;
    }

    @ParameterizedTest
    @EnumSource
    void theSecondAnswersWhileTheFirstIsStillSilent(Transport transport) throws Exception {
        Backend s1 = closing(Backend.start((request, out) -> request.more().read() >= 0));
        Backend s2 = closing(Backend.named("two"));
        Rig rig = closing(
                new Rig(transport, Rig.config(false, Limits.DEFAULT, hedging()), null, s1.address(), s2.address()));
        try (Socket s = rig.connect()) {
            for (int i = 0; i < 20; i++) {
                Rig.send(s, "GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(Rig.answer(s))
                        .contains("Echogate-Member: S2\r\nEchogate-Attempts: 2\r\n")
                        .endsWith("two GET /x HTTP/1.1 0");
            }
        }
        assertThat(rig.metric(Families.HEDGES, "won")).isEqualTo(20);
        assertThat(rig.metric(Families.ATTEMPTS, "S1", "overtaken")).isEqualTo(20);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(rig.metric(Families.MEMBER_IN_FLIGHT)).isZero();
            assertThat(s1.connections).as("cancelled").isEmpty();
        });
        assertThat(rig.outcomes()).as("no failure").doesNotContain(Outcome.SILENT, Outcome.RESET);
    }

    @Test
    void theFirstMayStillWin() throws Exception {
        Backend s1 = closing(Backend.start((request, out) -> slowly(out)));
        Backend s2 = closing(Backend.start((request, out) -> {
            thaw.countDown();
            return request.more().read() >= 0;
        }));
        Rig rig = closing(new Rig(
                Transport.EPOLL, Rig.config(false, Limits.DEFAULT, hedging()), null, s1.address(), s2.address()));
        assertThat(rig.ask(Rig.GET))
                .contains("Echogate-Member: S1\r\nEchogate-Attempts: 2\r\n")
                .endsWith("slow");
        assertThat(rig.metric(Families.HEDGES, "lost")).isEqualTo(1);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(s2.connections).isEmpty());
    }
}
