package io.echogate.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.model.Cause;
import io.echogate.model.Incident;
import io.echogate.model.Toll;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Incidents as people read them; what others have written in them stays text. */
final class IncidentTextTest {
    @Test
    void everything_that_is_known() {
        assertThat(IncidentText.of(Incidents.full(), new Toll(1_234, 1_230, 4))).isEqualTo("""
                # Machine 10.0.0.1 (S1, S2): machine off or cut off

                Incident 7-12, from 2026-01-01 10:00:00.123 to 2026-01-01 10:01:35.123 (95.0 s); came 3 times; \
                played in a drill; during planned work. Times are UTC.

                | what | value |
                |---|---|
                | last known to be well | 2026-01-01 09:59:58.023 |
                | first question that failed | 2026-01-01 09:59:58.223 |
                | noticed in | 2.100 s |
                | promised | 2.200 s |
                | requests went elsewhere after | 1.200 s |
                | nobody served | from 2026-01-01 10:00:00.124 |
                | requests that met it | 1,234 |
                | answered elsewhere | 1,230 |
                | failed | 4 |

                ## What happened

                - 2026-01-01 09:59:59.223 requests\\_move: new requests go to S3
                - 2026-01-01 10:00:00.123 S1 member\\_state: SUSPECT → DOWN: off
                  - a
                  - "b"

                17 entries in between are not kept.

                ## What was said

                - 2026-01-01 10:00:09.123 alice takes care
                - 2026-01-01 10:00:10.123 böb: fan   dead

                """);
    }

    @Test
    void what_is_not_known_is_said() {
        assertThat(IncidentText.of(Incidents.bare(), null))
                .startsWith("# This monitor: it is us: this monitor is cut off\n")
                .contains("from 2026-01-01 10:00:00.123, lasting still. Times")
                .contains("| noticed in | not known |", "| promised | nothing |")
                .contains("| requests went elsewhere after | they did not |", "| nobody served | never |")
                .doesNotContain("requests that met it", "What was said", "not kept");
    }

    @Test
    void names_evidence_and_remarks_stay_text() {
        String evil = "x\n# y\r\n| a | <script>alert(1)</script> ![i](http://e) `c` *b* _u_ &lt; \u202e\u2028<!--";
        Incident bare = Incidents.bare();
        Incident hostile = new Incident(
                bare.id(),
                1,
                Incident.Kind.MACHINE,
                evil,
                List.of(evil),
                Cause.WRONG_ANSWER,
                null,
                null,
                null,
                bare.named(),
                null,
                1,
                null,
                false,
                false,
                null,
                List.of(new Incident.Entry(bare.named(), evil, evil, evil, List.of(evil, "- x"))),
                0,
                List.of(new Incident.Remark(bare.named(), evil, evil, false)));
        String text = IncidentText.of(hostile, null);
        assertThat(text.lines().filter(l -> l.startsWith("#"))).hasSize(3);
        assertThat(text.lines().filter(l -> l.startsWith("|"))).hasSize(8);
        assertThat(text).doesNotContain("<", "![", "](", " *", "_u_", "http://", "\r", "\u202e", "\u2028");
        assertThat(text.replaceAll("\\\\.", "")).doesNotContain("`", "*", "[", "!");
        assertThat(text).contains("  - \\- x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            value = {
                "web-1.example ¦ web-1.example",
                "- item ¦ \\- item",
                "1. item ¦ 1\\. item",
                "1.5 s ¦ 1.5 s",
                "at 10:00:00.123 ¦ at 10:00:00.123",
                "see www.example.org ¦ see www\\.example.org",
                "see HTTPS://a/b ¦ see HTTPS\\://a/b",
                "a@b.c ¦ a\\@b.c",
                "a|b ¦ a\\|b",
                "back\\slash ¦ back\\\\slash",
                "a < b && c ¦ a &lt; b &amp;&amp; c",
                "# no ¦ \\# no",
                "ünïcode 😀 ¦ ünïcode 😀",
            })
    void untrusted_text(String untrusted, String plain) {
        assertThat(Markdown.plain(untrusted)).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.000 s", "1404, 1.404 s", "95000, 95.0 s", "725000, 12 min 5 s", "93780000, 26 h 3 min"})
    void spans(long millis, String words) {
        assertThat(IncidentText.span(Duration.ofMillis(millis))).isEqualTo(words);
    }
}
