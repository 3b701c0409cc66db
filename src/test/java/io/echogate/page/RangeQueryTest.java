package io.echogate.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.echogate.history.Archive.Range;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a question about the past says. */
final class RangeQueryTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private static RangeQuery asked(String query) {
        MultiMap said = MultiMap.caseInsensitiveMultiMap();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            said.add(parts[0], parts[1]);
        }
        return new RangeQuery(said, NOW);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                                     | 2026-01-31T11:00:00Z | 2026-01-31T12:00:00Z
                    last=1s                                                | 2026-01-31T11:59:59Z | 2026-01-31T12:00:00Z
                    last=24h                                               | 2026-01-30T12:00:00Z | 2026-01-31T12:00:00Z
                    from=2026-01-01T00:00:00Z                              | 2026-01-01T00:00:00Z | 2026-01-31T12:00:00Z
                    to=2026-01-01T00:00:00Z                                | 2025-12-31T23:00:00Z | 2026-01-01T00:00:00Z
                    from=2026-01-01T00:00:00+01:00&to=2026-01-01T00:00:00Z | 2025-12-31T23:00:00Z | 2026-01-01T00:00:00Z
                    from=1970-01-01T00:00:00Z&to=2999-12-31T23:59:59Z      | 1970-01-01T00:00:00Z | 2999-12-31T23:59:59Z
                    """)
    void rangesThatAreMeant(String query, Instant from, Instant to) {
        assertThat(asked(query).range()).isEqualTo(new Range(from, to));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    last=0s                                            | last: `0s` is less
                    last=3651d                                         | last: `3651d` is more
                    last=10                                            | last: `10` has no unit
                    last=                                              | last: ``
                    last=1h&last=1h                                    | last is there 2 times; expected it once
                    last=1h&from=2026-01-01T00:00:00Z                  | last has no meaning beside from and to
                    from=yesterday                                     | from: `yesterday` is no time; expected one such as
                    from=2026-01-01                                    | from: `2026-01-01` is no time
                    from=1969-12-31T23:59:59Z                          | from: `1969-12-31T23:59:59Z`; expected a time of the years 1970 to 2999
                    to=3000-01-01T00:00:00Z                            | to: `3000-01-01T00:00:00Z`; expected a time of the years
                    to=+1000000000-12-31T23:59:59Z                     | to: `+1000000000-12-31T23:59:59Z`; expected a time of the years
                    from=2026-01-31T12:00:00Z                          | from must be before to
                    from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z  | from must be before to
                    """)
    void whatIsWrongWithARangeIsSaid(String query, String why) {
        assertThatThrownBy(() -> asked(query).range())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(why.split(" is (less|more)", -1)[0]);
    }

    @ParameterizedTest
    @CsvSource({"'',100", "limit=1,1", "limit=500,500", "limit=007,7"})
    void numbersWithinBounds(String query, long value) {
        assertThat(asked(query).number("limit", 1, 500, 100)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0",
        "limit=501",
        "limit=-1",
        "limit=1.5",
        "limit=",
        "limit=9999999999999999999",
        "limit=1&limit=1"
    })
    void numbersThatAreNone(String query) {
        assertThatThrownBy(() -> asked(query).number("limit", 1, 500, 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("limit");
    }

    @Test
    void flagsAndTexts() {
        assertThat(asked("open=true").flag("open")).isTrue();
        assertThat(asked("open=false").flag("open")).isFalse();
        assertThat(asked("").flag("open")).isFalse();
        assertThatThrownBy(() -> asked("open=1").flag("open")).hasMessage("open: `1`; expected true or false");
        assertThat(asked("").text("member")).isEmpty();
        assertThat(asked("member=S1&member=S2").all("member")).containsExactly("S1", "S2");
    }

    @Test
    void aMisspeltParameterIsNotTakenForAnAbsentOne() {
        asked("last=1h").only(List.of("from", "to", "last"));
        assertThatThrownBy(() -> asked("lats=1h").only(List.of("from", "to", "last")))
                .hasMessage("`lats` is unknown; expected some of from, to, last");
    }
}
