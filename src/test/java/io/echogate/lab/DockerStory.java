package io.echogate.lab;

import static org.assertj.core.api.SoftAssertions.assertSoftly;

import io.echogate.clock.Clock;
import io.echogate.model.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One run: an ordeal of machine1 under two steady clients, noticed, lasting, and undone. Told once, then judged. */
final class DockerStory {
    static final int PER_SECOND = 50;

    private static final Clock CLOCK = Clock.system();
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration SETTLED = Duration.ofSeconds(1);
    private static final Duration HOLD = Duration.ofSeconds(2);

    private final Ordeal ordeal;
    private final Witness witness;
    private long began;
    private long done;
    private long undoing;
    private long undone;
    private long back = -1;
    private Duration refusedAtMost = Duration.ZERO;
    private Sighting.Verdict noticed = new Sighting.Verdict(-1, "S1", "", "not noticed");

    DockerStory(Ordeal ordeal, Witness witness) {
        this.ordeal = ordeal;
        this.witness = witness;
    }

    void tell(Containers containers) {
        witness.load(PER_SECOND);
        witness.holds("S1", "UP NONE", SETTLED);
        witness.first(Sighting.Echoed.class, CLOCK.nanos(), PATIENCE, echo -> isS1(echo.member()));
        Instant beganAt = CLOCK.now();
        began = CLOCK.nanos();
        containers.runAndAwait(ordeal.line, "machine1", ordeal.lasts() ? 0 : 2);
        done = CLOCK.nanos();
        undoing = done;
        undone = done;
        if (ordeal.lasts()) {
            lastAndUndo(containers);
        }
        refusedAtMost = containers.refusedAtMost(beganAt, CLOCK.now());
        witness.awaitVerdict("S1", "UP NONE", PATIENCE);
        if (!ordeal.lasts()) {
            noticed = firstVerdict().orElse(noticed);
        }
        back = witness.first(Sighting.Carried.class, began, PATIENCE, answer -> isS1(answer.member()))
                .at();
        witness.holds("S1", "UP NONE", SETTLED);
        witness.rest();
    }

    private void lastAndUndo(Containers containers) {
        noticed = witness.first(Sighting.Verdict.class, began, PATIENCE, this::isVerdict);
        witness.holds("S1", State.DOWN + " " + noticed.cause(), HOLD);
        undoing = CLOCK.nanos();
        containers.runAndAwait(ordeal.back, "machine1", ordeal.startsAnew ? 1 : 0);
        undone = CLOCK.nanos();
    }

    private Optional<Sighting.Verdict> firstVerdict() {
        return witness.all(Sighting.Verdict.class).stream()
                .filter(verdict -> verdict.at() - began > 0 && isVerdict(verdict))
                .findFirst();
    }

    private static boolean isS1(String member) {
        return member.equals("S1");
    }

    private boolean isVerdict(Sighting.Verdict verdict) {
        return isS1(verdict.member())
                && verdict.state().equals(State.DOWN.name())
                && verdict.cause().equals(ordeal.cause.name());
    }

    DockerBoard.Row row() {
        List<Sighting.Total> totals = witness.all(Sighting.Total.class);
        return new DockerBoard.Row(
                ordeal.line,
                noticed.cause(),
                seconds(done - began),
                noticed.at() < 0 ? -1 : seconds(noticed.at() - began),
                totals.stream().mapToInt(Sighting.Total::sent).sum(),
                totals.stream().mapToInt(Sighting.Total::failed).sum(),
                totals.stream().mapToDouble(Sighting.Total::worstMillis).max().orElse(-1) / 1e3,
                ordeal.back,
                back < 0 ? -1 : Math.max(0, seconds(back - undone)));
    }

    private static double seconds(long nanos) {
        return (double) nanos / 1e9;
    }

    void judge() {
        assertSoftly(softly -> {
            softly.assertThat(convictions("S1", undoing))
                    .as("convictions of S1")
                    .isSubsetOf(ordeal.causes(refusedAtMost).stream()
                            .map(Enum::name)
                            .toList());
            softly.assertThat(convictions("S2", CLOCK.nanos()))
                    .as("convictions of S2")
                    .isEmpty();
            softly.assertThat(Duration.ofNanos(back - undone))
                    .as("back after")
                    .isLessThanOrEqualTo(Promise.measured(Promise.BACK));
            softly.assertThat(witness.all(Sighting.Failed.class)).as("failures").isEmpty();
            if (ordeal.lasts()) {
                softly.assertThat(Duration.ofNanos(noticed.at() - began))
                        .as("noticed after, by a watcher that was blind for at most %s ms", blindMillis())
                        .isLessThanOrEqualTo(Promise.measured(Ordeal.PROMISE).plusNanos(done - began));
            }
        });
        List.of("keep-alive", "fresh").forEach(this::judge);
    }

    private double blindMillis() {
        return witness.all(Sighting.Watched.class).getFirst().longestGapMillis();
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
                    (seconds(back - began) * PER_SECOND * 0.95));
            softly.assertThat(total.byMember()).as(client + ": answers").containsOnlyKeys("S1", "S2");
            softly.assertThat(carriers)
                    .as(client + ": members")
                    .startsWith("S1")
                    .endsWith("S1");
            softly.assertThat(Duration.ofMillis((long) total.worstMillis()))
                    .as(client + ": longest wait")
                    .isLessThanOrEqualTo(Promise.measured(Promise.CLIENT_WAITS).plusNanos(done - began));
        });
    }
}
