package io.echogate.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.clock.ManualClock;
import io.echogate.model.Kind;
import io.echogate.model.Outcome;
import io.echogate.net.IcmpSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which answers count, on moved time; the socket sends to loopback and nobody reads it here. */
class IcmpProbeTest {
    private static final long MILLI = 1_000_000;

    private final List<Finding> heard = new ArrayList<>();
    private final IcmpSocket socket = IcmpSocket.open();
    private final IcmpProbe probe = new IcmpProbe(socket, () -> 42L, new ManualClock(), (q, f) -> heard.add(f));
    private final Question question = new Question(0, Kind.ICMP, 0, 0, 0, MILLI, Pace.icmp(PacedWorld.config(1)));

    private IcmpCheck asked() {
        IcmpCheck check = probe.begin(question);
        if (probe.reaches(InetAddress.getLoopbackAddress())) {
            probe.send(check, InetAddress.getLoopbackAddress());
            assertThat(heard).isEmpty();
        }
        return check;
    }

    private boolean permitted() {
        return probe.reaches(InetAddress.getLoopbackAddress());
    }

    @Test
    void onlyItsOwnNonceAnswersAQuestionAndOnlyOnce() {
        asked();
        probe.answered(43, 2 * MILLI);
        assertThat(heard).isEmpty();

        probe.answered(42, 2 * MILLI);
        probe.answered(42, 3 * MILLI);

        assertThat(heard).hasSize(permitted() ? 1 : 0);
        assertThat(heard)
                .allMatch(f -> f.outcome() == Outcome.ANSWERED && f.timing().total() == 2 * MILLI);
    }

    @Test
    void anAnswerAfterTheTimeOutIsLate() {
        IcmpCheck check = asked();
        check.overdue(200 * MILLI);
        check.expire(800 * MILLI);
        probe.answered(42, 900 * MILLI);

        List<Outcome> outcomes = heard.stream().map(Finding::outcome).toList();
        assertThat(outcomes).startsWith(Outcome.OVERDUE, Outcome.SILENT);
        assertThat(outcomes).hasSize(permitted() ? 3 : 2);
        assertThat(heard.get(1).detail()).isEqualTo("no echo reply within 800 ms");
    }

    @Test
    void aForgottenQuestionIsNotAnswered() {
        asked().forget();
        probe.answered(42, MILLI);

        assertThat(heard).isEmpty();
    }

    @Test
    void whatCannotBeSentIsNoWordAgainstTheMember() {
        socket.close();
        probe.send(probe.begin(question), InetAddress.getLoopbackAddress());

        assertThat(heard).singleElement().extracting(Finding::outcome).isEqualTo(Outcome.UNSENT);
    }
}
