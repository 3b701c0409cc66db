package io.echogate.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.clock.ManualClock;
import io.echogate.model.Kind;
import io.echogate.model.Outcome;
import io.echogate.net.Errno;
import io.echogate.net.IcmpError;
import io.echogate.net.IcmpSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which answers and errors count as what, on moved time: the socket sends to loopback and is not read here. */
class IcmpProbeTest {
    private static final long MILLI = 1_000_000;
    private static final InetAddress TO = InetAddress.getLoopbackAddress();
    private static final IcmpProbe.Rounds ROUNDS = new IcmpProbe.Rounds(200 * MILLI, 2_000 * MILLI);

    private final List<Finding> heard = new ArrayList<>();
    private final ManualClock clock = new ManualClock();
    private final IcmpSocket socket = IcmpSocket.open(clock);
    private final IcmpProbe probe =
            new IcmpProbe(socket, () -> 42L << 20, clock, ROUNDS, (q, f) -> heard.add(f), n -> {}, new Plays());
    private final Question question = question();

    /** One that sends nothing. */
    static IcmpProbe probe() {
        IcmpSocket closed = IcmpSocket.open(new ManualClock());
        closed.close();
        return new IcmpProbe(closed, () -> 0L, new ManualClock(), ROUNDS, (q, f) -> {}, n -> {}, new Plays());
    }

    private static Question question() {
        return new Question(0, Kind.ICMP, 0, 0, 0, MILLI, Pace.icmp(PacedWorld.config(1)));
    }

    @AfterEach
    void close() {
        socket.close();
    }

    private IcmpCheck asked() {
        IcmpCheck check = probe.ask(question, TO);
        probe.flush();
        if (!probe.reaches(TO)) {
            heard.clear();
            check = probe.ask(question, TO);
            check.left(0);
        }
        assertThat(heard).isEmpty();
        return check;
    }

    private IcmpError error(InetAddress to, int sequence) {
        return new IcmpError(to, sequence, 2, 3, 1, Errno.EHOSTUNREACH, InetAddress.ofLiteral("1.2.3.1"));
    }

    private List<Outcome> outcomes() {
        return heard.stream().map(Finding::outcome).toList();
    }

    @Test
    void onlyItsOwnNonceAnswersAQuestionAndOnlyOnce() {
        IcmpCheck check = asked();
        probe.answered(check.nonce() + (1L << 20), 2 * MILLI);
        assertThat(heard).isEmpty();

        probe.answered(check.nonce(), 2 * MILLI);
        probe.answered(check.nonce(), 3 * MILLI);

        assertThat(outcomes()).containsExactly(Outcome.ANSWERED);
        assertThat(heard.getFirst().timing().total()).isEqualTo(2 * MILLI);
        assertThat(probe.onTheirWay()).isZero();
    }

    @Test
    void anAnswerAfterTheTimeOutIsLate() {
        IcmpCheck check = asked();
        check.overdue(200 * MILLI);
        check.expire(800 * MILLI);
        probe.answered(check.nonce(), 900 * MILLI);

        assertThat(outcomes()).containsExactly(Outcome.OVERDUE, Outcome.SILENT, Outcome.LATE);
        assertThat(heard.get(1).detail()).isEqualTo("no echo reply within 800 ms");
        assertThat(heard.get(2).detail()).isEqualTo("echo reply in 900 ms");
    }

    @Test
    void anAnswerStampedInTimeIsInTimeHoweverLateWeGetToIt() {
        IcmpCheck check = asked();
        check.expire(900 * MILLI);
        probe.answered(check.nonce(), 799 * MILLI);

        assertThat(outcomes()).containsExactly(Outcome.SILENT, Outcome.ANSWERED);
        assertThat(heard.getLast().timing().total()).isEqualTo(799 * MILLI);
    }

    @Test
    void anAnswerStampedTooLateIsLateEvenIfTheTimeOutWasNotYetSaid() {
        IcmpCheck check = asked();
        probe.answered(check.nonce(), 801 * MILLI);

        assertThat(outcomes()).containsExactly(Outcome.SILENT, Outcome.LATE);
        assertThat(question.open()).isFalse();
    }

    @Test
    void aStampFromBeforeTheQuestionIsNoNegativeRoundTrip() {
        clock.advanceMillis(5);
        IcmpCheck check = asked();
        probe.answered(check.nonce(), -7 * MILLI);

        assertThat(heard)
                .singleElement()
                .satisfies(f -> assertThat(f.timing().total()).isZero());
    }

    @Test
    void anErrorIsTheWordOnExactlyTheRequestThatItQuotes() {
        IcmpCheck check = asked();
        probe.flush();
        int sequence = Math.max(0, check.sequence());
        probe.failed(error(TO, sequence + 1), MILLI);
        probe.failed(error(InetAddress.ofLiteral("127.0.0.9"), sequence), MILLI);
        assertThat(heard).isEmpty();

        if (probe.reaches(TO)) {
            probe.failed(error(TO, sequence), 3 * MILLI);
            probe.answered(check.nonce(), 4 * MILLI);

            assertThat(heard).singleElement().satisfies(f -> {
                assertThat(f.outcome()).isEqualTo(Outcome.UNREACHABLE);
                assertThat(f.detail()).isEqualTo("host unreachable, says 1.2.3.1");
                assertThat(f.timing().total()).isEqualTo(3 * MILLI);
            });
        }
    }

    @Test
    void anErrorAfterTheTimeOutIsNoNewsAndALateAnswerStillIs() {
        IcmpCheck check = asked();
        check.expire(800 * MILLI);
        probe.failed(error(TO, Math.max(0, check.sequence())), 810 * MILLI);
        probe.answered(check.nonce(), 900 * MILLI);

        assertThat(outcomes()).containsExactly(Outcome.SILENT, Outcome.LATE);
    }

    @Test
    void aForgottenQuestionIsNotAnswered() {
        IcmpCheck check = asked();
        check.forget();
        probe.answered(check.nonce(), MILLI);

        assertThat(heard).isEmpty();
        assertThat(probe.onTheirWay()).isZero();
    }

    @Test
    void whatCannotBeSentIsNoWordAgainstTheMember() {
        socket.close();
        probe.ask(question, TO);
        probe.flush();

        assertThat(outcomes()).containsExactly(Outcome.UNSENT);
        assertThat(probe.onTheirWay()).isZero();
    }

    @Test
    void whatWaitedToLeaveUntilItsTimeOutWasNeverAsked() {
        IcmpCheck check = probe.ask(question, TO);
        check.overdue(200 * MILLI);
        check.expire(800 * MILLI);

        assertThat(outcomes()).containsExactly(Outcome.UNSENT);
        assertThat(heard.getFirst().detail()).isEqualTo("echo request not sent: others were before it for 800 ms");
        probe.flush();
        assertThat(heard).hasSize(1);
    }

    @Test
    void aBurstLeavesAsFastAsItsAnswersFindRoom() {
        for (int i = 0; i < 3 * SendPace.MOST_AT_ONCE; i++) {
            probe.ask(question(), TO);
        }
        int rounds = 0;
        while (probe.flush()) {
            clock.advanceMillis(1);
            rounds++;
        }
        assertThat(rounds).isGreaterThanOrEqualTo(2 * SendPace.MOST_AT_ONCE / SendPace.MOST_PER_MILLI);
        if (probe.reaches(TO)) {
            assertThat(heard).isNotEmpty().extracting(Finding::outcome).containsOnly(Outcome.ANSWERED);
        }
    }

    @Test
    void allWhoAreReaskedInOneRoundShareOneFreshSocket() {
        int[] open = new int[4];
        for (int round = 0; round < open.length; round++) {
            for (int member = 0; member < 5; member++) {
                Question q = question();
                q.reask();
                q.leftAt(clock.nanos());
                probe.ask(q, TO);
            }
            probe.flush();
            open[round] = socket.openSockets();
            clock.advanceMillis(200);
        }
        int first = probe.reaches(TO) ? 2 : 0;
        int more = probe.reaches(TO) ? 1 : 0;
        assertThat(open).containsExactly(first, first + more, first + 2 * more, first + 3 * more);

        clock.advanceMillis(2_500);
        probe.ask(question(), TO);
        probe.flush();
        assertThat(socket.openSockets()).as("nobody is listened for any more").isEqualTo(first);
    }

    /** What timed out while it waited must not take the place of what can still be asked. */
    @Test
    void whatNoLongerWaitsIsNotSent() {
        for (int i = 0; i < 3_000; i++) {
            probe.ask(question(), TO).forget();
        }
        IcmpCheck wanted = probe.ask(question, TO);
        assertThat(probe.flush()).isFalse();
        assertThat(wanted.waits()).isEqualTo(!probe.reaches(TO));
    }
}
