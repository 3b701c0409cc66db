package io.echogate.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kept inputs of {@code src/test/resources/fuzz}, and bytes as text that can be typed. */
public final class Corpus {
    private static final Pattern ESCAPE = Pattern.compile("\\\\(x[0-9a-f]{2}|.)");

    private Corpus() {}

    /** The inputs of that file as ISO 8859-1 text, in its order. */
    public static List<String> read(String file) {
        try (InputStream in = Corpus.class.getResourceAsStream("/fuzz/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("no corpus " + file);
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> parse(String text) {
        List<String> inputs = new ArrayList<>();
        StringBuilder input = new StringBuilder();
        for (String line : text.lines().toList()) {
            if (line.isEmpty() || line.startsWith("# ")) {
                add(inputs, input);
            } else {
                input.append(unescaped(line));
            }
        }
        add(inputs, input);
        return List.copyOf(inputs);
    }

    private static void add(List<String> inputs, StringBuilder input) {
        if (!input.isEmpty()) {
            inputs.add(input.toString());
            input.setLength(0);
        }
    }

    private static String unescaped(String line) {
        return ESCAPE.matcher(line).replaceAll(m -> Matcher.quoteReplacement(byName(m.group(1))));
    }

    private static String byName(String name) {
        return switch (name.charAt(0)) {
            case 'r' -> "\r";
            case 'n' -> "\n";
            case 't' -> "\t";
            case '0' -> "\0";
            case 'x' -> String.valueOf((char) Integer.parseInt(name.substring(1), 16));
            default -> name;
        };
    }

    /** The same the other way round. */
    static String escaped(String wire) {
        StringBuilder b = new StringBuilder();
        for (int i = 0; i < wire.length(); i++) {
            char c = wire.charAt(i);
            switch (c) {
                case '\r' -> b.append("\\r");
                case '\n' -> b.append("\\n");
                case '\\' -> b.append("\\\\");
                default -> b.append(c >= ' ' && c < 0x7f ? String.valueOf(c) : "\\x%02x".formatted((int) c));
            }
        }
        return b.toString();
    }
}
