package io.echogate.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.config.Asked;
import io.echogate.config.MemberConfig;
import io.echogate.config.PingRules;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TargetTest {
    private static final InetAddress FIRST = InetAddress.ofLiteral("127.0.0.5");
    private static final InetAddress SECOND = InetAddress.ofLiteral("127.0.0.6");

    private static Target target(String host, int port) {
        return new Target(
                Asked.of(MemberConfig.of("S1", host, port), PingRules.DEFAULT),
                new PingAnswers(Expected.of(PingRules.DEFAULT)));
    }

    @Test
    void anAddressIsNeverLookedUp() {
        Target target = target("127.0.0.5", 3000);

        assertThat(target.wantsLookUp(0)).isFalse();
        assertThat(target.wantsLookUp(10 * Target.FRESH_NANOS)).isFalse();
        assertThat(target.socketAddress()).isEqualTo(new InetSocketAddress(FIRST, 3000));
    }

    @Test
    void aNameIsLookedUpOnceAtATimeAndAgainWhenOld() {
        Target target = target("machine1", 3000);

        assertThat(target.wantsLookUp(0)).isTrue();
        assertThat(target.wantsLookUp(1)).as("under way").isFalse();
        target.lookedUp(FIRST, 2);
        assertThat(target.wantsLookUp(3)).isFalse();
        assertThat(target.wantsLookUp(2 + Target.FRESH_NANOS)).isTrue();
    }

    @Test
    void aNameThatLeadsNowhereIsLookedUpSooner() {
        Target target = target("machine1", 3000);
        target.lookedUp(FIRST, 0);
        target.doubted(true);

        assertThat(target.wantsLookUp(Target.SOON_NANOS - 1)).isFalse();
        assertThat(target.wantsLookUp(Target.SOON_NANOS)).isTrue();
        target.lookedUp(SECOND, Target.SOON_NANOS);
        assertThat(target.address()).isEqualTo(SECOND);
    }

    @Test
    void theLastGoodAddressIsKeptWhileLookingUpFails() {
        Target target = target("machine1", 3000);
        target.lookedUp(null, 0);
        assertThat(target.address()).isNull();

        target.lookedUp(FIRST, 1);
        target.lookedUp(null, 2);
        assertThat(target.address()).isEqualTo(FIRST);
    }

    @Test
    void asksWithItsNameAndPort() {
        assertThat(request("machine1", 3000)).isEqualTo("""
                GET /ping HTTP/1.1\r
                Host: machine1:3000\r
                User-Agent: echogate\r
                Accept: */*\r
                Connection: close\r
                \r
                """);
        assertThat(request("127.0.0.5", 80)).contains("Host: 127.0.0.5\r\n");
        assertThat(request("::1", 3000)).contains("Host: [::1]:3000\r\n");
    }

    private static String request(String host, int port) {
        return new String(target(host, port).request(), StandardCharsets.ISO_8859_1);
    }
}
