package io.echogate.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.model.Cause;
import io.echogate.model.Command.Carried;
import io.echogate.model.State;
import org.junit.jupiter.api.Test;

/** A member that answers every ping and breaks clients' requests. One step is 200 ms. */
final class ConductTest {
    private static final long SECOND = 1_000_000_000;
    private final Life life = new Life().live("PPP");

    private ConductTest carried(int good, int errors, int broken, long client) {
        Carried c = new Carried("S1", life.now, good, errors, broken, client, false);
        life.dossier = Judge.hear(life.dossier, c, Life.RULES);
        life.conclude();
        return this;
    }

    private ConductTest breaks(int broken, long client) {
        return carried(0, 0, broken, client);
    }

    private void is(State state, Cause cause) {
        assertThat(life).hasToString(state + " " + cause);
    }

    private ConductTest later(long seconds) {
        life.now += seconds * SECOND;
        life.live("PP");
        return this;
    }

    private ConductTest out() {
        breaks(4, 1);
        life.live("P");
        breaks(4, 2);
        is(State.DOWN, Cause.BROKEN);
        return this;
    }

    @Test
    void brokenAgainAfterAPingHasPassedTakesItOut() {
        breaks(4, 1).breaks(4, 2);
        is(State.UP, Cause.NONE);
        life.live("P");
        breaks(1, 2);
        is(State.DOWN, Cause.BROKEN);
        assertThat(life.dossier.verdict().why()).isEqualTo("answers pings, and breaks 9 of 9 requests");
    }

    @Test
    void longGoodConductBeforeDoesNotDelayIt() {
        for (int i = 0; i < 50; i++) {
            carried(1_000, 0, 0, 0);
            life.live("P");
        }
        out();
    }

    @Test
    void norErrorsOfAMemberThatWasWell() {
        for (int i = 0; i < 50; i++) {
            carried(1_000, 0, 0, 0);
        }
        carried(10, 12, 0, 1).carried(0, 12, 0, 2);
        is(State.SUSPECT, Cause.BROKEN);
    }

    @Test
    void aBurstIsNoReason() {
        breaks(100, 1).breaks(100, 2).breaks(100, 3);
        life.live("PPPPP");
        is(State.UP, Cause.NONE);
    }

    @Test
    void oneClientIsNoReason() {
        for (int i = 0; i < 20; i++) {
            breaks(3, 7);
            life.live("P");
        }
        is(State.UP, Cause.NONE);
    }

    @Test
    void fewOfManyAreNoReason() {
        for (int i = 0; i < 50; i++) {
            carried(100, 0, 1, i);
            life.live("P");
        }
        is(State.UP, Cause.NONE);
    }

    @Test
    void twoInTenSecondsAreNoReason() {
        breaks(1, 1);
        life.live("P");
        breaks(1, 2);
        is(State.UP, Cause.NONE);
    }

    @Test
    void whatIsTenSecondsApartIsNoEpisode() {
        for (int i = 0; i < 20; i++) {
            breaks(2, i);
            later(11);
        }
        is(State.UP, Cause.NONE);
    }

    @Test
    void theLastOneIsNeverTakenOut() {
        life.others = false;
        breaks(4, 1);
        life.live("P");
        breaks(4, 2);
        is(State.SUSPECT, Cause.BROKEN);
        life.others = true;
        life.conclude();
        is(State.DOWN, Cause.BROKEN);
        life.others = false;
        life.conclude();
        is(State.SUSPECT, Cause.BROKEN);
    }

    @Test
    void greenPingsDoNotBringItBackButATrialAfterTheHoldDownMay() {
        out();
        life.live("PPPPP PPPPP PPPPP");
        is(State.DOWN, Cause.BROKEN);
        later(10);
        is(State.RECOVERING, Cause.BROKEN);
        life.live("PPPPP");
        carried(9, 0, 0, 0);
        is(State.RECOVERING, Cause.BROKEN);
        carried(1, 0, 0, 0);
        is(State.UP, Cause.NONE);
    }

    @Test
    void aFailedTrialDoublesTheHoldDown() {
        out().later(10);
        breaks(1, 3);
        is(State.DOWN, Cause.BROKEN);
        later(10);
        is(State.DOWN, Cause.BROKEN);
        later(10);
        is(State.RECOVERING, Cause.BROKEN);
    }

    @Test
    void afterTenMinutesOfPeaceTheHoldDownIsShortAgain() {
        out().later(10);
        breaks(1, 3).later(20);
        carried(10, 0, 0, 0);
        is(State.UP, Cause.NONE);
        later(601);
        out().later(10);
        is(State.RECOVERING, Cause.BROKEN);
    }

    @Test
    void errorsOnlyMakeOthersPreferred() {
        carried(0, 5, 0, 1);
        is(State.UP, Cause.NONE);
        carried(0, 1, 0, 2);
        is(State.SUSPECT, Cause.BROKEN);
        assertThat(life.dossier.verdict().why()).isEqualTo("answers pings, and 6 of 6 requests with errors");
        later(10);
        is(State.RECOVERING, Cause.BROKEN);
    }

    @Test
    void errorsOfALessThanHalfAreTheRetrysBusiness() {
        for (int i = 0; i < 50; i++) {
            carried(11, 10, 0, i);
        }
        is(State.UP, Cause.NONE);
    }

    @Test
    void aDeadMembersResetsAreNotItsConduct() {
        breaks(30, 1);
        life.live("RRR");
        is(State.DOWN, Cause.PORT_CLOSED);
        life.live("PP");
        is(State.UP, Cause.NONE);
        breaks(3, 2);
        is(State.UP, Cause.NONE);
    }

    @Test
    void aRestartEndsTheHoldDownWithATrial() {
        out();
        life.live("RRR");
        is(State.DOWN, Cause.PORT_CLOSED);
        life.live("PP");
        is(State.RECOVERING, Cause.BROKEN);
        carried(10, 0, 0, 0);
        is(State.UP, Cause.NONE);
    }

    @Test
    void oneLostPingDoesNotEndTheHoldDown() {
        out();
        life.live("SPP");
        is(State.DOWN, Cause.BROKEN);
    }
}
