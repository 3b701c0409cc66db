package io.echogate.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.echogate.clock.ManualClock;
import io.echogate.config.Config;
import io.echogate.config.HistoryRules;
import io.echogate.config.HostPort;
import io.echogate.config.MemberConfig;
import io.echogate.config.PolicyName;
import io.echogate.config.PolicyRules;
import io.echogate.config.StatusRules;
import io.echogate.model.Cause;
import io.echogate.model.Command;
import io.echogate.model.Echo;
import io.echogate.model.Event;
import io.echogate.model.Fleet;
import io.echogate.model.Icmp;
import io.echogate.model.Kind;
import io.echogate.model.Member;
import io.echogate.model.Outcome;
import io.echogate.model.State;
import io.echogate.model.Strip;
import io.echogate.model.Timing;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

final class FleetWriterTest {
    private final ManualClock clock = new ManualClock();
    private final Queue<Runnable> executor = new ArrayDeque<>();
    private final FleetWriter writer =
            writer(MemberConfig.of("S1", "127.0.0.11", 3000), MemberConfig.of("S2", "127.0.0.12", 3000));
    private long question;

    private FleetWriter writer(MemberConfig... members) {
        return new FleetWriter(Config.of(List.of(members)), clock, 7, executor::add, index -> Long.MIN_VALUE);
    }

    private Fleet run() {
        while (!executor.isEmpty()) {
            executor.remove().run();
        }
        return writer.get();
    }

    private Fleet hear(String member, Kind kind, Outcome outcome) {
        clock.advanceMillis(200);
        writer.accept(new Command.Heard(
                Echo.of(kind, member, ++question, clock.nanos() - 1_000_000, clock.nanos(), outcome, "evidence")));
        return run();
    }

    private static List<String> names(List<Member> members) {
        return members.stream().map(Member::name).toList();
    }

    @Test
    void starts_unknown_and_routes_to_nobody() {
        Fleet fleet = writer.get();
        assertThat(fleet.epoch()).isEqualTo(7);
        assertThat(fleet.members()).extracting(Member::state).containsExactly(State.UNKNOWN, State.UNKNOWN);
        assertThat(fleet.rotation()).isEmpty();
    }

    @Test
    void routes_to_members_once_they_have_passed_in_order_of_preference() {
        assertThat(names(hear("S2", Kind.HTTP, Outcome.ANSWERED).rotation())).containsExactly("S2");
        Fleet fleet = hear("S1", Kind.HTTP, Outcome.ANSWERED);
        assertThat(names(fleet.rotation())).containsExactly("S1", "S2");
        assertThat(fleet.members()).extracting(Member::serving).containsExactly(true, true);
    }

    @Test
    void first_doubt_leaves_the_choice_at_once_and_stays_the_last_resort() {
        hear("S1", Kind.HTTP, Outcome.ANSWERED);
        hear("S2", Kind.HTTP, Outcome.ANSWERED);
        Fleet fleet = hear("S1", Kind.HTTP, Outcome.REFUSED);
        assertThat(names(fleet.rotation())).containsExactly("S2", "S1");
        assertThat(fleet.members()).extracting(Member::serving).containsExactly(false, true);
        hear("S2", Kind.HTTP, Outcome.RESET);
        hear("S2", Kind.HTTP, Outcome.RESET);
        fleet = hear("S2", Kind.HTTP, Outcome.RESET);
        assertThat(names(fleet.rotation())).containsExactly("S1");
        assertThat(fleet.members()).extracting(Member::serving).containsExactly(true, false);
    }

    @Test
    void by_the_first_policy_one_of_those_who_serve_is_chosen() {
        hear("S1", Kind.HTTP, Outcome.ANSWERED);
        Fleet both = hear("S2", Kind.HTTP, Outcome.ANSWERED);
        assertThat(both.members()).extracting(Member::serving).containsExactly(true, true);
        assertThat(both.members()).extracting(both::chosen).containsExactly(true, false);
        Fleet doubt = hear("S1", Kind.HTTP, Outcome.REFUSED);
        assertThat(doubt.members()).extracting(doubt::chosen).containsExactly(false, true);
    }

    @Test
    void only_who_was_down_has_returned() {
        hear("S1", Kind.HTTP, Outcome.ANSWERED);
        hear("S1", Kind.HTTP, Outcome.REFUSED);
        assertThat(hear("S1", Kind.HTTP, Outcome.ANSWERED).at(0).standing().returned())
                .as("neither the start nor doubt")
                .isFalse();
        hear("S2", Kind.HTTP, Outcome.REFUSED);
        hear("S2", Kind.HTTP, Outcome.REFUSED);
        assertThat(hear("S2", Kind.HTTP, Outcome.REFUSED).at(1).state()).isEqualTo(State.DOWN);
        hear("S2", Kind.HTTP, Outcome.ANSWERED);
        Fleet fleet = hear("S2", Kind.HTTP, Outcome.ANSWERED);
        assertThat(fleet.at(1).state()).isEqualTo(State.UP);
        assertThat(fleet.at(1).standing().returnedNanos()).isEqualTo(clock.nanos());
        assertThat(fleet.rotation().getLast().standing()).isEqualTo(fleet.at(1).standing());
        clock.advanceMillis(5_000);
        assertThat(hear("S2", Kind.HTTP, Outcome.ANSWERED).at(1).standing())
                .isEqualTo(fleet.at(1).standing());
    }

    @Test
    void a_backup_serves_when_too_few_of_the_better_are_up_and_only_then() {
        HostPort at = new HostPort("127.0.0.11", 3000);
        FleetWriter tiers = new FleetWriter(
                shared(
                        2,
                        new MemberConfig("S1", "u1", at, 1, 1),
                        new MemberConfig("S2", "u2", at, 1, 1),
                        new MemberConfig("S3", "u3", at, 5, MemberConfig.BACKUP, "Hall 1")),
                clock,
                7,
                executor::add,
                index -> Long.MIN_VALUE);
        List.of("S1", "S2", "S3").forEach(name -> tiers.accept(answered(name, 1)));
        run();
        assertThat(tiers.get().at(2).standing().weight()).isEqualTo(5);
        assertThat(tiers.get().members()).extracting(Member::group).containsExactly("", "", "Hall 1");
        assertThat(tiers.get().members()).extracting(Member::serving).containsExactly(true, true, false);
        assertThat(tiers.get().members())
                .as("shared")
                .extracting(tiers.get()::chosen)
                .containsExactly(true, true, false);
        List<Member> before = tiers.get().rotation();
        tiers.accept(answered("S1", 2));
        run();
        assertThat(tiers.get().rotation()).isSameAs(before);
        tiers.accept(new Command.Heard(
                Echo.of(Kind.HTTP, "S2", 2, clock.nanos(), clock.nanos() + 1, Outcome.REFUSED, "no")));
        run();
        assertThat(names(tiers.get().rotation())).containsExactly("S1", "S3", "S2");
        assertThat(tiers.get().rotation()).extracting(Member::serving).containsExactly(true, true, false);
        assertThat(tiers.get().members()).extracting(Member::serving).containsExactly(true, false, true);
        assertThat(tiers.get().events())
                .filteredOn(e -> e.type().equals("requests_move"))
                .extracting(Event::why)
                .endsWith("new requests are shared by S1, S3");
    }

    private static Config shared(int joinBelow, MemberConfig... members) {
        Config d = Config.of(List.of(members));
        PolicyRules p = d.policy().with(PolicyName.ROUND_ROBIN);
        return new Config(
                d.listen(),
                d.admin(),
                d.page(),
                d.pollFreq(),
                null,
                new PolicyRules(p.name(), joinBelow, p.slowStart(), p.hash(), p.sticky()),
                d.ping(),
                d.icmp(),
                d.witness(),
                d.carry(),
                d.limits(),
                d.accessLog(),
                HistoryRules.OFF,
                StatusRules.OFF,
                null,
                d.members(),
                List.of());
    }

    @Test
    void every_change_is_an_event_with_what_when_why_and_evidence() {
        hear("S1", Kind.HTTP, Outcome.ANSWERED);
        hear("S1", Kind.HTTP, Outcome.REFUSED);
        hear("S1", Kind.HTTP, Outcome.REFUSED);
        Fleet fleet = hear("S1", Kind.HTTP, Outcome.REFUSED);
        assertThat(fleet.events())
                .extracting(e -> e.type() + " " + e.member() + " " + e.from() + ">" + e.to() + " " + e.cause())
                .containsExactly(
                        "member_state S1 UNKNOWN>UP NONE",
                        "requests_move  UNKNOWN>UNKNOWN NONE",
                        "member_state S1 UP>SUSPECT PORT_CLOSED",
                        "member_state S1 SUSPECT>DOWN PORT_CLOSED",
                        "nobody_serves  UNKNOWN>UNKNOWN NONE");
        Event down = fleet.events().get(3);
        assertThat(down.at()).isEqualTo(clock.now());
        assertThat(down.why()).contains("nobody listens", "3 pings in a row failed");
        assertThat(down.evidence()).hasSize(4).last().asString().contains("HTTP #4 REFUSED: evidence");
        assertThat(fleet.events()).extracting(Event::seq).isSorted().doesNotHaveDuplicates();
        assertThat(fleet.seq()).isGreaterThan(fleet.events().getLast().seq());
    }

    @Test
    void a_request_that_waits_for_long_is_reason_to_ask_and_not_to_doubt() {
        Fleet before = hear("S1", Kind.HTTP, Outcome.ANSWERED);
        Fleet pressed = hear("S1", Kind.TRAFFIC, Outcome.OVERDUE);
        assertThat(pressed.at(0).state()).isEqualTo(State.UP);
        assertThat(pressed.at(0).pressedNanos()).isEqualTo(clock.nanos());
        assertThat(pressed.pressedSeq()).isEqualTo(pressed.seq());
        assertThat(pressed.changedSeq()).as("nothing that routing goes by").isEqualTo(before.changedSeq());
        assertThat(pressed.rotation()).isSameAs(before.rotation());
        Fleet after = hear("S1", Kind.HTTP, Outcome.ANSWERED);
        assertThat(after.pressedSeq()).isEqualTo(pressed.seq());
        assertThat(after.at(0).pressedNanos()).isEqualTo(pressed.at(0).pressedNanos());
    }

    @Test
    void of_many_requests_that_wait_only_the_newest_is_evidence() {
        hear("S1", Kind.HTTP, Outcome.ANSWERED);
        for (int i = 0; i < 20; i++) {
            hear("S1", Kind.TRAFFIC, Outcome.OVERDUE);
        }
        List<Event> events = hear("S1", Kind.HTTP, Outcome.REFUSED).events();
        assertThat(events.getLast().evidence()).hasSize(3).element(1).asString().contains("TRAFFIC #21 OVERDUE");
    }

    @Test
    void one_drain_publishes_one_snapshot() {
        List<Fleet> published = new ArrayList<>();
        writer.subscribe(published::add);
        for (int i = 0; i < 5; i++) {
            writer.accept(new Command.Heard(
                    Echo.of(Kind.HTTP, "S1", ++question, clock.nanos(), clock.nanos(), Outcome.ANSWERED, "pong")));
        }
        run();
        assertThat(published).hasSize(1);
        assertThat(published.getFirst()).isSameAs(writer.get());
        assertThat(published.getFirst().at(0).service().strip()).hasSize(5);
    }

    @Test
    void a_strip_tells_where_the_time_of_each_question_went() {
        Timing timing = new Timing(0, 200_000, 900_000, 1_000_000);
        writer.accept(new Command.Heard(new Echo(
                Kind.HTTP, "S1", ++question, clock.nanos(), clock.nanos(), Outcome.WRONG, timing, 500, true, "500")));
        run();
        Strip strip = writer.get().at(0).service().strip();
        assertThat(strip.timing(0)).isEqualTo(timing);
        assertThat(strip.status(0)).isEqualTo(500);
    }

    @Test
    void published_snapshots_never_change() {
        Fleet before = hear("S1", Kind.HTTP, Outcome.ANSWERED);
        String was = before.toString();
        hear("S1", Kind.HTTP, Outcome.REFUSED);
        hear("S2", Kind.ICMP, Outcome.ANSWERED);
        assertThat(before).hasToString(was);
    }

    @Test
    void rotation_is_the_same_instance_while_nothing_about_it_changes() {
        Fleet before = hear("S1", Kind.HTTP, Outcome.ANSWERED);
        assertThat(hear("S1", Kind.HTTP, Outcome.ANSWERED).rotation()).isSameAs(before.rotation());
        assertThat(hear("S1", Kind.HTTP, Outcome.REFUSED).rotation()).isNotSameAs(before.rotation());
    }

    @Test
    void strips_and_events_are_bounded() {
        Fleet fleet = writer.get();
        for (int i = 0; i < 1_500; i++) {
            hear("S1", Kind.ICMP, Outcome.ANSWERED);
            fleet = hear("S1", Kind.HTTP, i % 2 == 0 ? Outcome.ANSWERED : Outcome.REFUSED);
        }
        assertThat(fleet.at(0).host().strip()).hasSize(60);
        assertThat(fleet.at(0).service().strip()).hasSize(60);
        assertThat(fleet.events()).hasSize(Fleet.EVENTS);
    }

    @Test
    void loss_is_the_share_of_the_strip() {
        hear("S1", Kind.ICMP, Outcome.ANSWERED);
        hear("S1", Kind.ICMP, Outcome.SILENT);
        hear("S1", Kind.ICMP, Outcome.ANSWERED);
        Fleet fleet = hear("S1", Kind.ICMP, Outcome.ANSWERED);
        assertThat(fleet.at(0).host().lossPercent()).isEqualTo(25.0);
    }

    @Test
    void a_name_is_routed_to_once_it_resolves_and_keeps_its_last_address() {
        FleetWriter named = writer(MemberConfig.of("S1", "s1.example", 3000));
        named.accept(new Command.Heard(
                Echo.of(Kind.HTTP, "S1", 1, clock.nanos(), clock.nanos(), Outcome.UNRESOLVED, "no such name")));
        run();
        assertThat(named.get().at(0).cause()).isEqualTo(Cause.UNRESOLVED);
        named.accept(new Command.Resolved("S1", new InetSocketAddress("127.0.0.11", 3000)));
        named.accept(
                new Command.Heard(Echo.of(Kind.HTTP, "S1", 2, clock.nanos(), clock.nanos(), Outcome.ANSWERED, "pong")));
        run();
        assertThat(names(named.get().rotation())).containsExactly("S1");
    }

    @Test
    void icmp_that_is_not_to_be_had_is_said_with_its_remedy() {
        writer.accept(new Command.IcmpIs(new Icmp(Icmp.Mode.NONE, "open it so")));
        assertThat(run().events())
                .singleElement()
                .satisfies(e -> assertThat(e.why()).contains("open it so"));
        assertThat(writer.get().icmp().mode()).isEqualTo(Icmp.Mode.NONE);
    }

    @Test
    void all_members_falling_silent_together_is_us_and_the_last_verdicts_stand() {
        for (String member : List.of("S1", "S2")) {
            hear(member, Kind.HTTP, Outcome.ANSWERED);
            hear(member, Kind.ICMP, Outcome.ANSWERED);
        }
        Fleet fleet = writer.get();
        for (int i = 0; i < 10; i++) {
            for (String member : List.of("S1", "S2")) {
                hear(member, Kind.ICMP, Outcome.SILENT);
                fleet = hear(member, Kind.HTTP, Outcome.CONNECT_SILENT);
            }
        }
        assertThat(fleet.isolated()).isTrue();
        assertThat(fleet.members()).extracting(Member::cause).containsOnly(Cause.ISOLATED);
        assertThat(names(fleet.rotation())).containsExactly("S1", "S2");
        hear("S2", Kind.HTTP, Outcome.ANSWERED);
        fleet = hear("S1", Kind.HTTP, Outcome.CONNECT_SILENT);
        assertThat(fleet.isolated()).isFalse();
        assertThat(fleet.at(0).cause()).isEqualTo(Cause.HOST_SILENT);
        assertThat(fleet.at(0).state()).isEqualTo(State.DOWN);
    }

    @Test
    void a_snapshot_says_when_a_verdict_last_changed() {
        Fleet up = hear("S1", Kind.HTTP, Outcome.ANSWERED);
        assertThat(up.changedSeq()).isEqualTo(up.seq());
        Fleet again = hear("S1", Kind.HTTP, Outcome.ANSWERED);
        assertThat(again.seq()).isGreaterThan(up.seq());
        assertThat(again.changedSeq()).isEqualTo(up.seq());
        assertThat(again.at(1)).isSameAs(up.at(1));
        assertThat(again.rotation()).isSameAs(up.rotation());
        assertThat(again.at(0).service().strip()).hasSize(2);
        Fleet doubted = hear("S1", Kind.HTTP, Outcome.REFUSED);
        assertThat(doubted.changedSeq()).isEqualTo(doubted.seq());
    }

    @Test
    void a_machine_that_answers_icmp_is_news_though_no_verdict_is() {
        Fleet before = hear("S1", Kind.HTTP, Outcome.ANSWERED);
        Fleet heard = hear("S1", Kind.ICMP, Outcome.ANSWERED);
        assertThat(heard.changedSeq()).isEqualTo(heard.seq());
        assertThat(heard.rotation()).isSameAs(before.rotation());
    }

    @Test
    void that_we_were_not_looking_is_told_when_it_was_long() {
        writer.accept(new Command.Missed(120_000_000));
        assertThat(run().events()).isEmpty();
        writer.accept(new Command.Missed(5_040_000_000L));
        assertThat(run().events())
                .extracting(Event::type, Event::why)
                .containsExactly(
                        tuple(
                                "not_looking",
                                "it is us: this monitor stood still for 5.0 s; what was asked before is given up as never asked"));

        for (int i = 0; i < 20; i++) {
            clock.advanceMillis(1_000);
            writer.accept(new Command.Missed(700_000_000));
            run();
        }
        assertThat(writer.get().events())
                .extracting(Event::why)
                .filteredOn(why -> why.contains("7.0 s"))
                .hasSize(2);
        assertThat(writer.get().events()).hasSize(3);
    }

    @Test
    void what_comes_together_is_one_snapshot() {
        List<Fleet> published = new ArrayList<>();
        writer.subscribe(published::add);
        writer.acceptAll(List.of(answered("S1", 1), answered("S2", 1), answered("S1", 2)));
        Fleet fleet = run();
        assertThat(published).containsExactly(fleet);
        assertThat(fleet.at(0).service().strip()).hasSize(2);
        assertThat(names(fleet.rotation())).containsExactly("S1", "S2");
    }

    private Command answered(String member, long number) {
        return new Command.Heard(Echo.of(
                Kind.HTTP, member, number, clock.nanos(), clock.nanos() + 1, Outcome.ANSWERED, "pass " + number));
    }

    /** Eight lines are to hold what led to the verdict, not eight times that all was well. */
    @Test
    void of_passes_in_a_row_only_the_newest_is_evidence() {
        for (int i = 0; i < 20; i++) {
            hear("S1", Kind.HTTP, Outcome.ANSWERED);
        }
        for (int i = 0; i < 3; i++) {
            hear("S1", Kind.HTTP, Outcome.REFUSED);
        }
        Event down = run().events().stream()
                .filter(e -> e.to() == State.DOWN && e.member().equals("S1"))
                .findFirst()
                .orElseThrow();
        assertThat(down.evidence()).hasSize(4);
        assertThat(down.evidence().getFirst()).contains("#20 ANSWERED");
        assertThat(down.evidence().subList(1, 4)).allMatch(line -> line.contains("REFUSED"));
    }
}
