package io.echogate.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.model.Failure;
import io.echogate.model.Fleet;
import io.echogate.model.Fleets;
import io.echogate.model.Member;
import io.echogate.model.State;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryRuleTest {
    private final RetryRule rule = new RetryRule(2);

    @ParameterizedTest(
            name = "{0} sent={1} answered={2} reused={3} repeatable={4} body={5} attempts={6} budget={7} -> {8}")
    @CsvSource({
        "REFUSED,            false, false, false, false, true,  1, true,  ELSEWHERE",
        "REFUSED,            false, false, false, false, true,  3, true,  GIVE_UP",
        "REFUSED,            false, false, false, false, true,  1, false, ELSEWHERE",
        "CONNECT_TIMEOUT,    false, false, false, false, true,  2, false, ELSEWHERE",
        "UNREACHABLE,        false, false, false, false, true,  1, true,  ELSEWHERE",
        "RESET,              true,  false, false, true,  true,  1, true,  ELSEWHERE",
        "RESET,              true,  false, false, false, true,  1, true,  GIVE_UP",
        "RESET,              true,  false, false, true,  false, 1, true,  GIVE_UP",
        "RESET,              true,  true,  false, true,  true,  1, true,  GIVE_UP",
        "RESET,              true,  false, true,  true,  true,  1, true,  SAME_FRESH",
        "RESET,              true,  false, true,  false, true,  1, true,  GIVE_UP",
        "RESET,              true,  false, true,  true,  true,  3, false, SAME_FRESH",
        "FIRST_BYTE_TIMEOUT, true,  false, false, true,  true,  1, true,  ELSEWHERE",
        "FIRST_BYTE_TIMEOUT, true,  false, false, true,  true,  1, false, GIVE_UP",
        "FIRST_BYTE_TIMEOUT, true,  false, false, false, true,  1, true,  GIVE_UP",
        "ERROR_STATUS,       true,  false, false, true,  true,  1, false, GIVE_UP",
        "DOUBTED,            true,  false, false, true,  true,  3, false, ELSEWHERE",
        "DOUBTED,            true,  false, false, false, true,  1, true,  GIVE_UP",
        "DOUBTED,            false, false, false, false, true,  1, true,  ELSEWHERE",
        "CUT_SHORT,          true,  true,  false, true,  true,  1, true,  GIVE_UP",
        "REQUEST_TIMEOUT,    true,  false, false, true,  true,  1, true,  GIVE_UP",
        "CLIENT_GONE,        true,  false, false, true,  true,  1, true,  GIVE_UP",
    })
    void decides(
            Failure.Kind kind,
            boolean sent,
            boolean answered,
            boolean reused,
            boolean repeatable,
            boolean body,
            int attempts,
            boolean budget,
            Decision expected) {
        Failure f = new Failure(kind, sent, answered, reused);
        assertThat(rule.decide(f, new Traits(repeatable, body), attempts, false, budget))
                .isEqualTo(expected);
    }

    @Test
    void aDeadReusedConnectionIsReplacedOnce() {
        Failure f = new Failure(Failure.Kind.RESET, true, false, true);
        assertThat(rule.decide(f, new Traits(true, true), 1, true, true)).isEqualTo(Decision.ELSEWHERE);
    }

    @Test
    void theBudgetIsAShareAndNeverLessThanItsFloor() {
        RetryBudget budget = new RetryBudget(20, 3);
        budget.begin();
        budget.take();
        budget.take();
        assertThat(budget.hasRoom()).isTrue();
        budget.take();
        assertThat(budget.hasRoom()).isFalse();
        for (int i = 1; i < 20; i++) {
            budget.begin();
        }
        assertThat(budget.hasRoom()).isTrue();
        budget.take();
        assertThat(budget.hasRoom()).isFalse();
        budget.end(1);
        assertThat(budget.inFlight()).isEqualTo(19);
        assertThat(budget.hasRoom()).isFalse();
        budget.end(1);
        assertThat(budget.hasRoom()).isTrue();
    }

    @Test
    void firstTakesTheBestStateThenTheOrder() {
        Fleet fleet = Fleets.all(State.UP, address(1), address(2), address(3));
        assertThat(chosen(fleet)).isEqualTo("S1");
        assertThat(chosen(fleet, 0)).isEqualTo("S2");
        assertThat(chosen(fleet, 0, 2)).isEqualTo("S2");
        assertThat(chosen(fleet, 0, 1, 2)).isEqualTo("nobody");
        Fleet doubt = Fleets.with(Fleets.with(fleet, 0, State.SUSPECT), 1, State.DOWN);
        assertThat(chosen(doubt)).isEqualTo("S3");
        assertThat(chosen(doubt, 2)).isEqualTo("S1");
        assertThat(chosen(doubt, 2, 0)).isEqualTo("nobody");
    }

    private static InetSocketAddress address(int last) {
        return new InetSocketAddress("127.0.0." + last, 80);
    }

    private static String chosen(Fleet fleet, int... before) {
        Tried tried = new Tried();
        for (int i : before) {
            tried.add(i);
        }
        Member m = First.next(fleet, tried);
        return m == null ? "nobody" : m.name();
    }
}
