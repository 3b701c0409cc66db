package io.echogate.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.config.CarryRules;
import io.echogate.config.Config;
import io.echogate.config.HistoryRules;
import io.echogate.config.Limits;
import io.echogate.config.PolicyName;
import io.echogate.config.PolicyRules;
import io.echogate.config.StatusRules;
import io.echogate.model.State;
import io.echogate.net.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Policies through a real relay, two event loops, in front of real members. */
final class PoliciesTest {
    private static final Pattern COOKIE =
            Pattern.compile("\r\nSet-Cookie: (echogate=[^;]+); Path=/; HttpOnly; SameSite=Lax\r\n");

    private final List<Backend> members = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private Rig rig(PolicyRules rules) throws IOException {
        for (int i = 1; i <= 3; i++) {
            Backend b = Backend.named("S" + i);
            members.add(b);
            open.add(b);
        }
        Rig rig = new Rig(
                Transport.EPOLL,
                config(rules),
                null,
                members.stream().map(Backend::address).toArray(InetSocketAddress[]::new));
        open.add(rig);
        return rig;
    }

    private static Config config(PolicyRules rules) {
        Config d = Rig.config(false, Limits.DEFAULT, CarryRules.DEFAULT);
        return new Config(
                d.listen(),
                d.admin(),
                d.page(),
                d.pollFreq(),
                null,
                rules,
                d.ping(),
                d.icmp(),
                d.witness(),
                d.carry(),
                d.limits(),
                d.accessLog(),
                HistoryRules.OFF,
                StatusRules.OFF,
                null,
                d.members(),
                List.of());
    }

    private static String get(String... fields) {
        return "GET /x HTTP/1.1\r\nHost: a\r\n"
                + Stream.of(fields).map(f -> f + "\r\n").reduce("", String::concat) + "Connection: close\r\n\r\n";
    }

    private static String member(String answer) {
        int at = answer.indexOf("Echogate-Member: ") + 17;
        return answer.substring(at, answer.indexOf('\r', at));
    }

    @Test
    void requestsOfOneConnectionGoRound() throws Exception {
        try (Rig rig = rig(PolicyRules.DEFAULT.with(PolicyName.ROUND_ROBIN));
                var client = rig.connect()) {
            Map<String, Integer> shares = new HashMap<>();
            for (int i = 0; i < 30; i++) {
                Rig.send(client, "GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
                shares.merge(member(Rig.answer(client)), 1, Integer::sum);
            }
            assertThat(shares).isEqualTo(Map.of("S1", 10, "S2", 10, "S3", 10));
        }
    }

    @Test
    void aRefusedConnectionGoesToAnotherMemberThatShares() throws Exception {
        Rig rig = rig(PolicyRules.DEFAULT.with(PolicyName.ROUND_ROBIN));
        members.get(1).kill();
        for (int i = 0; i < 12; i++) {
            String answer = rig.ask(get());
            assertThat(answer).startsWith("HTTP/1.1 200");
            assertThat(member(answer)).isIn("S1", "S3");
        }
    }

    @Test
    void oneUserAlwaysComesToOneMemberWhicheverLoopCarries() throws Exception {
        PolicyRules d = PolicyRules.DEFAULT;
        PolicyRules.Hash hash = new PolicyRules.Hash(PolicyRules.Key.HEADER, "X-User");
        Rig rig = rig(new PolicyRules(PolicyName.HASH, 1, Duration.ZERO, hash, d.sticky()));
        Map<Integer, String> first = new HashMap<>();
        for (int round = 0; round < 3; round++) {
            for (int user = 0; user < 20; user++) {
                String member = member(rig.ask(get("X-User: user-" + user)));
                assertThat(first.computeIfAbsent(user, u -> member)).isEqualTo(member);
            }
        }
        assertThat(first.values()).contains("S1", "S2", "S3");
        rig.state(2, State.DOWN);
        for (int user = 0; user < 20; user++) {
            String member = member(rig.ask(get("X-User: user-" + user)));
            String before = String.valueOf(first.get(user));
            assertThat(member).isIn(before.equals("S2") ? List.of("S1", "S3") : List.of(before));
        }
    }

    @Test
    void aClientKeepsItsMemberByCookieAndMovesOnceWhenThatDies() throws Exception {
        Rig rig = rig(PolicyRules.DEFAULT.with(PolicyName.STICKY));
        String answer = rig.ask(get());
        String home = member(answer);
        String cookie = cookie(answer);
        for (int i = 0; i < 12; i++) {
            String again = rig.ask(get("Cookie: theme=dark; " + cookie));
            assertThat(member(again)).isEqualTo(home);
            assertThat(again).doesNotContain("Set-Cookie");
        }
        int place = Integer.parseInt(home.substring(1)) - 1;
        assertThat(members.get(place).requests.getLast().field("Cookie")).isEqualTo("theme=dark; " + cookie);
        members.get(place).kill();
        String moved = rig.ask(get("Cookie: " + cookie));
        assertThat(moved).startsWith("HTTP/1.1 200").contains("Echogate-Attempts: 2");
        assertThat(member(moved)).isNotEqualTo(home);
        for (int i = 0; i < 6; i++) {
            assertThat(member(rig.ask(get("Cookie: " + cookie(moved))))).isEqualTo(member(moved));
        }
    }

    @Test
    void aCookieThatWasTamperedWithIsReplaced() throws Exception {
        Rig rig = rig(PolicyRules.DEFAULT.with(PolicyName.STICKY));
        String cookie = cookie(rig.ask(get()));
        String forged = cookie.substring(0, cookie.length() - 2) + (cookie.endsWith("AA") ? "BB" : "AA");
        assertThat(cookie(rig.ask(get("Cookie: " + forged)))).isNotEqualTo(forged);
    }

    private static String cookie(String answer) {
        Matcher found = COOKIE.matcher(answer);
        assertThat(found.find()).as(answer).isTrue();
        return found.group(1);
    }
}
