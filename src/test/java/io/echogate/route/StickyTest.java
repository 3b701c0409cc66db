package io.echogate.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.config.PolicyName;
import io.echogate.config.PolicyRules;
import io.echogate.model.State;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** sticky: a client stays where its ticket says, tickets cannot be made up, and a lost member costs one move. */
final class StickyTest {
    private final Crew crew = new Crew(PolicyName.STICKY, 4);

    /** What the answer of that member sets, or "". */
    private String mark(Inquiry about, int member) {
        return new String(crew.policy.mark(about.head(), crew.fleet.at(member - 1)), StandardCharsets.US_ASCII);
    }

    private String ticket(int member) {
        String line = mark(Crew.get(), member);
        return line.substring("Set-Cookie: ".length(), line.indexOf(';'));
    }

    private static Inquiry with(String cookie) {
        return Crew.get("Cookie: a=b; " + cookie + "; c=d");
    }

    @Test
    void the_cookie_is_for_the_whole_site_and_not_for_scripts() {
        assertThat(mark(Crew.get(), 2))
                .matches("Set-Cookie: echogate=[A-Za-z0-9_-]{51}; Path=/; HttpOnly; SameSite=Lax\r\n");
    }

    @Test
    void a_client_stays_with_its_member_and_is_told_so_once() {
        for (int member = 1; member <= 4; member++) {
            Inquiry about = with(ticket(member));
            for (int i = 0; i < 20; i++) {
                assertThat(crew.choose(about)).isEqualTo("S" + member);
            }
            assertThat(mark(about, member)).isEmpty();
        }
    }

    @Test
    void new_clients_take_turns_by_weight() {
        assertThat(crew.weights(2, 1, 1, 1).shares(500)).isEqualTo(Map.of("S1", 200, "S2", 100, "S3", 100, "S4", 100));
    }

    @Test
    void whose_member_is_gone_moves_once_and_stays_there() {
        Inquiry about = with(ticket(3));
        String heir = crew.state(3, State.DOWN).choose(about);
        assertThat(heir).isIn("S1", "S2", "S4");
        int member = Integer.parseInt(heir.substring(1));
        assertThat(mark(about, member)).contains(ticket(member));
        Inquiry moved = with(ticket(member));
        crew.state(3, State.UP);
        for (int i = 0; i < 20; i++) {
            assertThat(crew.choose(moved)).isEqualTo(heir);
        }
    }

    @Test
    void doubt_moves_a_client_too_when_somebody_else_is_well() {
        assertThat(crew.state(3, State.SUSPECT).choose(with(ticket(3)))).isIn("S1", "S2", "S4");
        crew.state(1, State.DOWN).state(2, State.DOWN).state(4, State.DOWN);
        assertThat(crew.choose(with(ticket(3)))).isEqualTo("S3");
    }

    @Test
    void stickiness_never_brings_a_request_back_to_where_it_failed() {
        for (int i = 0; i < 20; i++) {
            assertThat(crew.choose(with(ticket(3)), 3)).isIn("S1", "S2", "S4");
        }
    }

    @Test
    void any_change_to_a_ticket_makes_it_none() {
        String ticket = ticket(3);
        String name = ticket.substring(0, ticket.indexOf('=') + 1 + Ticket.NAME);
        String other = ticket(4);
        for (int at = ticket.indexOf('=') + 1; at < ticket.length(); at++) {
            char changed = ticket.charAt(at) == 'A' ? 'B' : 'A';
            assertNone(ticket.substring(0, at) + changed + ticket.substring(at + 1));
        }
        assertNone(name + other.substring(name.length()));
        assertNone(name);
        assertNone(ticket + "A");
        assertNone("echogate=");
        assertNone("echogate=S3");
        assertNone("Echogate=" + ticket.substring("echogate=".length()));
    }

    private void assertNone(String cookie) {
        assertThat(mark(with(cookie), 3)).as(cookie).contains(ticket(3));
    }

    @Test
    void tickets_of_another_secret_are_none() {
        Policy stranger = Policy.of(
                PolicyRules.DEFAULT.with(PolicyName.STICKY),
                crew.fleet,
                crew.loads,
                io.echogate.clock.Chance.seeded(1),
                new byte[32]);
        String line = new String(stranger.mark(Crew.get().head(), crew.fleet.at(2)), StandardCharsets.US_ASCII);
        assertNone(line.substring("Set-Cookie: ".length(), line.indexOf(';')));
    }

    @Test
    void a_ticket_says_nothing_of_its_member() {
        for (int member = 1; member <= 4; member++) {
            String value = ticket(member).substring("echogate=".length());
            byte[] decoded = java.util.Base64.getUrlDecoder().decode(value.substring(Ticket.NAME));
            assertThat(new String(decoded, StandardCharsets.ISO_8859_1)).doesNotContain("S" + member, "10.0.0.");
            assertThat(decoded).hasSize(32);
        }
        assertThat(ticket(1)).isNotEqualTo(ticket(2)).isEqualTo(ticket(1));
    }

    @Test
    void a_second_cookie_field_is_read_too() {
        Inquiry about = Crew.get("Cookie: a=b", "Cookie: " + ticket(2));
        assertThat(crew.choose(about)).isEqualTo("S2");
    }
}
