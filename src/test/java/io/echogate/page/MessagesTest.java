package io.echogate.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The words of the page: complete in every language, all of them used, none of them missing. */
final class MessagesTest {
    private static final Path PAGE = Path.of("src/main/resources/io/echogate/page");
    private static final Path CODE = Path.of("src/main/java/io/echogate/page");
    private static final Pattern VALUE = Pattern.compile("\\{(\\w+)}");
    /** A key in quotes; or a section whose keys are codes, in a template. */
    private static final Pattern USED = Pattern.compile("['\"`](\\w+)\\.(\\w+|\\$\\{)");

    private static final Pattern WHOLE = Pattern.compile("section\\('(\\w+)'\\)");

    private static Map<String, List<String>> bundle(String language) throws IOException {
        JsonObject all = new JsonObject(Files.readString(PAGE.resolve("messages/" + language + ".json")));
        Map<String, List<String>> found = new TreeMap<>();
        for (String section : all.fieldNames()) {
            all.getJsonObject(section)
                    .forEach(e -> found.put(
                            section + "." + e.getKey(),
                            e.getValue() instanceof JsonObject plural
                                    ? plural.stream()
                                            .map(p -> String.valueOf(p.getValue()))
                                            .toList()
                                    : List.of(String.valueOf(e.getValue()))));
        }
        return found;
    }

    private static Map<String, Set<String>> values(Map<String, List<String>> bundle) {
        return bundle.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> values(e.getValue()), (a, b) -> a, TreeMap::new));
    }

    private static Set<String> values(List<String> sentences) {
        return sentences.stream()
                .flatMap(s -> VALUE.matcher(s).results())
                .map(m -> m.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String sources() throws IOException {
        List<Path> files = new ArrayList<>();
        try (var scripts = Files.list(PAGE);
                var code = Files.list(CODE)) {
            scripts.filter(f -> f.toString().endsWith(".js")).forEach(files::add);
            code.forEach(files::add);
        }
        return files.stream().map(MessagesTest::read).collect(Collectors.joining("\n"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyLanguageHasTheSameWordsWithTheSameValues() throws Exception {
        assertThat(values(bundle("de"))).isEqualTo(values(bundle("en")));
    }

    @Test
    void nothingIsEmptyAndNothingWasForgottenInTranslation() throws Exception {
        Map<String, List<String>> english = bundle("en");
        Map<String, List<String>> german = bundle("de");
        assertThat(german.values()).allSatisfy(s -> assertThat(s).noneMatch(String::isBlank));
        assertThat(english.entrySet().stream()
                        .filter(e -> e.getValue()
                                        .getFirst()
                                        .replaceAll("p[0-9]+|[^A-Za-z ]", "")
                                        .strip()
                                        .split(" ")
                                        .length
                                > 3)
                        .filter(e -> e.getValue().equals(german.get(e.getKey())))
                        .map(Map.Entry::getKey))
                .isEmpty();
    }

    @Test
    void whatTheSourcesNameIsThereAndWhatIsThereIsNamed() throws Exception {
        Set<String> keys = bundle("en").keySet();
        Set<String> sections = keys.stream().map(k -> k.split("\\.")[0]).collect(Collectors.toSet());
        Set<String> named = new LinkedHashSet<>();
        Matcher m = USED.matcher(sources());
        while (m.find()) {
            if (m.group(2).equals("${")) {
                keys.stream().filter(k -> k.startsWith(m.group(1) + ".")).forEach(named::add);
            } else if (sections.contains(m.group(1))) {
                named.add(m.group(1) + "." + m.group(2));
            }
        }
        Matcher whole = WHOLE.matcher(sources());
        while (whole.find()) {
            keys.stream().filter(k -> k.startsWith(whole.group(1) + ".")).forEach(named::add);
        }
        named.removeIf(k -> k.endsWith(".js") || k.endsWith(".css") || k.endsWith(".json") || k.endsWith(".html"));
        assertThat(named).containsExactlyInAnyOrderElementsOf(keys);
    }
}
