package io.echogate.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import io.echogate.clock.Clock;
import io.echogate.lab.Expectation.Shown;
import io.echogate.model.Cause;
import io.echogate.model.State;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;

/** One run: a fault strikes, is noticed or rightly is not, lasts, and is repaired. Told once, then judged. */
final class Story {
    private static final Clock CLOCK = Clock.system();
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration SETTLED = Duration.ofMillis(300);

    private final Fault fault;
    private final Expectation expected;
    private final int perSecond;
    private final Lab lab;
    private long begun;
    private long struck;
    private long hasStruck;
    private long noticed = -1;
    private long repairing = -1;
    private long repaired;
    private long back = -1;

    /** @param perSecond requests of each of the two clients; 0: nobody's traffic helps to notice */
    Story(Fault fault, int perSecond, Lab lab) {
        this.fault = fault;
        this.expected = fault.expected;
        this.perSecond = perSecond;
        this.lab = lab;
    }

    /** Strikes just after a good echo, when noticing takes longest. */
    void tell() {
        fault.trick.prepare().accept(lab);
        witness().rest();
        begun = CLOCK.nanos();
        if (hasClients()) {
            witness().load(perSecond);
        }
        List.of("S1", "S2").forEach(member -> witness().holds(member, "UP NONE", SETTLED));
        witness().first(Sighting.Echoed.class, CLOCK.nanos(), PATIENCE, echo -> isFirst(echo.member()));
        fault.trick.leadIn().accept(lab);
        struck = CLOCK.nanos();
        fault.trick.strike().accept(lab);
        hasStruck = CLOCK.nanos();
        awaitNotice();
        fault.trick.proof().accept(lab);
        repairing = CLOCK.nanos();
        fault.trick.repair().accept(lab);
        repaired = CLOCK.nanos();
        awaitReturn();
        witness().rest();
        fault.trick.restore().accept(lab);
    }

    private Witness witness() {
        return lab.witness();
    }

    private boolean hasClients() {
        return perSecond > 0;
    }

    private boolean somebodyIsWell() {
        return expected.struck().size() == 1;
    }

    private boolean isFirst(String member) {
        return member.equals(expected.struck().getFirst());
    }

    private void awaitNotice() {
        if (!expected.awaitsSomething()) {
            Lab.pass(expected.hold());
            return;
        }
        for (String member : expected.struck()) {
            long at = witness()
                    .first(
                            Sighting.Verdict.class,
                            struck,
                            PATIENCE,
                            v -> v.member().equals(member) && expected.awaited(v))
                    .at();
            noticed = Math.max(noticed, at);
        }
        Lab.pass(hasClients() || expected.shown() != Shown.DOWN ? expected.hold() : SETTLED);
    }

    private void awaitReturn() {
        if (expected.shown() == Shown.UNSETTLED || expected.shown() == Shown.NEVER_DOWN) {
            Lab.pass(Promise.SILENT); // what was asked before the repair may still fail
        }
        for (String member : expected.struck()) {
            witness().awaitVerdict(member, "UP NONE", PATIENCE);
            if (expected.awaitsSomething()) {
                back = Math.max(back, returned(member));
            }
        }
        if (hasClients() && expected.shown() == Shown.DOWN) {
            back = witness()
                    .first(Sighting.Carried.class, repairing, PATIENCE, answer -> isFirst(answer.member()))
                    .at();
        }
        expected.struck().forEach(member -> witness().holds(member, "UP NONE", SETTLED));
    }

    private long returned(String member) {
        return witness()
                .first(
                        Sighting.Verdict.class,
                        repairing,
                        PATIENCE,
                        v -> v.member().equals(member) && is(State.UP, v))
                .at();
    }

    private static boolean is(State state, Sighting.Verdict verdict) {
        return verdict.state().equals(state.name());
    }

    /** Just before it struck. */
    long struck() {
        return struck;
    }

    /** Just after it had. */
    long hasStruck() {
        return hasStruck;
    }

    Scoreboard.Row row() {
        List<Sighting.Total> totals = seen(Sighting.Total.class).toList();
        return new Scoreboard.Row(
                fault.words(),
                perSecond,
                noticedAs(),
                secondsUntil(noticed, struck),
                expected.awaitsSomething() ? seconds(expected.promise().toNanos()) : -1,
                totals.stream().mapToInt(Sighting.Total::sent).sum(),
                totals.stream().mapToInt(Sighting.Total::failed).sum(),
                totals.stream().mapToDouble(Sighting.Total::worstMillis).max().orElse(0) / 1e3,
                secondsUntil(back, repaired),
                others());
    }

    /** The gravest that was shown of the struck one while the fault lasted. */
    private String noticedAs() {
        List<Sighting.Verdict> shown = verdicts(expected.struck().getFirst()).toList();
        Stream<Predicate<Sighting.Verdict>> gravity =
                Stream.of(expected::awaited, v -> is(State.DOWN, v), v -> is(State.SUSPECT, v));
        return gravity.flatMap(grave -> shown.stream().filter(grave))
                .reduce((earlier, later) -> earlier.state().equals(later.state()) ? later : earlier)
                .map(v -> v.state() + " " + v.cause())
                .orElse(expected.awaitsSomething() ? "not noticed" : "UP NONE");
    }

    private String others() {
        if (!somebodyIsWell()) {
            return "-";
        }
        List<String> changes =
                verdicts("S2").map(v -> v.state() + " " + v.cause()).distinct().toList();
        return changes.isEmpty() ? "UP" : String.join(", ", changes);
    }

    private static double secondsUntil(long reached, long since) {
        return reached < 0 ? -1 : Math.max(0, seconds(reached - since));
    }

    private static double seconds(long nanos) {
        return (double) nanos / 1e9;
    }

    private <T extends Sighting> Stream<T> seen(Class<T> type) {
        return witness().since(type, begun);
    }

    /** Changes of what was shown of a member, from the blow to the end of a struck one's trouble or of the story. */
    private Stream<Sighting.Verdict> verdicts(String member) {
        boolean isStruck = expected.struck().contains(member);
        return seen(Sighting.Verdict.class)
                .filter(v -> v.member().equals(member))
                .filter(v -> !isStruck || repairing < 0 || v.at() - repairing < 0);
    }

    void judge() {
        assertSoftly(softly -> {
            expected.struck().forEach(member -> judgeStruck(softly, member));
            judgeTimes(softly);
            if (somebodyIsWell()) {
                softly.assertThat(verdicts("S2")).as("what was shown of S2").isEmpty();
                softly.assertThat(seen(Sighting.Failed.class)).as("failures").isEmpty();
            }
            softly.assertThat(seen(Sighting.Watched.class).toList().getLast().longestGapMillis())
                    .as("longest gap between two readings of the fleet, milliseconds")
                    .isLessThan((double) Promise.measured(expected.blind()).toMillis());
        });
        if (hasClients() && somebodyIsWell()) {
            List.of("keep-alive", "fresh").forEach(this::judge);
        }
    }

    private void judgeStruck(SoftAssertions softly, String member) {
        List<Sighting.Verdict> shown = verdicts(member).toList();
        List<Cause> convictions = shown.stream()
                .filter(v -> is(State.DOWN, v))
                .map(v -> Cause.valueOf(v.cause()))
                .toList();
        softly.assertThat(convictions)
                .as("causes of convictions of " + member)
                .isSubsetOf(Stream.concat(expected.causes().stream(), expected.atFirst().stream())
                        .toList());
        switch (expected.shown()) {
            case DOWN -> {
                Sighting.Verdict last = shown.getLast();
                softly.assertThat(last.state() + " " + last.cause())
                        .as(member + " in the end")
                        .isEqualTo(expected.words());
            }
            case UP ->
                softly.assertThat(shown).as("what was shown of " + member).isEmpty();
            case ISOLATED ->
                softly.assertThat(seen(Sighting.Isolated.class))
                        .extracting(Sighting.Isolated::isolated)
                        .as("the monitor's own word")
                        .containsExactly(true, false);
            case NEVER_DOWN, UNSETTLED -> {}
        }
        if (expected.shown() != Shown.ISOLATED) {
            softly.assertThat(seen(Sighting.Isolated.class)).as("isolation").isEmpty();
        }
    }

    private void judgeTimes(SoftAssertions softly) {
        if (expected.awaitsSomething()) {
            softly.assertThat(Duration.ofNanos(noticed - struck))
                    .as("noticed after")
                    .isLessThanOrEqualTo(Promise.measured(expected.promise()));
            softly.assertThat(Duration.ofNanos(back - repaired))
                    .as("back after")
                    .isLessThanOrEqualTo(Promise.measured(fault.wayBack()));
        }
    }

    private void judge(String client) {
        Sighting.Total total = seen(Sighting.Total.class)
                .filter(each -> each.client().equals(client))
                .findFirst()
                .orElseThrow();
        List<String> carriers = seen(Sighting.Carried.class)
                .filter(carried -> carried.client().equals(client))
                .map(Sighting.Carried::member)
                .toList();
        assertSoftly(softly -> {
            softly.assertThat(total.failed()).as(client + ": failed").isZero();
            softly.assertThat(total.sent()).as(client + ": sent").isGreaterThan((int)
                    (seconds(repaired - struck) * perSecond * 0.95));
            softly.assertThat(Duration.ofMillis((long) total.worstMillis()))
                    .as(client + ": longest wait")
                    .isLessThanOrEqualTo(Promise.measured(expected.clientWaits()));
            switch (expected.shown()) {
                case UP -> softly.assertThat(carriers).as(client + ": members").containsExactly("S1");
                case DOWN ->
                    softly.assertThat(carriers)
                            .as(client + ": members")
                            .contains("S2")
                            .startsWith("S1")
                            .endsWith("S1");
                case NEVER_DOWN, UNSETTLED, ISOLATED -> {}
            }
        });
        assertThat(total.byMember().keySet()).isSubsetOf("S1", "S2");
    }
}
