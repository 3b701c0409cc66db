package io.echogate.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.clock.ManualClock;
import io.echogate.config.Config;
import io.echogate.config.MemberConfig;
import io.echogate.model.Cause;
import io.echogate.model.Command;
import io.echogate.model.Drain;
import io.echogate.model.Echo;
import io.echogate.model.Event;
import io.echogate.model.Incident;
import io.echogate.model.Kind;
import io.echogate.model.Member;
import io.echogate.model.Outcome;
import io.echogate.model.Recollection;
import io.echogate.model.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an earlier run knew, through the one writer: the configuration wins over it, and so does what was heard. */
final class MemoryTest {
    private final ManualClock clock = new ManualClock().advance(Duration.ofHours(30));
    private final Instant since = clock.now().minus(Duration.ofHours(26));
    private final FleetWriter writer = new FleetWriter(
            Config.of(List.of(MemberConfig.of("S1", "10.0.0.1", 3000), MemberConfig.of("S2", "10.0.0.2", 3000))),
            clock,
            7,
            Runnable::run,
            index -> Long.MIN_VALUE);
    private long question;

    private void hear(String member, Outcome outcome) {
        clock.advanceMillis(200);
        long now = clock.nanos();
        writer.accept(new Command.Heard(Echo.of(Kind.HTTP, member, ++question, now - 1_000_000, now, outcome, "x")));
    }

    private Recollection was(String member, State state, Cause cause, Duration ago) {
        String url = "http://10.0.0." + member.charAt(1) + ":3000";
        return new Recollection(
                member, url, state, cause, since, "remembered", clock.now().minus(ago));
    }

    private void recall(Recollection... verdicts) {
        writer.accept(new Command.Recalled(List.of(verdicts), List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "UP,         60,     UP",
        "UP,         61,     UNKNOWN",
        "DOWN,       86400,  DOWN",
        "DOWN,       86401,  UNKNOWN",
        "SUSPECT,    0,      UNKNOWN",
        "RECOVERING, 0,      UNKNOWN"
    })
    void what_is_too_old_is_forgotten(State state, long seconds, State is) {
        recall(was("S1", state, state == State.UP ? Cause.NONE : Cause.FROZEN, Duration.ofSeconds(seconds)));
        assertThat(writer.get().at(0).state()).isEqualTo(is);
        assertThat(writer.get().at(1).state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void who_was_up_is_routed_to_at_once_and_who_was_down_is_down_since_then() {
        Duration ago = Duration.ofMillis(3_240);
        recall(was("S1", State.DOWN, Cause.FROZEN, ago), was("S2", State.UP, Cause.NONE, ago));
        assertThat(writer.get().rotation()).extracting(Member::name).containsExactly("S2");
        Member down = writer.get().at(0);
        assertThat(down.since()).isEqualTo(since);
        assertThat(down.verdict().why()).isEqualTo("remembered");
        assertThat(writer.get().changedSeq()).isEqualTo(writer.get().seq());
        assertThat(writer.get().events())
                .extracting(e -> e.type() + ": " + e.why())
                .containsExactly(
                        "verdicts_recalled: 2 of 2 verdicts recalled from a run that ended 3.2 s ago",
                        "requests_move: new requests go to S2");
        hear("S1", Outcome.REFUSED);
        assertThat(writer.get().at(0).cause()).isEqualTo(Cause.FROZEN);
        hear("S1", Outcome.ANSWERED);
        hear("S1", Outcome.ANSWERED);
        assertThat(writer.get().at(0).state()).isEqualTo(State.UP);
        assertThat(writer.get().at(0).standing().returned()).isTrue();
    }

    @Test
    void a_member_that_has_moved_is_another_one() {
        Recollection r = was("S1", State.UP, Cause.NONE, Duration.ZERO);
        recall(
                new Recollection("S1", "http://10.0.0.9:3000", r.state(), r.cause(), r.since(), r.why(), r.at()),
                new Recollection("S9", r.url(), r.state(), r.cause(), r.since(), r.why(), r.at()));
        assertThat(writer.get().members()).extracting(Member::state).containsOnly(State.UNKNOWN);
        assertThat(writer.get().events().getLast().why()).startsWith("0 of 2 verdicts");
    }

    @Test
    void what_was_heard_meanwhile_wins() {
        hear("S1", Outcome.ANSWERED);
        hear("S2", Outcome.ANSWERED);
        recall(was("S1", State.DOWN, Cause.FROZEN, Duration.ZERO), was("S2", State.UP, Cause.NONE, Duration.ZERO));
        assertThat(writer.get().members()).extracting(Member::state).containsOnly(State.UP);
        assertThat(writer.get().at(0).since()).isAfter(since);
        assertThat(writer.get().at(1).since()).isEqualTo(since);
        hear("S1", Outcome.REFUSED);
        assertThat(writer.get().rotation()).extracting(Member::name).containsExactly("S2", "S1");
    }

    @Test
    void one_remembered_as_up_and_doubted_meanwhile_is_in_doubt() {
        hear("S1", Outcome.OVERDUE);
        recall(was("S1", State.UP, Cause.NONE, Duration.ZERO));
        assertThat(writer.get().at(0).state()).isEqualTo(State.SUSPECT);
        assertThat(writer.get().events())
                .extracting(Event::type)
                .containsExactly("verdicts_recalled", "member_state", "requests_move");
    }

    private Incident lasting(String id, Incident.Kind kind, String subject, String... members) {
        return new Incident(
                id,
                3,
                kind,
                subject,
                List.of(members),
                Cause.FROZEN,
                since,
                since,
                null,
                since,
                null,
                1,
                null,
                false,
                false,
                null,
                List.of(),
                0,
                List.of());
    }

    @Test
    void incidents_last_on_until_their_members_are_up() {
        Incident one = lasting("6-1", Incident.Kind.SERVICE, "S1", "S1");
        Incident up = lasting("6-2", Incident.Kind.SERVICE, "S2", "S2");
        Incident gone = lasting("6-3", Incident.Kind.SERVICE, "S9", "S9");
        Incident us = lasting("6-4", Incident.Kind.ISOLATION, "");
        writer.accept(new Command.Recalled(
                List.of(
                        was("S1", State.DOWN, Cause.FROZEN, Duration.ZERO),
                        was("S2", State.UP, Cause.NONE, Duration.ZERO)),
                List.of(one, up, gone, us)));
        assertThat(writer.get().incidents())
                .extracting(i -> i.id() + (i.open() ? " lasts" : " ended"))
                .containsExactly("6-1 lasts", "6-2 ended", "6-3 ended", "6-4 ended");
        assertThat(writer.get().incidents().get(2).timeline().getLast().text()).contains("ended meanwhile");
        assertThat(writer.get().incidents().get(1).ended()).isEqualTo(clock.now());
        hear("S1", Outcome.ANSWERED);
        hear("S1", Outcome.ANSWERED);
        assertThat(writer.get().incidents().getFirst().open()).isFalse();
    }

    @Test
    void one_that_this_run_has_named_already_goes_on_in_the_remembered_one() {
        List<Drain> drains = new ArrayList<>();
        writer.tap(drains::add);
        hear("S1", Outcome.ANSWERED);
        hear("S1", Outcome.REFUSED);
        hear("S1", Outcome.REFUSED);
        hear("S1", Outcome.REFUSED);
        String id = writer.get().incidents().getFirst().id();
        writer.accept(new Command.Recalled(List.of(), List.of(lasting("6-1", Incident.Kind.SERVICE, "S1", "S1"))));
        assertThat(writer.get().incidents())
                .singleElement()
                .extracting(Incident::id)
                .isEqualTo("6-1");
        assertThat(drains.getLast().mergedAway()).containsExactly(id);
        assertThat(writer.get().incidents().getFirst().open()).isTrue();
    }
}
