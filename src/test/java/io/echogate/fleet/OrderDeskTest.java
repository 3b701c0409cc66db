package io.echogate.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.clock.ManualClock;
import io.echogate.config.Config;
import io.echogate.config.MemberConfig;
import io.echogate.model.Command;
import io.echogate.model.Echo;
import io.echogate.model.Event;
import io.echogate.model.Fleet;
import io.echogate.model.Intent;
import io.echogate.model.Kind;
import io.echogate.model.Member;
import io.echogate.model.Order;
import io.echogate.model.Outcome;
import io.echogate.model.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders through the one writer: taken, refused, shown, and over by themselves. */
final class OrderDeskTest {
    private static final long SECOND = 1_000_000_000L;

    private final ManualClock clock = new ManualClock();
    private final Queue<Runnable> executor = new ArrayDeque<>();
    private final List<String> replies = new ArrayList<>();
    private final FleetWriter writer = new FleetWriter(
            Config.of(List.of(MemberConfig.of("S1", "127.0.0.11", 3000), MemberConfig.of("S2", "127.0.0.12", 3000))),
            clock,
            7,
            executor::add,
            index -> Long.MIN_VALUE);
    private long question;

    @BeforeEach
    void bothAreUp() {
        hear("S1", Outcome.ANSWERED);
        hear("S2", Outcome.ANSWERED);
    }

    private Fleet run() {
        while (!executor.isEmpty()) {
            executor.remove().run();
        }
        return writer.get();
    }

    private Fleet hear(String member, Outcome outcome) {
        clock.advanceMillis(200);
        long now = clock.nanos();
        writer.accept(
                new Command.Heard(Echo.of(Kind.HTTP, member, ++question, now - 1_000_000, now, outcome, "evidence")));
        return run();
    }

    private Order drain(@Nullable Duration hold, Duration deadline) {
        Instant now = clock.now();
        return new Order(
                Intent.DRAIN,
                "alice",
                "deploy 1.2",
                now,
                hold == null ? null : now.plus(hold),
                now.plus(deadline),
                Order.NEVER);
    }

    private void send(String member, Order order, boolean force) {
        writer.accept(new Command.Ordered(member, order, force, refusal -> {
            replies.add(refusal == null ? "done" : refusal);
            assertThat(writer.get().member("S1")).isNotNull();
        }));
    }

    private Fleet order(String member, Order order, boolean force) {
        send(member, order, force);
        return run();
    }

    private static List<String> rotation(Fleet fleet) {
        return fleet.rotation().stream().map(Member::name).toList();
    }

    @Test
    void a_drained_member_leaves_the_choice_and_is_asked_and_judged_on() {
        Fleet before = writer.get();
        Fleet fleet = order("S1", drain(Duration.ofMinutes(10), Duration.ofMinutes(5)), false);
        assertThat(replies).containsExactly("done");
        assertThat(rotation(fleet)).containsExactly("S2");
        assertThat(fleet.at(0).intent()).isEqualTo(Intent.DRAIN);
        assertThat(fleet.at(0).state()).isEqualTo(State.UP);
        assertThat(fleet.members()).extracting(Member::serving).containsExactly(false, true);
        assertThat(fleet.changedSeq()).isEqualTo(fleet.seq()).isGreaterThan(before.changedSeq());
        assertThat(fleet.at(0).order().cutNanos()).isEqualTo(clock.nanos() + 300 * SECOND);
        assertThat(hear("S1", Outcome.REFUSED).at(0).state()).isEqualTo(State.SUSPECT);
        assertThat(hear("S1", Outcome.ANSWERED).at(0).state()).isEqualTo(State.UP);
        assertThat(rotation(writer.get())).containsExactly("S2");
    }

    @Test
    void an_order_is_an_event_with_who_until_when_and_why() {
        Instant until = clock.now().plusSeconds(600);
        order("S1", drain(Duration.ofMinutes(10), Duration.ofMinutes(5)), false);
        order("S1", Order.ready("bob", "deployed", clock.now()), false);
        assertThat(writer.get().events())
                .filteredOn(e -> e.type().equals("intent_changed"))
                .extracting(e -> e.member() + ": " + e.why())
                .containsExactly(
                        "S1: drain by alice until " + until.toString().replaceFirst("\\.\\d+", "") + ": deploy 1.2",
                        "S1: ready by bob: deployed");
        assertThat(writer.get().events())
                .filteredOn(e -> e.type().equals("requests_move"))
                .extracting(Event::why)
                .endsWith("new requests go to S2", "new requests go to S1");
    }

    @Test
    void the_answer_comes_when_the_snapshot_shows_it() {
        List<Intent> seen = new ArrayList<>();
        Order order = drain(null, Duration.ZERO);
        writer.accept(new Command.Ordered(
                "S1", order, false, refusal -> seen.add(writer.get().at(0).intent())));
        run();
        assertThat(seen).containsExactly(Intent.DRAIN);
    }

    @Test
    void of_two_orders_that_come_together_the_second_sees_the_first() {
        send("S1", drain(null, Duration.ZERO), false);
        send("S2", drain(null, Duration.ZERO), false);
        Fleet fleet = run();
        assertThat(replies).containsExactly("done", "nobody would be left to serve: S1 is UP and wanted in DRAIN");
        assertThat(rotation(fleet)).containsExactly("S2");
        order("S2", drain(null, Duration.ZERO), true);
        assertThat(writer.get().rotation()).isEmpty();
        assertThat(replies).last().isEqualTo("done");
    }

    @Test
    void an_order_for_nobody_is_refused_and_being_ready_already_is_no_news() {
        int events = writer.get().events().size();
        order("S9", drain(null, Duration.ZERO), false);
        order("S1", Order.ready("bob", "", clock.now()), false);
        assertThat(replies).containsExactly("no member S9", "done");
        assertThat(writer.get().events()).hasSize(events);
    }

    @Test
    void a_member_is_ready_again_by_itself_when_the_time_is_up() {
        order("S1", drain(Duration.ofSeconds(10), Duration.ofMinutes(5)), false);
        clock.advanceMillis(9_999);
        writer.accept(new Command.Lapse());
        assertThat(run().at(0).intent()).isEqualTo(Intent.DRAIN);
        clock.advanceMillis(1);
        writer.accept(new Command.Lapse());
        Fleet fleet = run();
        assertThat(fleet.at(0).order()).isEqualTo(Order.ready("echogate", "time is up", clock.now()));
        assertThat(rotation(fleet)).containsExactly("S1", "S2");
        assertThat(fleet.events())
                .filteredOn(e -> e.type().equals("intent_changed"))
                .last()
                .extracting(Event::why)
                .isEqualTo("ready by echogate: time is up");
    }

    @Test
    void an_order_that_was_prolonged_meanwhile_does_not_end() {
        order("S1", drain(Duration.ofSeconds(10), Duration.ofMinutes(5)), false);
        clock.advanceMillis(9_999);
        send("S1", drain(Duration.ofSeconds(10), Duration.ofMinutes(5)), false);
        clock.advanceMillis(1);
        writer.accept(new Command.Lapse());
        assertThat(run().at(0).intent()).isEqualTo(Intent.DRAIN);
    }

    @Test
    void what_had_to_be_cut_is_told() {
        writer.accept(new Command.Cut("S1", 3));
        writer.accept(new Command.Cut("S9", 3));
        assertThat(run().events())
                .filteredOn(e -> e.type().equals("requests_cut"))
                .singleElement()
                .satisfies(e -> assertThat(e.why()).startsWith("3 requests and tunnels still ran"));
    }
}
