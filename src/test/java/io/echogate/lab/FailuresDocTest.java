package io.echogate.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code docs/failures.md} says what the lab shows. Needs no lab. */
final class FailuresDocTest {
    private static final String TEXT = Text.read(Path.of("docs/failures.md"));
    private static final List<List<String>> ROWS = TEXT.lines()
            .filter(line -> line.startsWith("| "))
            .skip(1)
            .map(line -> Stream.of(line.split("\\|")).skip(1).map(String::strip).toList())
            .toList();
    private static final List<String> MEASURED = TEXT.substring(TEXT.indexOf("```"))
            .lines()
            .skip(2)
            .takeWhile(line -> !line.startsWith("```"))
            .toList();

    @Test
    void everyFaultHasItsRowInOrder() {
        assertThat(ROWS).extracting(List::getFirst).containsExactlyElementsOf(names());
    }

    private static List<String> names() {
        return Stream.of(Fault.values()).map(Fault::words).toList();
    }

    @ParameterizedTest
    @EnumSource
    void theRowSaysWhatTheLabExpects(Fault fault) {
        List<String> row = ROWS.stream()
                .filter(each -> each.getFirst().equals(fault.words()))
                .findFirst()
                .orElseThrow();
        assertThat(row).hasSize(5).doesNotContain("");
        assertThat(row.get(1)).isEqualTo(fault.expected.words());
        assertThat(row.get(2)).isEqualTo(promised(fault.expected));
    }

    private static String promised(Expectation expected) {
        Duration promise = expected.promise();
        return expected.awaitsSomething()
                ? promise.toMillis() / 1000 + "." + promise.toMillis() % 1000 / 100 + " s"
                : "–";
    }

    /** A run's own table, pasted: every story is in it, and none went wrong. */
    @Test
    void theMeasuredTableHasEveryStory() {
        assertThat(MEASURED.stream().map(FailuresDocTest::fault).distinct()).containsExactlyElementsOf(names());
        assertThat(MEASURED).hasSize((int) FaultsLabTest.stories().count());
        for (String line : MEASURED) {
            Fault fault = Fault.valueOf(fault(line).toUpperCase(Locale.ROOT).replace(' ', '_'));
            if (fault.expected.awaitsSomething()) {
                assertThat(line).contains(fault.expected.words());
            }
        }
    }

    private static String fault(String line) {
        return line.split(" {2,}")[0];
    }
}
