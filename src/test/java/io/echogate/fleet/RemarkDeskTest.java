package io.echogate.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.clock.ManualClock;
import io.echogate.config.Config;
import io.echogate.config.MemberConfig;
import io.echogate.model.Command;
import io.echogate.model.Detail;
import io.echogate.model.Echo;
import io.echogate.model.Event;
import io.echogate.model.Incident;
import io.echogate.model.Kind;
import io.echogate.model.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Remarks through the one writer: taken or refused, told and answered. */
final class RemarkDeskTest {
    private final ManualClock clock = new ManualClock();
    private final List<String> replies = new ArrayList<>();
    private final FleetWriter writer = new FleetWriter(
            Config.of(List.of(MemberConfig.of("S1", "127.0.0.11", 3000))),
            clock,
            7,
            Runnable::run,
            index -> Long.MIN_VALUE);
    private String id = "";

    @BeforeEach
    void itIsDown() {
        for (int n = 1; n <= 3; n++) {
            writer.accept(new Command.Heard(
                    Echo.of(Kind.HTTP, "S1", n, clock.nanos(), clock.nanos(), Outcome.REFUSED, "evidence")));
        }
        id = writer.get().incidents().getFirst().id();
    }

    private void say(String incident, String text, boolean acknowledges) {
        Detail.Remark remark = new Detail.Remark(incident, "alice", text, acknowledges);
        writer.accept(new Command.Remarked(remark, refusal -> {
            boolean shown = writer.get().incidents().getFirst().remarks().stream()
                    .anyMatch(r -> r.text().equals(text));
            replies.add(refusal == null ? "done, shown: " + shown : refusal);
        }));
    }

    @Test
    void are_events_and_part_of_the_incident_before_the_answer() {
        say(id, "", true);
        say(id, "the fan is dead", false);
        assertThat(replies).containsOnly("done, shown: true");
        assertThat(writer.get().incidents().getFirst().remarks())
                .containsExactly(
                        new Incident.Remark(clock.now(), "alice", "", true),
                        new Incident.Remark(clock.now(), "alice", "the fan is dead", false));
        List<Event> events = writer.get().events();
        assertThat(events.subList(events.size() - 2, events.size()))
                .extracting(e -> e.type() + " \"" + e.member() + "\" " + e.why())
                .containsExactly(
                        "incident_acknowledged \"\" by alice", "incident_noted \"\" by alice: the fan is dead");
        assertThat(events.getLast().detail()).isEqualTo(new Detail.Remark(id, "alice", "the fan is dead", false));
    }

    @Test
    void about_what_is_not_known_are_refused() {
        int before = writer.get().events().size();
        say("7-99", "x", true);
        assertThat(replies).containsExactly("no incident 7-99 among those that last and the newest");
        assertThat(writer.get().events()).hasSize(before);
    }

    @Test
    void are_bounded() {
        for (int n = 0; n <= Draft.REMARKS; n++) {
            say(id, "n" + n, false);
        }
        assertThat(replies).last().asString().contains("takes no more");
        assertThat(writer.get().incidents().getFirst().remarks()).hasSize(Draft.REMARKS);
    }
}
