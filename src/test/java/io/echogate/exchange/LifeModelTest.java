package io.echogate.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.echogate.clock.ManualClock;
import io.echogate.config.Config;
import io.echogate.config.MemberConfig;
import io.echogate.fleet.FleetWriter;
import io.echogate.model.Cause;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/**
 * Members' lives, exhaustively: every interleaving of echoes, requests, what becomes of connections, and operator's
 * orders, up to a depth, from several beginnings. The judge, the writer, the route and the exchange are the real ones; a
 * branch is replayed from its beginning. After every step the promises are looked at.
 */
final class LifeModelTest {
    private static final int DEPTH = 5;
    private static final Config CONFIG =
            Config.of(List.of(MemberConfig.of("S1", "127.0.0.11", 3000), MemberConfig.of("S2", "127.0.0.12", 3000)));
    private static final String GET = "GET / HTTP/1.1\nHost: a\n\n";
    private static final String POST = "POST / HTTP/1.1\nHost: a\nContent-Length: 2\n\nhi";
    private static final String OK = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";

    /** What can happen next. */
    private enum Step {
        S1_ANSWERS,
        S1_REFUSES,
        S2_ANSWERS,
        S2_REFUSES,
        S1_IS_DRAINED,
        S2_IS_DRAINED,
        S1_IS_READY,
        GET_COMES,
        POST_COMES,
        CONNECTED,
        CONNECTION_REFUSED,
        ANSWERED,
        CONNECTION_BREAKS,
        TIME_PASSES
    }

    /** Millions of lines about what happens in the model would cost more than the model. */
    private static final Logger HAPPENINGS = (Logger) LoggerFactory.getLogger("io.echogate.fleet");

    private static Level usual;

    @BeforeAll
    static void hush() {
        usual = HAPPENINGS.getLevel();
        HAPPENINGS.setLevel(Level.WARN);
    }

    @AfterAll
    static void speak() {
        HAPPENINGS.setLevel(usual);
    }

    /** One run of everything from its beginning. */
    private static final class World {
        private final ManualClock clock = new ManualClock();
        private final FleetWriter writer = new FleetWriter(CONFIG, clock, 7, Runnable::run, index -> Long.MIN_VALUE);
        private final Stage stage = new Stage(CONFIG, writer.get());
        private final Set<String> tried = new HashSet<>();
        private long question;
        private boolean running;
        private boolean post;
        private int sentPosts;

        /** False when that cannot happen now. */
        boolean take(Step step) {
            clock.advanceMillis(250);
            boolean possible = switch (step) {
                case S1_ANSWERS -> hear("S1", Outcome.ANSWERED);
                case S1_REFUSES -> hear("S1", Outcome.REFUSED);
                case S2_ANSWERS -> hear("S2", Outcome.ANSWERED);
                case S2_REFUSES -> hear("S2", Outcome.REFUSED);
                case S1_IS_DRAINED -> order("S1", Intent.DRAIN);
                case S2_IS_DRAINED -> order("S2", Intent.DRAIN);
                case S1_IS_READY -> order("S1", Intent.READY);
                case GET_COMES -> request(GET, false);
                case POST_COMES -> request(POST, true);
                case CONNECTED -> when(Attempt.Phase.CONNECTING, stage::connected);
                case CONNECTION_REFUSED -> when(Attempt.Phase.CONNECTING, stage::refused);
                case ANSWERED -> when(Attempt.Phase.WAITING, () -> stage.member(OK));
                case CONNECTION_BREAKS -> when(Attempt.Phase.WAITING, stage::memberReset);
                case TIME_PASSES -> running && passes();
            };
            if (possible) {
                settle();
            }
            return possible;
        }

        private boolean hear(String member, Outcome outcome) {
            command(new Command.Heard(
                    Echo.of(Kind.HTTP, member, ++question, clock.nanos() - 1, clock.nanos(), outcome, "evidence")));
            return true;
        }

        private boolean order(String member, Intent intent) {
            Member m = member(member);
            if (m.intent() == intent) {
                return false;
            }
            Order order = new Order(intent, "alice", "", clock.now(), null, null, Order.NEVER);
            command(new Command.Ordered(member, order, false, refusal -> {}));
            return true;
        }

        private boolean request(String text, boolean isPost) {
            if (running) {
                return false;
            }
            running = true;
            post = isPost;
            sentPosts = 0;
            tried.clear();
            stage.client(text);
            return true;
        }

        private boolean when(Attempt.Phase phase, Runnable then) {
            boolean now = stage.exchange.outbound().phase() == phase;
            if (now) {
                then.run();
            }
            return now;
        }

        private boolean passes() {
            clock.advanceMillis(600);
            stage.pass(600);
            return true;
        }

        private Member member(String name) {
            return writer.get().members().get(name.equals("S1") ? 0 : 1);
        }

        private void command(Command command) {
            Fleet before = writer.get();
            writer.accept(command);
            Fleet after = writer.get();
            everyChangeHasItsEvent(before, after);
            theWellComeFirst(after);
            stage.shows(after);
        }

        /** Looks at what the exchange did, hands its evidence to the writer, until nothing more follows. */
        private void settle() {
            count();
            for (List<String> did = stage.did(); !did.isEmpty(); did = stage.did()) {
                did.forEach(this::look);
                count();
                did.stream().filter(d -> d.startsWith("heard ")).forEach(d -> {
                    String[] word = d.split(" ");
                    hear(word[1], Outcome.valueOf(word[2]));
                });
            }
        }

        private void count() {
            sentPosts += stage.memberGotRaw().contains("POST ") ? 1 : 0;
            assertThat(sentPosts).as("a POST is sent once").isLessThanOrEqualTo(1);
        }

        private void look(String did) {
            if (did.startsWith("connect S")) {
                goesTo(did.substring("connect ".length()));
            } else if (did.startsWith("finished")) {
                ends(did.split(" ")[1], Integer.parseInt(did.split(" ")[2]));
            }
        }

        private void goesTo(String name) {
            Fleet fleet = writer.get();
            assertThat(fleet.rotation())
                    .as("goes to whom requests may go to")
                    .extracting(Member::name)
                    .contains(name);
            assertThat(tried.add(name)).as("each member at most once").isTrue();
            boolean better = fleet.rotation().stream()
                    .anyMatch(m -> m.state() == State.UP && (m.name().equals(name) || !tried.contains(m.name())));
            Member m = member(name);
            boolean trial = m.state() == State.RECOVERING && m.cause() == Cause.BROKEN && !post;
            assertThat(m.state() == State.UP || !better || trial)
                    .as("not to the doubted while another is well, but for a trial that can do no harm")
                    .isTrue();
        }

        private void ends(String by, int status) {
            running = false;
            if (by.equals("us") && status >= 500) {
                boolean allTried = writer.get().rotation().stream().allMatch(m -> tried.contains(m.name()));
                assertThat(allTried || (post && sentPosts > 0))
                        .as("fails only when nobody is left, or it is not safe to send again: %d", status)
                        .isTrue();
            }
        }

        private static void everyChangeHasItsEvent(Fleet before, Fleet after) {
            long last =
                    before.events().isEmpty() ? -1 : before.events().getLast().seq();
            List<Event> fresh =
                    after.events().stream().filter(e -> e.seq() > last).toList();
            for (Member now : after.members()) {
                Member was = before.at(now.index());
                if (now.state() != was.state()) {
                    assertThat(fresh)
                            .as("%s: %s to %s", now.name(), was.state(), now.state())
                            .anyMatch(e -> e.member().equals(now.name()) && e.to() == now.state());
                }
                if (now.intent() != was.intent()) {
                    assertThat(fresh)
                            .anyMatch(e -> e.type().equals("intent_changed")
                                    && e.member().equals(now.name()));
                }
                if (now.state() == State.DOWN || now.state() == State.SUSPECT) {
                    assertThat(now.cause())
                            .as("%s is %s without a cause", now.name(), now.state())
                            .isNotEqualTo(Cause.NONE);
                }
            }
        }

        private static void theWellComeFirst(Fleet fleet) {
            boolean well = fleet.members().stream()
                    .anyMatch(m -> m.state() == State.UP && m.proven() && m.intent() == Intent.READY);
            if (well) {
                assertThat(fleet.rotation().getFirst().state()).isEqualTo(State.UP);
            }
            assertThat(fleet.rotation()).allMatch(m -> m.intent() == Intent.READY && m.state() != State.DOWN);
        }

        /** Whatever has happened: whoever answers well is back before long. */
        void comesBack() {
            order("S1", Intent.READY);
            order("S2", Intent.READY);
            for (int i = 0; i < 3; i++) {
                clock.advanceMillis(1_000);
                hear("S1", Outcome.ANSWERED);
                hear("S2", Outcome.ANSWERED);
            }
            assertThat(writer.get().rotation())
                    .extracting(m -> m.name() + " " + m.state())
                    .containsExactly("S1 UP", "S2 UP");
        }

        void close() {
            assertThat(stage.leaks()).isZero();
        }
    }

    private long branches;

    /** Everything that can follow those steps; false when the last of them cannot happen. */
    private boolean explore(List<Step> steps, int left) {
        World world = new World();
        try {
            for (int i = 0; i < steps.size(); i++) {
                if (!world.take(steps.get(i))) {
                    return false;
                }
            }
            branches++;
            world.comesBack();
            world.close();
        } catch (AssertionError e) {
            throw new AssertionError(steps + ": " + e.getMessage(), e);
        }
        for (Step next : left > 0 ? Step.values() : new Step[0]) {
            List<Step> longer = new ArrayList<>(steps);
            longer.add(next);
            explore(longer, left - 1);
        }
        return true;
    }

    @ParameterizedTest
    @CsvSource({
        "S1_ANSWERS S2_ANSWERS, both are well",
        "S1_ANSWERS S2_ANSWERS S1_REFUSES, the first is in doubt",
        "S1_ANSWERS S2_ANSWERS S1_REFUSES S1_REFUSES S1_REFUSES, the first is down",
        "S1_ANSWERS S2_ANSWERS S1_REFUSES S2_REFUSES, both are in doubt",
        "S1_ANSWERS S2_ANSWERS S1_IS_DRAINED, the first is drained",
        "S1_ANSWERS S2_ANSWERS GET_COMES CONNECTED, a GET waits",
        "S1_ANSWERS S2_ANSWERS POST_COMES CONNECTED, a POST waits",
        "'', nobody was asked"
    })
    void everyInterleavingKeepsThePromises(String beginning, String called) {
        List<Step> steps = beginning.isEmpty()
                ? List.of()
                : List.of(beginning.split(" ")).stream().map(Step::valueOf).toList();
        assertThat(explore(steps, DEPTH)).as(called).isTrue();
        assertThat(branches).as("branches from where %s", called).isGreaterThan(10_000);
    }

    /** A promise that is wrong on purpose: that no GET ever goes to the second member. */
    @Test
    void aPromiseThatDoesNotHoldIsFoundBroken() {
        World world = new World();
        List.of(Step.S1_ANSWERS, Step.S2_ANSWERS, Step.GET_COMES).forEach(world::take);
        world.tried.add("S2");
        assertThatThrownBy(() -> world.take(Step.CONNECTION_REFUSED))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("each member at most once");
    }
}
