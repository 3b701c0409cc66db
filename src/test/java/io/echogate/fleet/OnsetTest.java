package io.echogate.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.echogate.clock.ManualClock;
import io.echogate.config.Asked;
import io.echogate.config.Config;
import io.echogate.config.HostPort;
import io.echogate.config.MemberConfig;
import io.echogate.judge.WorstCase;
import io.echogate.model.Ask;
import io.echogate.model.Cause;
import io.echogate.model.Command;
import io.echogate.model.Detail;
import io.echogate.model.Echo;
import io.echogate.model.Event;
import io.echogate.model.Incident;
import io.echogate.model.Intent;
import io.echogate.model.Kind;
import io.echogate.model.Order;
import io.echogate.model.Outcome;
import io.echogate.model.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events that can be reckoned with: between which two times a failure began, to the nanosecond; who got requests. */
final class OnsetTest {
    private final ManualClock clock = new ManualClock();
    private final Instant start = clock.now();
    private long answeredMillis = -1;
    private final FleetWriter writer = new FleetWriter(
            Config.of(List.of(MemberConfig.of("S1", "127.0.0.11", 3000), MemberConfig.of("S2", "127.0.0.12", 3000))),
            clock,
            7,
            Runnable::run,
            index -> answeredMillis < 0 || index == 1 ? Long.MIN_VALUE : answeredMillis * 1_000_000);
    private long question;

    /** Times are of this test's beginning. */
    private void hear(Kind kind, long asked, long heard, Outcome outcome) {
        hear(kind, ++question, asked, heard, outcome);
    }

    private void hear(Kind kind, long number, long asked, long heard, Outcome outcome) {
        clock.advance(Duration.ofMillis(heard).minusNanos(clock.nanos()));
        writer.accept(new Command.Heard(
                Echo.of(kind, "S1", number, asked * 1_000_000, heard * 1_000_000, outcome, "evidence")));
    }

    private void other(Outcome outcome) {
        writer.accept(
                new Command.Heard(Echo.of(Kind.HTTP, "S2", ++question, clock.nanos(), clock.nanos(), outcome, "x")));
    }

    private Event newest(State to) {
        return writer.get().events().stream()
                .filter(e -> e.type().equals("member_state") && e.to() == to)
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    private Detail between(long good, long bad) {
        return new Detail.Onset(start.plusMillis(good), start.plusMillis(bad));
    }

    @Test
    void between_the_last_right_answer_and_the_first_question_that_failed() {
        hear(Kind.HTTP, 0, 3, Outcome.ANSWERED);
        hear(Kind.HTTP, 1_000, 1_004, Outcome.ANSWERED);
        hear(Kind.HTTP, 1_950, 2_150, Outcome.OVERDUE);
        assertThat(newest(State.SUSPECT).detail()).isEqualTo(between(1_004, 1_950));
        hear(Kind.HTTP, 2_150, 2_151, Outcome.REFUSED);
        hear(Kind.HTTP, 2_350, 2_351, Outcome.REFUSED);
        hear(Kind.HTTP, 2_550, 2_551, Outcome.REFUSED);
        assertThat(newest(State.DOWN).at()).isEqualTo(start.plusMillis(2_551));
        assertThat(newest(State.DOWN).detail()).isEqualTo(between(1_004, 1_950));
    }

    @Test
    void a_clients_answer_is_a_proof_and_a_clients_failure_an_onset() {
        hear(Kind.HTTP, 0, 3, Outcome.ANSWERED);
        answeredMillis = 700;
        hear(Kind.TRAFFIC, 720, 730, Outcome.RESET);
        assertThat(newest(State.SUSPECT).detail()).isEqualTo(between(700, 720));
        answeredMillis = 800;
        hear(Kind.HTTP, 731, 732, Outcome.REFUSED);
        hear(Kind.HTTP, 931, 932, Outcome.REFUSED);
        hear(Kind.HTTP, 1_131, 1_132, Outcome.REFUSED);
        assertThat(newest(State.DOWN).detail())
                .as("what failed before a later proof is over")
                .isEqualTo(between(800, 931));
    }

    @Test
    void what_was_asked_before_the_last_proof_began_to_fail_no_earlier() {
        hear(Kind.HTTP, 0, 3, Outcome.ANSWERED);
        answeredMillis = 1_020;
        hear(Kind.HTTP, 1_000, 1_200, Outcome.OVERDUE);
        assertThat(newest(State.SUSPECT).detail()).isEqualTo(between(1_020, 1_020));
        hear(Kind.HTTP, 1_200, 1_201, Outcome.REFUSED);
        hear(Kind.HTTP, 1_400, 1_401, Outcome.REFUSED);
        hear(Kind.HTTP, 1_600, 1_601, Outcome.REFUSED);
        assertThat(newest(State.DOWN).detail()).as("told once, it stands").isEqualTo(between(1_020, 1_020));
    }

    @Test
    void an_old_question_that_fails_after_a_newer_one_has_passed_is_no_onset() {
        hear(Kind.HTTP, 1, 0, 3, Outcome.ANSWERED);
        hear(Kind.HTTP, 3, 1_200, 1_203, Outcome.ANSWERED);
        hear(Kind.HTTP, 2, 1_000, 1_800, Outcome.SILENT);
        hear(Kind.ICMP, 4, 1_900, 1_950, Outcome.SILENT);
        hear(Kind.HTTP, 5, 2_100, 2_101, Outcome.WRONG);
        assertThat(newest(State.SUSPECT).detail()).isEqualTo(between(1_203, 2_100));
    }

    @Test
    void who_never_was_well_has_no_onset_and_neither_has_who_answers_pings() {
        hear(Kind.HTTP, 0, 3, Outcome.REFUSED);
        assertThat(newest(State.SUSPECT).detail()).isEqualTo(Detail.NONE);
        hear(Kind.HTTP, 200, 203, Outcome.ANSWERED);
        other(Outcome.ANSWERED);
        writer.accept(new Command.Carried("S1", clock.nanos(), 0, 0, 50, 1, true));
        hear(Kind.HTTP, 1_100, 1_103, Outcome.ANSWERED);
        writer.accept(new Command.Carried("S1", clock.nanos(), 0, 0, 50, 2, true));
        assertThat(newest(State.DOWN).cause()).isEqualTo(Cause.BROKEN);
        assertThat(newest(State.DOWN).detail()).isEqualTo(Detail.NONE);
        assertThat(newest(State.UP).detail()).isEqualTo(Detail.NONE);
    }

    @Test
    void orders_and_moves_are_told_as_data() {
        hear(Kind.HTTP, 0, 3, Outcome.ANSWERED);
        other(Outcome.ANSWERED);
        Order order = new Order(Intent.DRAIN, "alice", "", clock.now(), null, null, Order.NEVER);
        writer.accept(new Command.Ordered("S1", order, false, refusal -> {}));
        assertThat(writer.get().events())
                .extracting(Event::type, Event::detail)
                .endsWith(
                        tuple("intent_changed", new Detail.Ordered(order)),
                        tuple("requests_move", new Detail.Moved(List.of("S1"), List.of("S2"))));
        other(Outcome.REFUSED);
        other(Outcome.REFUSED);
        other(Outcome.REFUSED);
        assertThat(writer.get().events())
                .last()
                .extracting(Event::type, Event::detail)
                .containsExactly("nobody_serves", new Detail.Moved(List.of("S2"), List.of()));
    }

    @Test
    void a_snapshot_carries_what_its_events_amount_to() {
        hear(Kind.HTTP, 0, 3, Outcome.ANSWERED);
        other(Outcome.ANSWERED);
        assertThat(writer.get().incidents()).isEmpty();
        hear(Kind.HTTP, 1_000, 1_001, Outcome.REFUSED);
        hear(Kind.HTTP, 1_200, 1_201, Outcome.REFUSED);
        hear(Kind.HTTP, 1_400, 1_401, Outcome.REFUSED);
        assertThat(writer.get().incidents()).singleElement().satisfies(i -> {
            assertThat(i.id()).startsWith("7-");
            assertThat(i.members()).containsExactly("S1");
            assertThat(i.detection()).isEqualTo(Duration.ofMillis(1_398));
            assertThat(i.rerouting()).isEqualTo(Duration.ofMillis(998));
            assertThat(i.promised()).isEqualTo(Duration.ofMillis(1_400));
        });
        List<Incident> before = writer.get().incidents();
        other(Outcome.ANSWERED);
        assertThat(writer.get().incidents()).isSameAs(before);
    }

    @Test
    void a_machine_that_is_only_watched_is_well_as_long_as_it_answers_icmp() {
        Asked router = new Asked("R", "icmp://10.0.0.1", new HostPort("10.0.0.1", 0), Ask.ICMP, "", 0, null);
        Config config =
                Config.of(List.of(MemberConfig.of("S2", "127.0.0.12", 3000))).watching(List.of(router));
        FleetWriter watching = new FleetWriter(config, clock, 7, Runnable::run, index -> Long.MIN_VALUE);
        clock.advanceMillis(50);
        for (int n = 0; n < 8; n++) {
            Outcome outcome = n == 0 ? Outcome.ANSWERED : Outcome.SILENT;
            watching.accept(new Command.Heard(
                    Echo.of(Kind.ICMP, "R", n, clock.nanos() - 1_000_000, clock.nanos(), outcome, "x")));
            clock.advanceMillis(1_000);
        }
        assertThat(watching.get().incidents()).singleElement().satisfies(i -> {
            assertThat(i.members()).containsExactly("R");
            assertThat(i.lastGood()).isEqualTo(start.plusMillis(50));
            assertThat(i.firstBad()).isEqualTo(start.plusMillis(1_049));
            assertThat(i.promised()).isEqualTo(WorstCase.of(config).watchedOff().total());
        });
    }
}
