package io.echogate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.config.Parsed.Bad;
import io.echogate.config.Parsed.Good;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said about a section {@code status:} that cannot be meant. */
final class StatusFaultsTest {
    private static final String ALL = """
            members: [{name: S1, url: http://h}]
            watch: [{name: db, url: 'tcp://h:1'}]
            """;

    private static final String SHOW =
            "; expected a list of 1 to 100 components, such as - {name: Web shop, members: [S1, S2]}";
    private static final String NAMES =
            "; expected a list of 1 to 1000 names of members or of who is watched, such as [S1, S2]";
    private static final String LABEL = "; expected text of 1 to 64 characters on one line";

    private static Arguments row(String status, String... faults) {
        return Arguments.of(
                status + "\n" + ALL, Stream.of(faults).map(f -> "f.yaml:" + f).toList());
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                row("status: shop", "1:9: status: is a single value; expected a mapping of keys to values"),
                row("status: {}", "1:9: status.show: missing" + SHOW),
                row("status: {title: Shop}", "1:9: status.show: missing" + SHOW),
                row("status: {show: []}", "1:16: status.show: is empty" + SHOW),
                row("status: {show: S1}", "1:16: status.show: is a single value" + SHOW),
                row(
                        "status: {show: [S1, {}, {name: ' ', members: []}]}",
                        "1:17: status.show[0]: is a single value; expected a component, such as {name: Web shop,"
                                + " members: [S1, S2]}",
                        "1:21: status.show[1].name: missing" + LABEL,
                        "1:21: status.show[1].members: missing" + NAMES,
                        "1:32: status.show[2].name: ` ` is empty, too long or not on one line" + LABEL,
                        "1:46: status.show[2].members: is empty" + NAMES),
                row(
                        "status:\n  show:\n  - {name: A, members: [S1]}\n  - {name: A, members: [db, S2, db, [S1]], any: true}",
                        "4:12: status.show[1].name: `A` is already the name of status.show[0] in line 3; expected each"
                                + " component once",
                        "4:29: status.show[1].members[1]: `S2` is nobody's name; expected one of `members` or of `watch`",
                        "4:33: status.show[1].members[2]: `db` is there twice; expected it once",
                        "4:37: status.show[1].members[3]: is a list; expected a name",
                        "4:44: status.show[1].any: unknown key; expected one of name, members, all"),
                row(
                        "status: {listen: '0.0.0.0:3000', show: [{name: A, members: [S1]}]}",
                        "1:18: status.listen: 0.0.0.0:3000 and listen 0.0.0.0:3000 are the same address; expected two"
                                + " addresses or two ports"),
                row(
                        "status: {listen: '0.0.0.0:3001', show: [{name: A, members: [S1]}]}",
                        "1:18: status.listen: 0.0.0.0:3001 and admin 127.0.0.1:3001 are the same address; expected two"
                                + " addresses or two ports"),
                row(
                        "status: {listen: 'h:80', show: [{name: A, members: [S1]}]}",
                        "2:27: members[0].url: h:80 is where our own public page is (status.listen h:80); expected"
                                + " another address, or another status.listen"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everyFaultIsSaid(String yaml, List<String> faults) {
        Parsed parsed = ConfigReader.read("f.yaml", yaml);
        assertThat(parsed).isInstanceOf(Bad.class);
        assertThat(((Bad) parsed).faults()).extracting(Fault::toString).containsExactlyElementsOf(faults);
    }

    @Test
    void withoutItNothingIsShown() {
        Parsed parsed = ConfigReader.read("f.yaml", ALL);
        assertThat(((Good) parsed).config().status()).isEqualTo(StatusRules.OFF);
        assertThat(StatusRules.OFF.enabled()).isFalse();
    }
}
