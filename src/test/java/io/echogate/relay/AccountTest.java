package io.echogate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echogate.config.CarryRules;
import io.echogate.config.Limits;
import io.echogate.model.Cause;
import io.echogate.model.Command;
import io.echogate.model.Failure.Kind;
import io.echogate.model.Fleet;
import io.echogate.model.Fleets;
import io.echogate.model.Member;
import io.echogate.model.State;
import io.echogate.net.Transport;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
final class AccountTest extends ClosesAfterEach {
    private static final long MILLI = 1_000_000;
    private final Fleet fleet = Fleets.all(State.UP, InetSocketAddress.createUnresolved("s1", 1));
    private final Member s1 = fleet.at(0);
    private final List<Command> told = new ArrayList<>();
    private final Account account = new Account(told::add, 0);

    private Command carried(long millis, int good, int errors, int broken, long client, boolean several) {
        return new Command.Carried("S1", millis * MILLI, good, errors, broken, client, several);
    }

    @Test
    void ofWhatGoesWellNothingIsTold() {
        account.attempted(s1, null, 1);
        account.tick(5_000 * MILLI);
        assertThat(told).isEmpty();
    }

    @Test
    void aBrokenAnswerIsToldWithinATickWithTheGoodOnesJustBefore() {
        account.attempted(s1, null, 1);
        account.tick(2_000 * MILLI);
        account.attempted(s1, null, 1);
        account.attempted(s1, null, 1);
        account.attempted(s1, Kind.CUT_SHORT, 7);
        account.tick(2_020 * MILLI);
        assertThat(told).containsExactly(carried(2_020, 2, 0, 1, 7, false));
    }

    @Test
    void manyAreToldTenTimesASecondTogether() {
        account.attempted(s1, Kind.RESET, 1);
        account.tick(20 * MILLI);
        account.attempted(s1, Kind.STALLED, 1);
        account.attempted(s1, Kind.FIRST_BYTE_TIMEOUT, 2);
        account.tick(119 * MILLI);
        assertThat(told).hasSize(1);
        account.tick(120 * MILLI);
        account.tick(240 * MILLI);
        assertThat(told).containsExactly(carried(20, 0, 0, 1, 1, false), carried(120, 0, 0, 2, 2, true));
    }

    @Test
    void whatTheClientDoesOrWeDoIsNotTold() {
        for (Kind kind :
                List.of(Kind.CLIENT_FAULT, Kind.CLIENT_GONE, Kind.DOUBTED, Kind.OVERTAKEN, Kind.REQUEST_TIMEOUT)) {
            account.attempted(s1, kind, 1);
        }
        account.tick(500 * MILLI);
        assertThat(told).isEmpty();
    }

    @Test
    void anErrorThatWasPassedOnIsNoGoodAnswer() {
        account.attempted(s1, null, 3);
        account.error(s1, 3);
        account.tick(20 * MILLI);
        assertThat(told).containsExactly(carried(20, 0, 1, 0, 3, false));
    }

    @Test
    void ofWhoIsOnTrialGoodAnswersAreToldToo() {
        account.fleet(Fleets.with(fleet, 0, State.RECOVERING, Cause.BROKEN));
        account.attempted(s1, null, 3);
        account.tick(20 * MILLI);
        assertThat(told).containsExactly(carried(20, 1, 0, 0, 0, false));
        account.fleet(fleet);
        account.attempted(s1, null, 3);
        account.tick(500 * MILLI);
        assertThat(told).hasSize(1);
    }

    @Test
    void aRealMemberThatBreaksAnswersIsToldOf() throws Exception {
        Backend breaks = closing(Backend.start((request, out) -> {
            Backend.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
            return false;
        }));
        Backend well = closing(Backend.named("two"));
        Rig rig = closing(new Rig(
                Transport.EPOLL,
                Rig.config(false, Limits.DEFAULT, CarryRules.DEFAULT),
                null,
                breaks.address(),
                well.address()));
        assertThat(rig.ask(Rig.GET)).as("the first is cut, visibly").endsWith("\r\n\r\nhalf");
        List<String> next = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            next.add(rig.ask(Rig.GET));
        }
        assertThat(next)
                .as("one loop or the other may have to learn it itself")
                .filteredOn(a -> a.endsWith("half"))
                .hasSizeLessThan(2);
        assertThat(next).anyMatch(a -> a.contains("Echogate-Member: S2\r\nEchogate-Attempts: 2\r\n"));
        await().untilAsserted(() -> assertThat(rig.heard)
                .anyMatch(c -> c instanceof Command.Carried k
                        && k.broken() > 0
                        && k.member().equals("S1")));
    }
}
