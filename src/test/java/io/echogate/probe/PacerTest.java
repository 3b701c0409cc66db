package io.echogate.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.echogate.clock.Chance;
import io.echogate.model.Kind;
import io.echogate.model.Outcome;
import io.echogate.model.State;
import io.echogate.probe.PacedWorld.Reply;
import io.echogate.probe.PacedWorld.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is asked when, on moved time. One member at pollFreq 1 s: HTTP at 0, 1000, …; ICMP at 0, 500, 1500, …. */
class PacerTest {
    private static final Reply PROMPT = new Reply(Outcome.ANSWERED, 1);
    private static final Reply REFUSED = new Reply(Outcome.REFUSED, 0);

    private static PacedWorld well() {
        return PacedWorld.of(1).learn(State.UP, State.UP).until(950).clear();
    }

    @Test
    void everybodyIsAskedAtOnceInParallel() {
        PacedWorld world = PacedWorld.of(200).answering(q -> Reply.NOTHING).until(25);

        assertThat(world.steps().stream()
                        .map(step -> step.kind() + " " + step.member())
                        .distinct())
                .hasSize(400);
    }

    @Test
    void isAskedOncePerIntervalWhileWell() {
        PacedWorld world = well().until(4_100);

        assertThat(world.times("ask", Kind.HTTP)).containsExactly(1_000L, 2_000L, 3_000L, 4_000L);
        assertThat(world.times("ask", Kind.ICMP)).containsExactly(1_500L, 2_500L, 3_500L);
    }

    @Test
    void intervalsAreUpToATenthShorterAndNeverLonger() {
        PacedWorld world = new PacedWorld(PacedWorld.config(1), true, Chance.seeded(7)).until(60_000);

        List<Long> asked = world.times("ask", Kind.HTTP);
        for (int i = 2; i < asked.size(); i++) {
            assertThat(asked.get(i) - asked.get(i - 1)).isBetween(899L, 1_000L);
        }
        assertThat(asked).hasSizeBetween(61, 67);
    }

    @Test
    void theSecondRoundIsSpreadOverTheInterval() {
        PacedWorld world = new PacedWorld(PacedWorld.config(500), true, Chance.seeded(7))
                .until(900)
                .clear();

        world.until(1_900);

        long[] perTenth = new long[10];
        world.steps().stream()
                .filter(s -> s.what().equals("ask"))
                .forEach(s -> perTenth[(int) (s.millis() - 900) / 101]++);
        assertThat(Arrays.stream(perTenth).boxed()).allMatch(n -> n > 50 && n < 180);
    }

    @Test
    void frozenIsAskedThreeTimesWithin1400AndTheThirdTimesOutAt2200() {
        PacedWorld world = well().service(Reply.NOTHING).until(2_300);

        assertThat(world.times("ask", Kind.HTTP)).startsWith(1_000L, 1_200L, 1_400L, 1_600L);
        assertThat(world.times("overdue", Kind.HTTP)).startsWith(1_200L, 1_400L, 1_600L);
        assertThat(world.times("expire", Kind.HTTP)).containsExactly(1_800L, 2_000L, 2_200L);
        assertThat(world.times("ask", Kind.ICMP))
                .as("the machine is asked at once, too")
                .contains(1_200L, 1_400L);
    }

    @Test
    void aPressedMemberIsAskedAtOnceButNotMoreOftenThanOneInDoubt() {
        PacedWorld world = well().until(1_300).clear();

        world.press().until(1_310).press().until(1_450).press().until(1_600);

        assertThat(world.times("ask", Kind.HTTP)).containsExactly(1_300L, 1_500L);
    }

    @Test
    void aPressedMemberThatStaysSilentIsOverdue200MillisLater() {
        PacedWorld world = well().until(1_300).service(Reply.NOTHING).press().until(1_700);

        assertThat(world.times("overdue", Kind.HTTP)).startsWith(1_500L);
    }

    @Test
    void aPressedMemberThatAnswersIsAskedOnAsBefore() {
        PacedWorld world = well().until(1_300).clear().press().until(3_500);

        assertThat(world.times("ask", Kind.HTTP)).containsExactly(1_300L, 2_300L, 3_300L);
    }

    @Test
    void aPressedMemberThatIsDownKeepsItsPace() {
        PacedWorld world =
                well().service(REFUSED).learn(State.DOWN, State.UP).until(1_300).clear();

        world.press().until(1_310);

        assertThat(world.times("ask", Kind.HTTP)).isEmpty();
    }

    @Test
    void killedIsRefusedThreeTimesWithin1400() {
        PacedWorld world = well().service(REFUSED).until(1_500);

        assertThat(world.times("ask", Kind.HTTP)).containsExactly(1_000L, 1_200L, 1_400L);
    }

    /** Whenever the cable is pulled: three misses of both kinds within 2.2 s. */
    @ParameterizedTest
    @ValueSource(longs = {1, 100, 300, 499, 501, 700, 900, 999})
    void unpluggedIsKnownByBothKindsWithin2200(long pulledMillis) {
        PacedWorld world = PacedWorld.of(1)
                .learn(State.UP, State.UP)
                .until(2_000 + pulledMillis)
                .clear();

        world.answering(q -> Reply.NOTHING).until(2_000 + pulledMillis + 2_200);

        assertThat(world.times("expire", Kind.HTTP)).hasSizeGreaterThanOrEqualTo(3);
        assertThat(world.times("expire", Kind.ICMP)).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void aSilentMachineMakesTheServiceBeAskedAtOnce() {
        PacedWorld world = well().answering(q -> q.kind() == Kind.ICMP ? Reply.NOTHING : PROMPT)
                .until(1_750);

        assertThat(world.times("ask", Kind.ICMP)).containsExactly(1_500L, 1_700L);
        assertThat(world.times("ask", Kind.HTTP)).containsExactly(1_000L, 1_700L);
    }

    @Test
    void doubtFromOutsideMakesItBeAskedAtOnce() {
        PacedWorld world =
                well().until(1_300).clear().learn(State.SUSPECT, State.UP).until(1_750);

        assertThat(world.times("ask", Kind.HTTP)).containsExactly(1_300L, 1_500L, 1_700L);
        assertThat(world.times("ask", Kind.ICMP)).containsExactly(1_300L, 1_500L, 1_700L);
    }

    @Test
    void clearedDoubtGoesBackToTheInterval() {
        PacedWorld world = well().learn(State.SUSPECT, State.UP).until(1_450).learn(State.UP, State.UP);

        world.clear().until(3_000);

        assertThat(world.times("ask", Kind.HTTP)).containsExactly(2_350L);
    }

    @Test
    void downIsAskedEverMoreRarelyAndTheMachineAsOften() {
        PacedWorld world = well().service(REFUSED).until(1_450);

        world.learn(State.DOWN, State.UP).clear().until(20_000);

        assertThat(world.times("ask", Kind.HTTP)).containsExactly(2_400L, 3_900L, 6_150L, 9_525L, 14_525L, 19_525L);
        assertThat(world.times("ask", Kind.ICMP)).hasSizeBetween(18, 19);
    }

    @Test
    void aFirstAnswerWhileDownIsFollowedUpAtOnce() {
        PacedWorld world =
                well().service(REFUSED).until(1_450).learn(State.DOWN, State.UP).until(6_000);

        world.clear().service(PROMPT).until(6_500);

        assertThat(world.times("ask", Kind.HTTP)).containsExactly(6_150L, 6_350L);
    }

    @Test
    void aMachineThatAnswersAgainMakesTheServiceBeAskedAtOnce() {
        PacedWorld world = well().answering(q -> Reply.NOTHING)
                .until(2_400)
                .learn(State.DOWN, State.DOWN)
                .until(15_000);
        long expected = world.clear()
                .answering(q -> PROMPT)
                .until(15_990)
                .times("ask", Kind.ICMP)
                .getFirst();

        assertThat(world.times("ask", Kind.HTTP)).startsWith(expected + 1);
    }

    @Test
    void aLateAnswerWhileDownMakesItBeAskedAtOnce() {
        PacedWorld world = well().service(Reply.NOTHING)
                .until(2_300)
                .learn(State.DOWN, State.UP)
                .until(8_000)
                .clear();

        world.service(new Reply(Outcome.ANSWERED, 1_500)).until(16_000);

        List<Long> asked = world.times("ask", Kind.HTTP);
        assertThat(asked.get(1) - asked.get(0)).isEqualTo(1_500);
    }

    @Test
    void aSlowMemberIsNotDoubtedBeforeItsOwnUsualTime() {
        PacedWorld world = PacedWorld.of(1).learn(State.UP, State.UP).service(new Reply(Outcome.ANSWERED, 300));

        world.until(20_000).clear().until(30_000);

        assertThat(world.times("overdue", Kind.HTTP)).isEmpty();
        assertThat(world.times("ask", Kind.HTTP)).hasSize(10);
    }

    @Test
    void oneLostPacketCostsOneFurtherQuestion() {
        PacedWorld world =
                well().service(Reply.NOTHING).until(1_100).service(PROMPT).until(3_500);

        assertThat(world.times("ask", Kind.HTTP))
                .as("1000 was lost; 1200 answered; the time-out of 1000 at 1800 is no news any more")
                .containsExactly(1_000L, 1_200L, 2_200L, 3_200L);
    }

    @Test
    void failAndPassInTurnsIsFollowedClosely() {
        PacedWorld world = well().answering(q -> q.kind() == Kind.HTTP && q.number() % 2 == 1 ? REFUSED : PROMPT);

        assertThat(world.until(3_700).times("ask", Kind.HTTP))
                .containsExactly(1_000L, 1_200L, 2_200L, 2_400L, 3_400L, 3_600L);
    }

    @Test
    void missedTicksAreNotMadeUpFor() {
        PacedWorld world = well().suspendUntil(60_000);

        assertThat(world.times("ask", Kind.HTTP)).containsExactly(60_000L);
        assertThat(world.until(60_900).times("ask", Kind.HTTP)).containsExactly(60_000L);
    }

    @Test
    void whatTimesOutWhileWeDoNotLookIsExcused() {
        PacedWorld world =
                well().answering(q -> Reply.NOTHING).until(1_650).clear().suspendUntil(6_000);

        assertThat(world.times("expire", Kind.HTTP)).isEmpty();
        assertThat(world.times("expire", Kind.ICMP)).isEmpty();
        assertThat(world.times("excuse", Kind.HTTP)).hasSize(4);
        assertThat(world.times("overdue", Kind.HTTP)).isEmpty();
    }

    @Test
    void aLittleLateIsStillLooking() {
        PacedWorld world = well().service(Reply.NOTHING).until(1_790).clear().suspendUntil(1_880);

        assertThat(world.times("expire", Kind.HTTP)).containsExactly(1_880L);
    }

    /** Asked at 1,000; of the 850 ms until 1,850 only 550 were ours to wait in. */
    @Test
    void aShortAbsenceIsTakenOffTheWaiting() {
        PacedWorld world = well().service(Reply.NOTHING)
                .until(1_100)
                .clear()
                .suspendUntil(1_450)
                .until(1_750);

        assertThat(world.times("overdue", Kind.HTTP)).startsWith(1_500L);
        assertThat(world.times("expire", Kind.HTTP)).isEmpty();
        assertThat(world.until(2_150).times("expire", Kind.HTTP)).containsExactly(2_100L);
        assertThat(world.times("excuse", Kind.HTTP)).isEmpty();
    }

    @Test
    void afterALongAbsenceWhatWasOnItsWayWasNeverAskedAndIsAskedAnew() {
        PacedWorld world = well().service(Reply.NOTHING).until(1_000).clear().suspendUntil(3_700);

        assertThat(world.times("overdue", Kind.HTTP)).isEmpty();
        assertThat(world.times("excuse", Kind.HTTP)).containsExactly(3_700L);
        assertThat(world.times("ask", Kind.HTTP)).containsExactly(3_700L);
        assertThat(world.until(4_550).times("overdue", Kind.HTTP)).startsWith(3_900L);
        assertThat(world.times("expire", Kind.HTTP)).containsExactly(4_500L);
    }

    @Test
    void neverMoreThanSixteenQuestionsAreOnTheirWay() {
        var config =
                TestConfigs.ping(PacedWorld.config(1), p -> p.timeout(15_000).listenLate(30_000));
        PacedWorld world = new PacedWorld(config, true, PacedWorld.STEADY).learn(State.UP, State.UP);

        world.answering(q -> Reply.NOTHING).until(60_000);

        int open = 0;
        for (Step s : world.steps()) {
            if (s.kind() == Kind.HTTP) {
                open += s.what().equals("ask") ? 1 : s.what().equals("forget") ? -1 : 0;
                assertThat(open).isBetween(0, Cadence.IN_FLIGHT);
            }
        }
        assertThat(world.times("ask", Kind.HTTP)).hasSizeGreaterThan(40);
    }

    @Test
    void withoutIcmpOnlyServicesAreAsked() {
        PacedWorld world = new PacedWorld(PacedWorld.config(2), false, PacedWorld.STEADY).until(5_000);

        assertThat(world.times("ask", Kind.ICMP)).isEmpty();
        assertThat(world.times("ask", Kind.HTTP)).hasSizeGreaterThan(8);
    }

    @Test
    void aMachineThatNeverAnsweredIsNotAskedInHaste() {
        PacedWorld world = PacedWorld.of(1).learn(State.UP, State.UNKNOWN);

        world.answering(q -> q.kind() == Kind.ICMP ? Reply.NOTHING : PROMPT).until(10_000);

        assertThat(world.times("ask", Kind.ICMP)).hasSizeBetween(10, 11);
    }

    /** As many as 5,000 questions a second suffice for are asked again every 200 ms; more share those. */
    @ParameterizedTest
    @CsvSource({"100, 5.0", "900, 5.0", "2000, 2.5", "4000, 1.25"})
    void thousandsInDoubtShareTheQuestions(int members, double perSecondEach) {
        PacedWorld world = PacedWorld.of(members)
                .service(Reply.NOTHING)
                .until(3_000)
                .clear()
                .until(5_000);

        double each = world.times("ask", Kind.HTTP).size() / 2.0 / members;
        assertThat(each).isCloseTo(perSecondEach, withinPercentage(10));
    }

    /** What has come must not wait until thousands are asked. */
    @Test
    void aTickLeavesTheRestForTheNext() {
        Pacer pacer = new Pacer(PacedWorld.config(1_000), 0, false, PacedWorld.STEADY, 0);
        List<Question> asked = new ArrayList<>();
        long now = 10_000 * PacedWorld.MILLI;
        for (int ticks = 1; ticks <= 4; ticks++) {
            pacer.tick(now, asking(asked));
            assertThat(asked).hasSize(Math.min(1_000, 256 * ticks));
        }
        assertThat(pacer.dueNanos()).isGreaterThan(now);
    }

    private static Pacer.Asker asking(List<Question> asked) {
        return new Pacer.Asker() {
            @Override
            public void ask(Question q) {
                asked.add(q);
            }

            @Override
            public void overdue(Question q) {}

            @Override
            public void expire(Question q) {}

            @Override
            public void excuse(Question q) {}

            @Override
            public void forget(Question q) {}
        };
    }
}
