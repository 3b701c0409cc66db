package io.echogate.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.model.Outcome;
import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each error says of the machine that was asked, and in which words. */
class IcmpErrorTest {
    @ParameterizedTest
    @CsvSource({
        "3,  0, NO_ROUTE,    network unreachable",
        "3,  1, UNREACHABLE, host unreachable",
        "3,  2, UNREACHABLE, protocol unreachable",
        "3,  3, UNREACHABLE, port unreachable",
        "3,  4, UNREACHABLE, fragmentation needed",
        "3,  6, NO_ROUTE,    network unknown",
        "3,  9, UNREACHABLE, network administratively prohibited",
        "3, 10, UNREACHABLE, host administratively prohibited",
        "3, 13, UNREACHABLE, administratively prohibited",
        "3, 99, UNREACHABLE, ICMP type 3 code 99",
        "11, 0, UNREACHABLE, time to live exceeded on the way",
        "12, 0, UNREACHABLE, parameter problem",
        "77, 1, UNREACHABLE, ICMP type 77 code 1",
    })
    void icmp(int type, int code, Outcome outcome, String words) {
        InetAddress router = InetAddress.ofLiteral("1.2.3.1");
        IcmpError e = new IcmpError(
                InetAddress.ofLiteral("1.2.4.9"), 7, IcmpError.ORIGIN_ICMP, type, code, Errno.EHOSTUNREACH, router);

        assertThat(e.outcome()).isEqualTo(outcome);
        assertThat(e.words()).isEqualTo(words + ", says 1.2.3.1");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, NO_ROUTE,    no route to destination",
        "1, 1, UNREACHABLE, administratively prohibited",
        "1, 3, UNREACHABLE, address unreachable",
        "1, 4, UNREACHABLE, port unreachable",
        "1, 5, UNREACHABLE, source address failed policy",
        "1, 6, UNREACHABLE, route rejected",
        "2, 0, UNREACHABLE, packet too big",
        "3, 0, UNREACHABLE, hop limit exceeded on the way",
        "4, 1, UNREACHABLE, parameter problem",
        "9, 9, UNREACHABLE, ICMP type 9 code 9",
    })
    void icmpv6(int type, int code, Outcome outcome, String words) {
        IcmpError e = new IcmpError(
                InetAddress.ofLiteral("fd00::9"), 7, IcmpError.ORIGIN_ICMP6, type, code, Errno.EHOSTUNREACH, null);

        assertThat(e.outcome()).isEqualTo(outcome);
        assertThat(e.words()).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "113, UNREACHABLE, 'EHOSTUNREACH, no route to host'",
        "101, NO_ROUTE,    'ENETUNREACH, network is unreachable'",
        "90,  UNSENT,      errno 90",
    })
    void theKernelsOwnWord(int errno, Outcome outcome, String words) {
        IcmpError e = new IcmpError(InetAddress.ofLiteral("1.2.3.4"), 7, IcmpError.ORIGIN_LOCAL, 0, 0, errno, null);

        assertThat(e.outcome()).isEqualTo(outcome);
        assertThat(e.words()).isEqualTo(words);
    }
}
