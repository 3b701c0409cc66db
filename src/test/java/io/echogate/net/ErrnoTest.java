package io.echogate.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.model.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrnoTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new ConnectException("connect(..) failed with error(-111): refused"), Outcome.REFUSED),
                Arguments.of(new ConnectException("Connection refused: /127.0.0.1:1"), Outcome.REFUSED),
                Arguments.of(
                        new IOException("connect(..) failed with error(-113): No route to host"), Outcome.UNREACHABLE),
                Arguments.of(new IOException("connect(..) failed with error(-112): Host is down"), Outcome.UNREACHABLE),
                Arguments.of(new NoRouteToHostException("No route to host"), Outcome.UNREACHABLE),
                Arguments.of(
                        new NoRouteToHostException("connect(..) failed with error(-101): Network is unreachable"),
                        Outcome.NO_ROUTE),
                Arguments.of(new ConnectException("Network is unreachable"), Outcome.NO_ROUTE),
                Arguments.of(new SocketException("Network is down"), Outcome.NO_ROUTE),
                Arguments.of(
                        new ConnectException("finishConnect(..) failed with error(-110): Connection timed out"),
                        Outcome.CONNECT_SILENT),
                Arguments.of(
                        new IllegalStateException(
                                new IOException("newSocketStream(..) failed with error(-24): Too many open files")),
                        Outcome.UNSENT),
                Arguments.of(new SocketException("Too many open files"), Outcome.UNSENT),
                Arguments.of(
                        new IOException("connect(..) failed with error(-99): Cannot assign requested address"),
                        Outcome.UNSENT),
                Arguments.of(new IOException("connect(..) failed with error(-1): Not permitted"), Outcome.UNSENT),
                Arguments.of(new SocketException("Connection reset"), Outcome.RESET),
                Arguments.of(new IOException("something new"), Outcome.UNSENT));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void saysWhatAFailureMeansForTheMember(Throwable failure, Outcome expected) {
        assertThat(Errno.outcome(Errno.of(failure))).isEqualTo(expected);
    }
}
