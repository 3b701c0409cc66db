package io.echogate.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.config.CarryRules;
import io.echogate.config.Config;
import io.echogate.config.Limits;
import io.echogate.model.Drill.Mode;
import io.echogate.model.Fleet;
import io.echogate.model.Fleets;
import io.echogate.model.State;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** Requests that meet a drill: made to fail only if they are answered all the same. */
final class PlayedTest {
    private static final String GET = """
            GET /x HTTP/1.1
            Host: a

            """;
    private static final String POST = """
            POST /x HTTP/1.1
            Host: a
            Content-Length: 2

            hi""";
    private static final String OK = """
            HTTP/1.1 200 OK
            Content-Length: 2

            ok""";

    private static Stage stage(Mode mode, int members) {
        InetSocketAddress[] addresses = new InetSocketAddress[members];
        for (int i = 0; i < members; i++) {
            addresses[i] = new InetSocketAddress(InetAddress.getLoopbackAddress(), 3000 + i);
        }
        Fleet fleet = Fleets.drill(Fleets.all(State.UP, addresses), "S1", mode);
        Config config = Configs.with(false, Limits.DEFAULT, CarryRules.DEFAULT);
        return new Stage(config, fleet);
    }

    @Test
    void a_refusal_is_met_by_every_method() {
        for (String request : new String[] {GET, POST}) {
            Stage s = stage(Mode.REFUSE, 2).client(request);
            assertThat(s.did()).contains("play REFUSE S1");
            s.refused();
            assertThat(s.did()).contains("connect S2", "heard S1 REFUSED");
            s.connected().member(OK);
            assertThat(s.clientGot())
                    .startsWith("HTTP/1.1 200 OK\n")
                    .contains("Echogate-Member: S2\nEchogate-Attempts: 2\n");
            assertThat(s.leaks()).isZero();
        }
    }

    @Test
    void a_machine_that_is_off_is_met_until_the_time_to_connect_is_up() {
        Stage s = stage(Mode.OFF, 2).client(POST);
        assertThat(s.did()).contains("play OFF S1");
        s.pass(500);
        assertThat(s.did()).contains("connect S2", "heard S1 CONNECT_SILENT");
        s.connected();
        assertThat(s.memberGot()).endsWith("hi");
        assertThat(s.leaks()).isZero();
    }

    @Test
    void a_freeze_is_met_by_what_may_be_sent_again_and_moves_with_the_doubt() {
        Stage s = stage(Mode.FREEZE, 2).client(GET);
        assertThat(s.did()).contains("play FREEZE S1");
        s.connected().state(1, State.SUSPECT);
        assertThat(s.did()).contains("connect S2");
        s.connected().member(OK);
        assertThat(s.clientGot()).startsWith("HTTP/1.1 200 OK\n");
        assertThat(s.leaks()).isZero();
    }

    @Test
    void what_a_freeze_would_cost_is_carried_in_earnest_and_counted() {
        Stage s = stage(Mode.FREEZE, 2).client(POST);
        assertThat(s.did()).contains("spared", "connect S1").doesNotContain("play FREEZE S1");
        s.connected().member(OK);
        assertThat(s.clientGot()).contains("Echogate-Member: S1\n");
        assertThat(s.leaks()).isZero();
    }

    @Test
    void nothing_is_played_when_nobody_else_could_answer() {
        Stage s = stage(Mode.REFUSE, 1).client(GET);
        assertThat(s.did()).contains("spared", "connect S1");
        assertThat(s.leaks()).isZero();
    }

    @Test
    void nothing_is_played_once_an_attempt_has_failed() {
        Stage s = stage(Mode.REFUSE, 2);
        s.shows(Fleets.drill(s.around().fleet(), "S2", Mode.REFUSE)).client(GET);
        assertThat(s.did()).contains("connect S1");
        s.refused();
        assertThat(s.did()).contains("spared", "connect S2");
        assertThat(s.leaks()).isZero();
    }

    @Test
    void nothing_is_played_without_a_further_attempt() {
        CarryRules d = CarryRules.DEFAULT;
        CarryRules once = new CarryRules(
                d.connectTimeout(),
                d.firstByteTimeout(),
                d.requestTimeout(),
                d.idleTimeout(),
                d.headTimeout(),
                d.drainTimeout(),
                0,
                d.replayBuffer(),
                d.retryBudgetPercent(),
                d.retryBudgetFloor(),
                d.proofHeaders(),
                d.hedge(),
                d.outlier());
        Fleet fleet = stage(Mode.REFUSE, 2).around().fleet();
        Stage s = new Stage(Configs.with(false, Limits.DEFAULT, once), fleet).client(GET);
        assertThat(s.did()).contains("spared", "connect S1");
        assertThat(s.leaks()).isZero();
    }
}
