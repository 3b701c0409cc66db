package io.echogate.lab;

import static org.assertj.core.api.SoftAssertions.assertSoftly;

import io.echogate.clock.Clock;
import io.echogate.model.State;
import java.time.Duration;
import java.util.List;

/** One run: a fault strikes S1, is noticed, lasts, and is repaired. Told once, then judged. */
final class Story {
    private static final Clock CLOCK = Clock.system();
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration SETTLED = Duration.ofSeconds(1);

    private final Fault fault;
    private final int perSecond;
    private final Witness witness;
    private long struck;
    private long repairing;
    private long repaired;
    private long back = -1;
    private Sighting.Verdict noticed = new Sighting.Verdict(-1, "S1", "", "not noticed");

    /** @param perSecond requests of each of the two clients; 0: nobody's traffic helps to notice */
    Story(Fault fault, int perSecond, Witness witness) {
        this.fault = fault;
        this.perSecond = perSecond;
        this.witness = witness;
    }

    void tell(Machine s1) {
        if (hasClients()) {
            witness.load(perSecond);
        }
        witness.holds("S1", "UP NONE", SETTLED);
        witness.first(Sighting.Echoed.class, CLOCK.nanos(), PATIENCE, echo -> isS1(echo.member()));
        struck = CLOCK.nanos();
        fault.strike(s1);
        noticed = verdict(State.DOWN, struck);
        witness.holds("S1", State.DOWN + " " + noticed.cause(), hasClients() ? fault.hold : Duration.ZERO);
        repairing = CLOCK.nanos();
        fault.repair(s1);
        repaired = CLOCK.nanos();
        long up = verdict(State.UP, noticed.at()).at();
        back = hasClients() ? firstAnswerAgain() : up;
        witness.holds("S1", "UP NONE", SETTLED);
        witness.finish();
    }

    private boolean hasClients() {
        return perSecond > 0;
    }

    private static boolean isS1(String member) {
        return member.equals("S1");
    }

    private Sighting.Verdict verdict(State state, long after) {
        return witness.first(
                Sighting.Verdict.class,
                after,
                PATIENCE,
                verdict -> isS1(verdict.member()) && verdict.state().equals(state.name()));
    }

    private long firstAnswerAgain() {
        return witness.first(Sighting.Carried.class, noticed.at(), PATIENCE, answer -> isS1(answer.member()))
                .at();
    }

    Scoreboard.Row row() {
        List<Sighting.Total> totals = witness.all(Sighting.Total.class);
        return new Scoreboard.Row(
                fault.words(),
                perSecond,
                noticed.cause(),
                secondsUntil(noticed.at(), struck),
                seconds(fault.promise.toNanos()),
                totals.stream().mapToInt(Sighting.Total::sent).sum(),
                totals.stream().mapToInt(Sighting.Total::failed).sum(),
                totals.stream().mapToDouble(Sighting.Total::worstMillis).max().orElse(0) / 1e3,
                secondsUntil(back, repaired));
    }

    private static double secondsUntil(long reached, long since) {
        return reached < 0 ? -1 : Math.max(0, seconds(reached - since));
    }

    private static double seconds(long nanos) {
        return (double) nanos / 1e9;
    }

    void judge() {
        assertSoftly(softly -> {
            softly.assertThat(noticed.cause()).as("cause").isEqualTo(fault.cause.name());
            softly.assertThat(Duration.ofNanos(noticed.at() - struck))
                    .as("noticed after")
                    .isLessThanOrEqualTo(Promise.measured(fault.promise));
            softly.assertThat(Duration.ofNanos(back - repaired))
                    .as("back after")
                    .isLessThanOrEqualTo(Promise.measured(Promise.BACK));
            softly.assertThat(convictions("S1", repairing))
                    .as("convictions of S1")
                    .containsOnly(fault.cause.name());
            softly.assertThat(convictions("S2", CLOCK.nanos()))
                    .as("convictions of S2")
                    .isEmpty();
            softly.assertThat(witness.all(Sighting.Failed.class)).as("failures").isEmpty();
            softly.assertThat(witness.all(Sighting.Watched.class).getFirst().longestGapMillis())
                    .as("longest gap between two readings of the fleet, milliseconds")
                    .isLessThan((double) Promise.MEASURING.toMillis());
        });
        if (hasClients()) {
            List.of("keep-alive", "fresh").forEach(this::judge);
        }
    }

    /** The causes until then: a machine that boots rightly goes from {@code HOST_SILENT} to {@code PORT_CLOSED}. */
    private List<String> convictions(String member, long until) {
        return witness.all(Sighting.Verdict.class).stream()
                .filter(verdict -> verdict.at() - until < 0)
                .filter(verdict ->
                        verdict.member().equals(member) && verdict.state().equals(State.DOWN.name()))
                .map(Sighting.Verdict::cause)
                .toList();
    }

    private void judge(String client) {
        Sighting.Total total = witness.all(Sighting.Total.class).stream()
                .filter(each -> each.client().equals(client))
                .findFirst()
                .orElseThrow();
        List<String> carriers = witness.all(Sighting.Carried.class).stream()
                .filter(carried -> carried.client().equals(client))
                .map(Sighting.Carried::member)
                .toList();
        assertSoftly(softly -> {
            softly.assertThat(total.failed()).as(client + ": failed").isZero();
            softly.assertThat(total.sent()).as(client + ": sent").isGreaterThan((int)
                    (seconds(back - struck) * perSecond * 0.95));
            softly.assertThat(total.byMember()).as(client + ": answers").containsOnlyKeys("S1", "S2");
            softly.assertThat(carriers)
                    .as(client + ": members")
                    .startsWith("S1")
                    .endsWith("S1");
            softly.assertThat(Duration.ofMillis((long) total.worstMillis()))
                    .as(client + ": longest wait")
                    .isLessThanOrEqualTo(Promise.measured(Promise.CLIENT_WAITS));
        });
    }
}
