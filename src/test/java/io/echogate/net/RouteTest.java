package io.echogate.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class RouteTest {
    @Test
    void thereIsAlwaysAWayToOurselves() {
        assertThat(Route.errno(InetAddress.ofLiteral("127.0.0.77"))).isZero();
    }
}
