package io.echogate.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.config.CarryRules;
import io.echogate.config.Limits;
import io.echogate.model.State;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Members that may have no further request: the next one goes elsewhere, then waits, then is refused. */
final class CrowdTest {
    private static final String GET = """
            GET /x HTTP/1.1
            Host: a

            """;

    /** Free seats of S1, S2 and S3. */
    private final int[] free = {1, 1, 1};

    private final Seats seats = new Seats(new Seats.Rules(
            new Seats.Hall() {
                @Override
                public int take(int member, int most) {
                    int n = Math.min(1, free[member]);
                    free[member] -= n;
                    return n;
                }

                @Override
                public boolean wanted(int member) {
                    return false;
                }

                @Override
                public void giveBack(int member, int some) {
                    free[member] += some;
                }
            },
            100,
            1,
            0));

    private Stage stage(int queue) {
        return new Stage(Configs.with(false, Limits.DEFAULT, CarryRules.DEFAULT), seats, queue);
    }

    @Test
    void whoever_comes_after_the_last_seat_of_the_first_goes_to_the_second() {
        free[0] = 0;
        Stage s = stage(1).client(GET);
        assertThat(s.did()).contains("connect S2");
        assertThat(s.leaks()).isZero();
    }

    @Test
    void waits_when_all_are_full_and_goes_when_there_is_room() {
        Arrays.fill(free, 0);
        Stage s = stage(1).client(GET);
        assertThat(s.inLine).isTrue();
        assertThat(s.did()).noneMatch(a -> a.startsWith("connect"));
        s.pass(500).roomPerhaps();
        assertThat(s.inLine).as("no room yet").isTrue();
        free[1] = 1;
        s.roomPerhaps();
        assertThat(s.inLine).isFalse();
        assertThat(s.did()).contains("connect S2");
        s.connected().member("""
                HTTP/1.1 200 OK
                Content-Length: 2

                ok""");
        assertThat(s.clientGot()).startsWith("HTTP/1.1 200 OK\n").contains("Echogate-Attempts: 1\n");
        assertThat(s.leaks()).isZero();
    }

    @Test
    void is_refused_with_advice_when_its_time_in_line_is_up() {
        Arrays.fill(free, 0);
        Stage s = stage(1).client(GET).pass(999);
        assertThat(s.clientGot()).isEmpty();
        s.pass(1);
        assertThat(s.clientGot())
                .startsWith("HTTP/1.1 503 Service Unavailable\n")
                .contains("Retry-After: 1\n")
                .endsWith("every member has as many requests as it may have\n");
        assertThat(s.inLine).isFalse();
        assertThat(s.did()).contains("refused BUSY");
        free[0] = 1;
        s.client(GET);
        assertThat(s.did()).as("the connection goes on").contains("connect S1");
        assertThat(s.leaks()).isZero();
    }

    @Test
    void is_refused_at_once_when_the_line_is_full() {
        Arrays.fill(free, 0);
        Stage s = stage(0).client(GET);
        assertThat(s.clientGot()).startsWith("HTTP/1.1 503 Service Unavailable\n");
        assertThat(s.leaks()).isZero();
    }

    @Test
    void is_told_at_once_when_everybody_goes_down_meanwhile() {
        Arrays.fill(free, 0);
        Stage s = stage(1).client(GET);
        s.state(1, State.DOWN).state(2, State.DOWN).state(3, State.DOWN).roomPerhaps();
        assertThat(s.clientGot()).contains("no member serves");
        assertThat(s.leaks()).isZero();
    }

    @Test
    void a_failed_attempt_waits_for_another_member_and_says_what_failed_when_there_is_none_in_time() {
        Stage s = stage(1).client(GET);
        Arrays.fill(free, 0);
        s.refused();
        assertThat(s.inLine).isTrue();
        s.pass(1_000);
        assertThat(s.clientGot()).startsWith("HTTP/1.1 502 Bad Gateway\n").endsWith("S1: connection refused\n");
        assertThat(s.leaks()).isZero();
    }

    @Test
    void a_body_is_not_read_while_its_request_waits() {
        Arrays.fill(free, 0);
        Stage s = stage(1).client("""
                POST /x HTTP/1.1
                Host: a
                Content-Length: 6

                abc""");
        assertThat(s.readsClient()).isFalse();
        free[2] = 1;
        s.roomPerhaps().connected().client("def");
        assertThat(s.memberGot()).endsWith("abcdef");
        assertThat(s.leaks()).isZero();
    }

    @Test
    void a_client_that_leaves_leaves_the_line() {
        Arrays.fill(free, 0);
        Stage s = stage(1).client(GET).clientClosed();
        assertThat(s.inLine).isFalse();
        assertThat(s.leaks()).isZero();
    }

    @Test
    void seats_are_left_when_a_request_ends_however_it_ends() {
        free[1] = 0;
        free[2] = 0;
        Stage s = stage(1);
        for (int i = 0; i < 3; i++) {
            s.client(GET).connected().member("""
                    HTTP/1.1 200 OK
                    Content-Length: 0

                    """);
            assertThat(s.clientGot()).startsWith("HTTP/1.1 200 OK\n");
        }
        s.client(GET).refused().pass(1_000);
        assertThat(s.clientGot()).startsWith("HTTP/1.1 502");
        s.client(GET).connected().memberReset().pass(1_000);
        assertThat(s.clientGot()).startsWith("HTTP/1.1 502");
        s.client(GET);
        assertThat(s.did()).contains("connect S1");
        s.clientClosed();
        assertThat(seats.full(0)).isFalse();
    }

    @Test
    void a_tunnel_leaves_its_seat_to_others() {
        free[1] = 0;
        free[2] = 0;
        Stage s = stage(1).client("""
                GET /x HTTP/1.1
                Host: a
                Connection: Upgrade
                Upgrade: chat

                """).connected().member("""
                HTTP/1.1 101 Switching Protocols
                Connection: Upgrade
                Upgrade: chat

                """);
        assertThat(s.clientGot()).startsWith("HTTP/1.1 101");
        assertThat(seats.full(0)).isFalse();
        s.clientClosed();
        assertThat(seats.full(0)).isFalse();
        seats.take(0);
        assertThat(seats.full(0)).as("one seat, not two").isTrue();
    }
}
