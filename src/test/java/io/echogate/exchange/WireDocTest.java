package io.echogate.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.http.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/wire.md names every refusal with its status, and tests that exist. */
final class WireDocTest {
    private static final Path DOC = Path.of("docs/wire.md");
    private static final Path TESTS = Path.of("src/test/java/io/echogate");

    @Test
    void everyRefusalHasItsRow() throws IOException {
        Map<String, Integer> rows = new TreeMap<>();
        Matcher row = Pattern.compile("^\\| `(\\w+)` \\| (\\d{3}|none) \\|", Pattern.MULTILINE)
                .matcher(Files.readString(DOC));
        while (row.find()) {
            rows.put(row.group(1), row.group(2).equals("none") ? 0 : Integer.parseInt(row.group(2)));
        }
        Map<String, Integer> all = new TreeMap<>();
        Stream.of(Fault.values()).forEach(f -> all.put(f.name().toLowerCase(Locale.ROOT), f.status()));
        Stream.of(Refusal.values()).forEach(r -> all.put(r.name().toLowerCase(Locale.ROOT), r.status()));
        assertThat(rows).isEqualTo(all);
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Matcher name = Pattern.compile("`(?:(\\w+Test)\\.)?(\\w+)`").matcher(shownBy());
        String source = "";
        int found = 0;
        while (name.find()) {
            source = name.group(1) == null ? source : source(name.group(1));
            assertThat(source).contains("void " + name.group(2) + "(");
            found++;
        }
        assertThat(found).isGreaterThan(30);
    }

    /** The last column of the rows that are about carrying. */
    private static String shownBy() throws IOException {
        return Files.readAllLines(DOC).stream()
                .filter(l -> l.matches("\\|.*\\|.*§.*\\|.*\\|"))
                .map(l -> l.substring(l.lastIndexOf('|', l.length() - 2)))
                .reduce("", (a, b) -> a + b);
    }

    private static String source(String test) throws IOException {
        for (String dir : new String[] {"exchange", "relay", "http"}) {
            Path file = TESTS.resolve(dir).resolve(test + ".java");
            if (Files.exists(file)) {
                return Files.readString(file);
            }
        }
        throw new AssertionError("no test " + test);
    }
}
