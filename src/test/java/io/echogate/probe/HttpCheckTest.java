package io.echogate.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.clock.Clock;
import io.echogate.config.Config;
import io.echogate.config.MemberConfig;
import io.echogate.config.PingRules;
import io.echogate.model.Kind;
import io.echogate.model.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a check says before it has anywhere to go to. */
final class HttpCheckTest {
    private static final Pace PACE = Pace.http(Config.of(List.of(MemberConfig.of("S1", "s1.test", 3000))));

    private final List<Outcome> heard = new ArrayList<>();
    private final Question question = new Question(0, Kind.HTTP, 0, 0, 0, PACE.doubtAfter(), PACE);
    private final HttpCheck check = new HttpCheck(
            question,
            new PingAnswers(Expected.of(PingRules.DEFAULT)),
            new byte[0],
            Clock.system(),
            (q, finding) -> heard.add(finding.outcome()));

    /** A look-up that hangs is no silence of the member's, whose cause would hide that its name does not resolve. */
    @Test
    void aNameThatHangsIsUnresolvedAndNothingElse() {
        check.overdue(PACE.doubtAfter());
        assertThat(heard).isEmpty();
        check.expire(PACE.timeout());
        assertThat(heard).containsExactly(Outcome.UNRESOLVED);
    }

    @Test
    void aFailureAfterTheTimeOutIsNoNews() {
        check.expire(PACE.timeout());
        check.unresolved("no such name");
        assertThat(heard).containsExactly(Outcome.UNRESOLVED);
    }
}
