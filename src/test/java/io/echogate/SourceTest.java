package io.echogate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Habits that can be read off the source tree. */
final class SourceTest {
    private static final int MAIN_LINES = 300;
    private static final int TEST_LINES = 500;
    private static final int METHOD_LINES = 30;
    private static final int README_LINES = 150;

    /** Longer files, each with its reason in DECISIONS.md. */
    private static final Set<String> LONGER_FILES = Set.of();

    /** Longer methods, as File.method, each with its reason here. */
    private static final Map<String, String> LONGER_METHODS = Map.of();

    private static final Pattern METHOD = Pattern.compile("^    (?! )[^=;/*@]*?(\\w+)\\([^;]*$", Pattern.MULTILINE);

    @Test
    void files_are_short() {
        assertThat(sources("src/main/java").filter(f -> lines(f).size() > MAIN_LINES))
                .extracting(f -> f.getFileName().toString())
                .isSubsetOf(LONGER_FILES);
        assertThat(sources("src/test/java").filter(f -> lines(f).size() > TEST_LINES))
                .isEmpty();
    }

    @Test
    void methods_are_short() {
        List<String> longer = new ArrayList<>();
        sources("src/main/java").forEach(file -> longer.addAll(longMethods(file)));
        assertThat(longer).isSubsetOf(LONGER_METHODS.keySet());
    }

    private static List<String> longMethods(Path file) {
        List<String> found = new ArrayList<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            Matcher method = METHOD.matcher(lines.get(i));
            int end = method.find() && !lines.get(i).matches(".*(}|\\brecord\\b.*)") ? endOf(lines, i) : i;
            if (end - i - 1 > METHOD_LINES) {
                found.add(file.getFileName().toString().replace(".java", "") + "." + method.group(1));
            }
        }
        return found;
    }

    /** The formatter closes a member of a top-level class in column 5. */
    private static int endOf(List<String> lines, int start) {
        for (int i = start + 1; i < lines.size(); i++) {
            if (lines.get(i).startsWith("    }")) {
                return i;
            }
            if (lines.get(i).isEmpty()
                    && lines.get(i - 1).endsWith(";")
                    && lines.get(i - 1).startsWith("    ")
                    && !lines.get(i - 1).startsWith("     ")) {
                return start;
            }
        }
        return start;
    }

    @Test
    void nothing_is_left_for_later_without_an_issue() {
        Pattern later = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b|@Dis" + "abled|assume" + "True");
        assertThat(Stream.concat(sources("src/main/java"), sources("src/test/java"))
                        .filter(f -> later.matcher(text(f)).find()))
                .isEmpty();
    }

    @Test
    void tests_never_sleep_and_use_no_mocks() {
        Pattern bad = Pattern.compile("Thread\\.sl" + "eep\\(|org\\.mock" + "ito");
        assertThat(sources("src/test/java").filter(f -> bad.matcher(text(f)).find()))
                .isEmpty();
    }

    @Test
    void the_readme_is_short() {
        assertThat(lines(Path.of("README.md"))).hasSizeLessThanOrEqualTo(README_LINES);
    }

    @Test
    void decisions_are_numbered_without_gaps() {
        List<Integer> numbers = new ArrayList<>();
        Matcher heading = Pattern.compile("^## (\\d+)\\. ", Pattern.MULTILINE).matcher(text(Path.of("DECISIONS.md")));
        while (heading.find()) {
            numbers.add(Integer.valueOf(heading.group(1)));
        }
        assertThat(numbers).isNotEmpty();
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo(i + 1);
        }
    }

    @Test
    void every_specimen_exists() {
        Matcher specimen = Pattern.compile("`(\\w+/)?(\\p{Upper}\\w+)`").matcher(text(Path.of("CONTRIBUTING.md")));
        int found = 0;
        while (specimen.find()) {
            String file = (specimen.group(1) == null ? "" : specimen.group(1)) + specimen.group(2) + ".java";
            assertThat(Path.of("src/main/java/io/echogate", file).toFile().exists()
                            || Path.of("src/test/java/io/echogate", file)
                                    .toFile()
                                    .exists())
                    .as(file)
                    .isTrue();
            found++;
        }
        assertThat(found).isGreaterThan(10);
    }

    @Test
    void every_package_says_what_it_is_for_and_is_null_marked() throws IOException {
        try (Stream<Path> packages = Files.list(Path.of("src/main/java/io/echogate"))) {
            assertThat(packages.filter(Files::isDirectory))
                    .allSatisfy(dir -> assertThat(text(dir.resolve("package-info.java")))
                            .startsWith("/**")
                            .contains("@NullMarked"));
        }
    }

    private static Stream<Path> sources(String root) {
        try (Stream<Path> files = Files.walk(Path.of(root))) {
            return files.filter(f -> f.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        return text(file).lines().toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
