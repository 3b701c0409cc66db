package io.echogate.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefaultGatewayTest {
    private static final String HEADER =
            "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT";

    @Test
    void isTheDefaultRouteWithTheLowestMetric() throws IOException {
        List<String> table = List.of(
                HEADER,
                "eth1\t00000000\t0202A8C0\t0003\t0\t0\t200\t00000000\t0\t0\t0",
                "eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0",
                "eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0");

        assertThat(DefaultGateway.of(table)).contains(InetAddress.ofLiteral("192.168.1.1"));
    }

    @Test
    void isNobodyWithoutADefaultRoute() throws IOException {
        List<String> table = List.of(HEADER, "eth0\t00030201\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0");

        assertThat(DefaultGateway.of(table)).isEmpty();
        assertThat(DefaultGateway.of(List.of(HEADER))).isEmpty();
    }
}
