package io.echogate.fleet;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.clock.ManualClock;
import io.echogate.config.Config;
import io.echogate.config.ConfigReader;
import io.echogate.config.Parsed;
import io.echogate.model.Ask;
import io.echogate.model.Cause;
import io.echogate.model.Command;
import io.echogate.model.Drill;
import io.echogate.model.Echo;
import io.echogate.model.Event;
import io.echogate.model.Fleet;
import io.echogate.model.Fleets;
import io.echogate.model.Icmp;
import io.echogate.model.Kind;
import io.echogate.model.Member;
import io.echogate.model.Order;
import io.echogate.model.Outcome;
import io.echogate.model.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Those who are only watched, as the writer knows them. */
final class WatchedTest {
    private static final String FLEET = """
            members: [{name: S1, url: 'http://10.0.0.11:3000'}]
            watch:
              - {name: gw, url: 'icmp://127.0.0.1'}
              - {name: db, url: 'tcp://127.0.0.5:5432'}
            """;

    private final ManualClock clock = new ManualClock();
    private final Queue<Runnable> executor = new ArrayDeque<>();
    private final List<Integer> looked = new ArrayList<>();
    private final FleetWriter writer = new FleetWriter(config(), clock, 7, executor::add, index -> {
        looked.add(index);
        return Long.MIN_VALUE;
    });
    private long question;

    private static Config config() {
        return ((Parsed.Good) ConfigReader.read("fleet.yaml", FLEET)).config();
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

    private Member watched(String name) {
        return requireNonNull(writer.get().member(name));
    }

    @Test
    void they_stand_behind_the_pool_and_apart_from_it() {
        Fleet fleet = writer.get();
        assertThat(fleet.members()).extracting(Member::name).containsExactly("S1");
        assertThat(fleet.watched()).extracting(Member::index).containsExactly(1, 2);
        assertThat(fleet.watched()).extracting(Member::ask).containsExactly(Ask.ICMP, Ask.TCP);
        assertThat(fleet.everybody()).extracting(Member::name).containsExactly("S1", "gw", "db");
        assertThat(fleet.member("db")).isEqualTo(fleet.watched().getLast());
    }

    @Test
    void they_are_judged_told_of_and_never_routed_to() {
        Fleet before = hear("gw", Kind.ICMP, Outcome.ANSWERED);
        Fleet fleet = hear("db", Kind.HTTP, Outcome.ANSWERED);
        assertThat(fleet.watched()).extracting(Member::state).containsExactly(State.UP, State.UP);
        assertThat(fleet.watched()).noneMatch(Member::serving);
        assertThat(fleet.rotation()).isEmpty();
        assertThat(fleet.changedSeq()).isGreaterThan(before.changedSeq());
        assertThat(fleet.members()).isSameAs(before.members());
        assertThat(fleet.events()).extracting(Event::type).containsExactly("member_state", "member_state");
        assertThat(looked).as("no client's request is ever answered there").isEmpty();
    }

    @Test
    void evidence_of_one_asked_by_tcp_says_so() {
        hear("db", Kind.HTTP, Outcome.REFUSED);
        hear("db", Kind.HTTP, Outcome.REFUSED);
        Event down = hear("db", Kind.HTTP, Outcome.REFUSED).events().getLast();
        assertThat(down.to()).isEqualTo(State.DOWN);
        assertThat(down.cause()).isEqualTo(Cause.PORT_CLOSED);
        assertThat(down.evidence()).last().asString().contains("TCP #3 REFUSED: evidence");
    }

    @Test
    void nobody_of_them_stands_in_for_a_member() {
        hear("gw", Kind.ICMP, Outcome.ANSWERED);
        hear("db", Kind.HTTP, Outcome.ANSWERED);
        hear("S1", Kind.HTTP, Outcome.ANSWERED);
        for (int i = 0; i < 4; i++) {
            List.of(Outcome.REFUSED, Outcome.REFUSED, Outcome.REFUSED, Outcome.ANSWERED, Outcome.ANSWERED)
                    .forEach(outcome -> hear("S1", Kind.HTTP, outcome));
        }
        assertThat(watched("S1").state()).as("it flaps, and nobody else is UP").isEqualTo(State.UP);
        assertThat(refusal(new Command.Drilled(
                        new Drill(
                                "S1",
                                Drill.Mode.FREEZE,
                                "a",
                                "",
                                clock.now(),
                                clock.now().plusSeconds(9),
                                0),
                        false,
                        this::replied)))
                .contains("nobody would be left to serve");
    }

    private @Nullable String reply;

    private void replied(@Nullable String refusal) {
        reply = refusal;
    }

    private @Nullable String refusal(Command command) {
        writer.accept(command);
        run();
        return reply;
    }

    @Test
    void they_take_no_orders_and_no_drills() {
        hear("db", Kind.HTTP, Outcome.ANSWERED);
        Order drain = Fleets.drain(0);
        assertThat(refusal(new Command.Ordered("db", drain, true, this::replied)))
                .isEqualTo("no member db");
        Drill drill = new Drill(
                "db", Drill.Mode.OFF, "a", "", clock.now(), clock.now().plusSeconds(9), 0);
        assertThat(refusal(new Command.Drilled(drill, true, this::replied))).isEqualTo("no member db");
        assertThat(writer.get().drill()).isNull();
    }

    @Test
    void it_is_us_only_when_they_are_silent_too() {
        List.of("S1", "gw", "db").forEach(name -> hear(name, Kind.ICMP, Outcome.ANSWERED));
        List.of("S1", "db").forEach(name -> hear(name, Kind.HTTP, Outcome.ANSWERED));
        clock.advanceMillis(1_000);
        for (String name : List.of("S1", "db")) {
            hear(name, Kind.HTTP, Outcome.CONNECT_SILENT);
            hear(name, Kind.ICMP, Outcome.SILENT);
        }
        assertThat(writer.get().isolated()).as("the gateway still answers").isFalse();
        assertThat(hear("gw", Kind.ICMP, Outcome.SILENT).isolated()).isTrue();
        assertThat(hear("gw", Kind.ICMP, Outcome.ANSWERED).isolated()).isFalse();
    }

    @Test
    void who_cannot_be_asked_says_so_and_proves_nothing() {
        writer.accept(new Command.IcmpIs(new Icmp(Icmp.Mode.NONE, "sysctl")));
        run();
        assertThat(watched("gw").state()).isEqualTo(State.UNKNOWN);
        assertThat(watched("gw").verdict().why()).contains("cannot be asked", "sysctl");
        List.of("S1", "db").forEach(name -> hear(name, Kind.HTTP, Outcome.ANSWERED));
        clock.advanceMillis(1_000);
        hear("S1", Kind.HTTP, Outcome.CONNECT_SILENT);
        assertThat(hear("db", Kind.HTTP, Outcome.CONNECT_SILENT).isolated())
                .as("of the gateway nothing is ever heard")
                .isTrue();
        assertThat(watched("gw").verdict().why()).contains("cannot be asked");
    }
}
