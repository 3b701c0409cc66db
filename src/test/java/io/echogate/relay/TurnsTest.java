package io.echogate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echogate.config.CarryRules;
import io.echogate.config.Limits;
import io.echogate.net.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that wait have no session: whoever sends something is served by the one that another client had before. */
@ExtendWith(NoLeaks.class)
final class TurnsTest extends ClosesAfterEach {
    private static final String[] PIECES = {"\r\n", "GET /x HTTP/1.1\r\n", "Host: a\r\n", "\r\n"};
    private static final String LAST = "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    private Socket from(Rig rig, int last) throws IOException {
        return closing(new Socket(
                rig.relay.address().getAddress(),
                rig.relay.address().getPort(),
                InetAddress.getByName("127.0.0." + last),
                0));
    }

    @ParameterizedTest
    @EnumSource
    void nobodyIsTakenForSomebodyElse(Transport transport) throws Exception {
        Backend s1 = closing(Backend.named("one"));
        Rig rig =
                closing(new Rig(transport, Rig.config(false, Limits.DEFAULT, CarryRules.DEFAULT), null, s1.address()));
        List<Socket> clients = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            clients.add(from(rig, i));
        }
        for (int round = 0; round < 10; round++) {
            for (String piece : PIECES) {
                for (Socket s : clients) {
                    Rig.send(s, piece);
                }
            }
            for (Socket s : clients) {
                assertThat(Rig.answer(s)).endsWith("one GET /x HTTP/1.1 0");
            }
        }
        for (int i = 1; i <= 5; i++) {
            int before = s1.requests.size();
            Rig.send(clients.get(i - 1), LAST);
            assertThat(Rig.answer(clients.get(i - 1))).contains("200 OK");
            assertThat(s1.requests.get(before).field("X-Forwarded-For")).isEqualTo("127.0.0." + i);
        }
        assertThat(s1.requests.stream().map(r -> r.field("X-Forwarded-For")).distinct())
                .hasSize(5);
        await().untilAsserted(() -> assertThat(rig.metric(Families.CLIENTS)).isZero());
        assertThat(rig.metric(Families.IN_FLIGHT)).isZero();
    }
}
