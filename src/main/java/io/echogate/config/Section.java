package io.echogate.config;

import io.echogate.config.Node.Entry;
import io.echogate.config.Node.Mapping;
import io.echogate.config.Node.Refused;
import io.echogate.config.Node.Scalar;
import io.echogate.config.Node.Sequence;
import io.echogate.config.Parsed.Position;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of the file, asked key by key. A fault is noted and the fallback stands in, so that the reading goes on
 * and finds the others. Confined to the reading thread.
 */
final class Section {
    private final Notes notes;
    private final String prefix;
    private final Position at;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();

    /** @param prefix of the keys' paths: empty at the top, else it ends in a dot */
    Section(Notes notes, String prefix, Mapping mapping) {
        this.notes = notes;
        this.prefix = prefix;
        this.at = mapping.at();
        mapping.entries().forEach(this::take);
        notes.opened(this);
    }

    private void take(Entry entry) {
        String key = entry.key().text();
        Entry first = entries.putIfAbsent(key, entry);
        if (first == null) {
            notes.written(prefix + key, entry.value().at());
        } else {
            int line = first.key().at().line();
            notes.add(entry.key().at(), prefix + key, "written twice, first in line " + line, "it once");
        }
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    /** The key's value by its rule, or the fallback when it isn't written or is wrong. */
    <T extends @Nullable Object> T value(String key, Rule<? extends T> rule, T fallback) {
        Node node = ask(key);
        return node == null ? fallback : understood(key, node, rule, fallback);
    }

    /** The key's value by its rule, or null and a fault when it isn't written or is wrong. */
    <T> @Nullable T required(String key, Rule<T> rule) {
        Node node = ask(key);
        if (node == null) {
            notes.add(at, prefix + key, "missing", rule.expected());
            return null;
        }
        return understood(key, node, rule, null);
    }

    private <T extends @Nullable Object> T understood(String key, Node node, Rule<? extends T> rule, T fallback) {
        Value<? extends T> value = switch (node) {
            case Scalar scalar -> rule.read(scalar);
            case Refused _ -> null;
            case Mapping _, Sequence _ -> new Value.No<>("is " + node.kind());
        };
        return switch (value) {
            case Value.Ok<? extends T> ok -> ok.value();
            case Value.No<? extends T> no -> {
                notes.add(node.at(), prefix + key, no.problem(), rule.expected());
                yield fallback;
            }
            case null -> fallback;
        };
    }

    /** The mapping under this key; an empty one when it isn't written or is none. */
    Section section(String key) {
        Node node = ask(key);
        Mapping none = new Mapping(at, List.of());
        Mapping mapping = switch (node) {
            case null -> none;
            case Mapping written -> written;
            case Refused _ -> none;
            case Scalar _, Sequence _ -> {
                notes.add(node.at(), prefix + key, "is " + node.kind(), "a mapping of keys to values");
                yield none;
            }
        };
        return new Section(notes, prefix + key + ".", mapping);
    }

    /** The list under this key; null when it isn't written or is none. */
    @Nullable
    Sequence list(String key, String expected) {
        return switch (ask(key)) {
            case null -> null;
            case Sequence written -> written;
            case Refused _ -> null;
            case Scalar scalar -> notAList(key, scalar, expected);
            case Mapping mapping -> notAList(key, mapping, expected);
        };
    }

    private @Nullable Sequence notAList(String key, Node node, String expected) {
        notes.add(node.at(), prefix + key, "is " + node.kind(), expected);
        return null;
    }

    Position at() {
        return at;
    }

    private @Nullable Node ask(String key) {
        asked.add(key);
        notes.asked(prefix + key);
        Entry entry = entries.get(key);
        return entry == null ? null : entry.value();
    }

    /** Notes every key that nobody asked for, with the nearest one that somebody did. Call once all is read. */
    void refuseUnknown() {
        entries.forEach((key, entry) -> {
            if (!asked.contains(key)) {
                String problem = key.equals("<<") ? "merge keys are not supported" : "unknown key";
                String expected = Hint.of(key, asked, notes.known());
                notes.add(entry.key().at(), prefix + Rule.plain(key), problem, expected);
            }
        });
    }
}
