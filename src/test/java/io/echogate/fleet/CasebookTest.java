package io.echogate.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.model.Cause;
import io.echogate.model.Detail;
import io.echogate.model.Event;
import io.echogate.model.Fleet;
import io.echogate.model.Incident;
import io.echogate.model.Incident.Entry;
import io.echogate.model.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Incidents as a table: what happened, in the words of {@link Happenings#live}, and what is told of it. */
final class CasebookTest {
    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                // A member that is DOWN opens one; mere doubt does not.
                "S1?                                     | ''",
                "S1? S1+                                 | ''",
                "S1? S1!FROZEN                           | SERVICE S1 [S1] FROZEN open",
                "S1? S1!FROZEN S1~                       | SERVICE S1 [S1] FROZEN open",
                "S1? S1!FROZEN S1~ S1+                   | SERVICE S1 [S1] FROZEN ended",
                "S1? S1!FROZEN S1? S1+                   | SERVICE S1 [S1] FROZEN ended",
                "S1? S1!FROZEN S1~ S1!PORT_CLOSED        | SERVICE S1 [S1] PORT_CLOSED open",
                "S1? S1!FROZEN S1=SLOW                   | SERVICE S1 [S1] SLOW open",
                // Each member has its own, on one machine or not.
                "S1!FROZEN S2!FROZEN                     | SERVICE S1 [S1] FROZEN open, SERVICE S2 [S2] FROZEN open",
                // A silent machine takes out all on it: that is one.
                "S1!HOST_SILENT                          | MACHINE A [S1] HOST_SILENT open",
                "S1!HOST_SILENT S2!HOST_SILENT           | MACHINE A [S1 S2] HOST_SILENT open",
                "S1!HOST_SILENT S2!PORT_SILENT           | MACHINE A [S1 S2] HOST_SILENT open",
                "S1!HOST_SILENT S3!HOST_SILENT  | MACHINE A [S1] HOST_SILENT open, MACHINE B [S3] HOST_SILENT open",
                "S1!HOST_SILENT S2!HOST_SILENT S1~ S1+   | MACHINE A [S1 S2] HOST_SILENT open",
                "S1!HOST_SILENT S2!HOST_SILENT S1+ S2+   | MACHINE A [S1 S2] HOST_SILENT ended",
                "S1!HOST_SILENT S1=PORT_CLOSED S1+       | MACHINE A [S1] HOST_SILENT ended",
                "S1!HOST_SILENT S2!FROZEN S1+ S1!FROZEN S2+ | MACHINE A [S1 S2] HOST_SILENT open",
                // It turns out to be the machine.
                "S1!PORT_CLOSED S1=HOST_SILENT           | MACHINE A [S1] HOST_SILENT open",
                "S1!PORT_CLOSED S1=HOST_SILENT S2!FROZEN | MACHINE A [S1 S2] HOST_SILENT open",
                "S1!PORT_CLOSED S2!HOST_SILENT | SERVICE S1 [S1] PORT_CLOSED open, MACHINE A [S2] HOST_SILENT open",
                "S1!PORT_CLOSED S2!HOST_SILENT S1=HOST_SILENT  | MACHINE A [S1 S2] HOST_SILENT open",
                "S2!HOST_SILENT S2+ _301 S1!PORT_CLOSED S2!HOST_SILENT S1=HOST_SILENT S1+ "
                        + "| MACHINE A [S2] HOST_SILENT ended, MACHINE A [S1 S2] HOST_SILENT open",
                "S1!PORT_CLOSED S2!FROZEN S1=HOST_SILENT S2=HOST_SILENT S1+ S2+ | MACHINE A [S1 S2] HOST_SILENT ended",
                // What comes again soon is the same.
                "S1!FROZEN S1+ _200 S1? S1!PORT_CLOSED   | SERVICE S1 [S1] PORT_CLOSED open x2",
                "S1!FROZEN S1+ S1!FROZEN S1+ S1!FROZEN S1+ | SERVICE S1 [S1] FROZEN ended x3",
                "S1!FROZEN S1+ _301 S1!FROZEN     | SERVICE S1 [S1] FROZEN ended, SERVICE S1 [S1] FROZEN open",
                "S1!FROZEN S1+ S1!HOST_SILENT            | MACHINE A [S1] HOST_SILENT open x2",
                "S1!HOST_SILENT S1+ S2!HOST_SILENT       | MACHINE A [S1 S2] HOST_SILENT open x2",
                "S1!HOST_SILENT S1+ S1!FROZEN     | MACHINE A [S1] HOST_SILENT ended, SERVICE S1 [S1] FROZEN open",
                "S1!HOST_SILENT S2!FROZEN S1+ S2+ S2!FROZEN S1!HOST_SILENT | MACHINE A [S1 S2] HOST_SILENT ended, "
                        + "SERVICE S2 [S2] FROZEN open, MACHINE A [S1] HOST_SILENT open",
                // It is us.
                "iso                                     | ISOLATION  [] ISOLATED open",
                "S1? iso over S1+                        | ISOLATION  [] ISOLATED ended",
                "iso over iso                            | ISOLATION  [] ISOLATED open x2",
                "iso over _301 iso       | ISOLATION  [] ISOLATED ended, ISOLATION  [] ISOLATED open",
                "iso S1!PORT_CLOSED over | ISOLATION  [] ISOLATED ended, SERVICE S1 [S1] PORT_CLOSED open",
                // What was played, and what was planned, is not what happens by itself.
                "drill:S1 S1!FROZEN played:S1 S1+        | SERVICE S1 [S1] FROZEN ended drill",
                "drill:S1 S1!FROZEN S2!FROZEN  | SERVICE S1 [S1] FROZEN open drill, SERVICE S2 [S2] FROZEN open",
                "drill:S1 S1!FROZEN played:S1 S1+ S1!FROZEN "
                        + "| SERVICE S1 [S1] FROZEN ended drill, SERVICE S1 [S1] FROZEN open",
                "drill:S1 S1!HOST_SILENT S2!HOST_SILENT  | MACHINE A [S1 S2] HOST_SILENT open",
                "drain:S1 S1!PORT_CLOSED S1+             | SERVICE S1 [S1] PORT_CLOSED ended planned",
                "drain:S1 ready:S1 S1!PORT_CLOSED        | SERVICE S1 [S1] PORT_CLOSED open",
                "drain:S1 S1!HOST_SILENT S2!HOST_SILENT  | MACHINE A [S1 S2] HOST_SILENT open",
                // Nobody was left.
                "S1? S1!FROZEN S1>                       | SERVICE S1 [S1] FROZEN open outage",
                "S1!FROZEN S3!FROZEN S1,S3> S1+ | SERVICE S1 [S1] FROZEN ended outage, SERVICE S3 [S3] FROZEN open outage",
                "S1!FROZEN S1+ S3!FROZEN S3>    | SERVICE S1 [S1] FROZEN ended, SERVICE S3 [S3] FROZEN open outage",
            })
    void row(String words, String told) {
        assertThat(told(new Happenings().live(words).book.incidents())).isEqualTo(told);
    }

    private static String told(List<Incident> incidents) {
        return incidents.stream().map(CasebookTest::told).collect(Collectors.joining(", "));
    }

    private static String told(Incident i) {
        return i.kind() + " " + i.subject() + " [" + String.join(" ", i.members()) + "] " + i.cause()
                + (i.open() ? " open" : " ended") + (i.times() > 1 ? " x" + i.times() : "")
                + (i.drill() ? " drill" : "") + (i.planned() ? " planned" : "") + (i.outage() != null ? " outage" : "");
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                // From 0 ms; a word takes 100.
                "S1? S1>S3 S1!FROZEN                    | 100",
                "S1? S1!FROZEN S1>S3                    | 200",
                "S1? S1!FROZEN S2>S3                    | ",
                "S1? S1!FROZEN                          | ",
                // Who has nobody to go to goes nowhere, until there is somebody.
                "S1? S1!FROZEN S1>                      | ",
                "S1? S1!FROZEN S1> S3+ >S3              | 300",
                "S1? S1!FROZEN S1> S1~ >S1              | ",
                "S3!FROZEN S1!FROZEN S1> _9 S1+ >S1     | ",
                // Only the first time counts.
                "S1? S1>S3 S1!FROZEN S1+ S3>S1 S1? S1>S3 S1!FROZEN | 100",
                "S1!FROZEN S1+ S1!FROZEN S1>S3          | ",
                // Until the last of those who fell together is left, it was not left.
                "S1!HOST_SILENT S1>S2 S2? S2>S3 S2!HOST_SILENT | 200",
                "S1!HOST_SILENT S1>S2 _60 S2? S2>S3 S2!HOST_SILENT | 100",
                "S1!PORT_CLOSED S1>S2 S2!HOST_SILENT S2>S3 S1=HOST_SILENT | 200",
            })
    void requests_left(String words, Long millis) {
        Incident last = new Happenings().live(words).book.incidents().getFirst();
        Incident s1 = last.subject().equals("S3")
                ? new Happenings().live(words).book.incidents().getLast()
                : last;
        assertThat(s1.left()).isEqualTo(millis == null ? null : Happenings.START.plusMillis(millis));
    }

    @Test
    void an_incident_tells_when_it_began_and_how_long_naming_it_took() {
        Incident i = new Happenings()
                .live("S1? S1>S3 S1- S1!FROZEN S1=PORT_CLOSED S1~ S1+")
                .book
                .incidents()
                .getFirst();
        assertThat(i.id()).isEqualTo("7-4");
        assertThat(i.seq()).isEqualTo(7);
        assertThat(i.named()).isEqualTo(Happenings.START.plusMillis(300));
        assertThat(i.lastGood()).as("of the verdict, not of the doubt").isEqualTo(Happenings.START);
        assertThat(i.firstBad()).isEqualTo(Happenings.START.plusMillis(100));
        assertThat(i.ended()).isEqualTo(Happenings.START.plusMillis(600));
        assertThat(i.detection()).isEqualTo(Duration.ofMillis(300));
        assertThat(i.rerouting()).isEqualTo(Duration.ofMillis(100));
        assertThat(i.promised()).as("for the cause that was named").isEqualTo(Duration.ofMillis(2_200));
        assertThat(i.timeline())
                .extracting(Entry::type)
                .containsExactly(
                        "member_state",
                        "requests_move",
                        "host_silent",
                        "member_state",
                        "cause_changed",
                        "member_state",
                        "member_state");
        assertThat(i.timeline().getFirst().text()).isEqualTo("UP → SUSPECT: why");
        assertThat(i.timeline().getFirst().evidence()).containsExactly("evidence");
    }

    @Test
    void a_doubt_without_a_verdicts_onset_is_the_onset() {
        Happenings h = new Happenings().live("S1?");
        h.state("S1", State.DOWN, Cause.BROKEN, Detail.NONE);
        assertThat(h.book.incidents().getFirst().lastGood()).isEqualTo(h.now.minusMillis(300));
    }

    @Test
    void two_that_become_one_are_told_once() {
        Happenings h = new Happenings().live("S1? S1!PORT_CLOSED S1>S2 S2? S2!HOST_SILENT S2> S1=HOST_SILENT");
        Incident one = h.book.incidents().getFirst();
        assertThat(h.book.incidents()).hasSize(1);
        assertThat(h.mergedAway).containsExactly("7-5");
        assertThat(one.id()).isEqualTo("7-2");
        assertThat(one.seq()).isEqualTo(7);
        assertThat(one.timeline()).hasSize(7).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
        assertThat(h.live("S1+").mergedAway).as("said once").hasSize(1);
    }

    @Test
    void what_came_of_the_end_is_told_and_nothing_after_it() {
        Happenings h = new Happenings().live("S1? S1!FROZEN S1>S3 S1+ S3>S1 _1 S1>S3 S3>S1");
        assertThat(h.book.incidents().getFirst().timeline())
                .extracting(Entry::type)
                .containsExactly("member_state", "member_state", "requests_move", "member_state", "requests_move");
    }

    @Test
    void the_list_is_the_same_while_nothing_has_changed() {
        Happenings h = new Happenings().live("S1!FROZEN");
        List<Incident> before = h.book.incidents();
        assertThat(h.live("S3? S3+ drill:S3 played:S3 drain:S2").book.incidents())
                .isSameAs(before);
        assertThat(h.live("S1+").book.incidents()).isNotSameAs(before);
    }

    @Test
    void remarks_are_kept_with_their_incident() {
        Happenings h = new Happenings().live("S1!FROZEN S1+");
        h.add("incident_acknowledged", "", Cause.NONE, new Detail.Remark("7-1", "alice", "on it", true));
        h.add("incident_noted", "", Cause.NONE, new Detail.Remark("7-9", "bob", "no such", false));
        assertThat(h.book.incidents().getFirst().remarks())
                .containsExactly(new Incident.Remark(h.now, "alice", "on it", true));
        for (int n = 0; n < 300; n++) {
            h.add("incident_noted", "", Cause.NONE, new Detail.Remark("7-1", "bob", "n" + n, false));
        }
        assertThat(h.book.incidents().getFirst().remarks()).hasSize(Draft.REMARKS);
    }

    @Test
    void a_timeline_keeps_its_beginning_and_its_newest() {
        Happenings h = new Happenings().live("S1!FROZEN");
        for (int n = 0; n < 500; n++) {
            h.live(n % 2 == 0 ? "S1=SLOW" : "S1=FROZEN");
        }
        Incident i = h.book.incidents().getFirst();
        assertThat(i.timeline()).hasSize(Timeline.MOST);
        assertThat(i.leftOut()).isEqualTo(501 - Timeline.MOST);
        assertThat(i.timeline().get(Timeline.BEGINNING - 1).at()).isEqualTo(Happenings.START.plusMillis(5_000));
        assertThat(i.timeline().getLast().at()).isEqualTo(h.now);
    }

    @Test
    void those_that_have_ended_are_forgotten_and_those_that_last_are_not() {
        Happenings h = new Happenings().live("S3!FROZEN");
        for (int n = 0; n < 100; n++) {
            h.live("_301 S1!FROZEN S1+");
        }
        List<Incident> kept = h.book.incidents();
        assertThat(kept).hasSize(Fleet.INCIDENTS);
        assertThat(kept.getFirst().subject()).isEqualTo("S3");
        assertThat(kept.getLast().ended()).isEqualTo(h.now);
    }

    @Test
    void aMachineWasWellWhenAnyMemberOnItLastWas() {
        Instant now = Happenings.START;
        Casebook book = Casebook.empty(Happenings.RULES)
                .after(silent(1, "S1", now, now.minusMillis(2_900)))
                .after(silent(2, "S2", now.plusMillis(20), now.minusMillis(2_050)));
        assertThat(book.incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.members()).containsExactly("S1", "S2");
            assertThat(incident.detection()).isEqualTo(Duration.ofMillis(2_050));
        });
    }

    private static Event silent(long seq, String member, Instant at, Instant lastGood) {
        Detail onset = new Detail.Onset(lastGood, lastGood.plusMillis(5));
        return new Event(
                seq, at, "member_state", member, State.SUSPECT, State.DOWN, Cause.HOST_SILENT, "off", List.of(), onset);
    }
}
