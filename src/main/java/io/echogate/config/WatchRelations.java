package io.echogate.config;

import io.echogate.config.WatchMapping.Placed;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold among those who are watched, and between them and the members. */
final class WatchRelations {
    private static final List<String> ANSWER = List.of("path", "status", "body");

    private final ConfigMapping read;
    private final Notes notes;
    private final Set<String> faulty;

    private WatchRelations(ConfigMapping read, Notes notes) {
        this.read = read;
        this.notes = notes;
        this.faulty = notes.faulty();
    }

    static void check(ConfigMapping read, Notes notes) {
        WatchRelations relations = new WatchRelations(read, notes);
        relations.names();
        relations.urls();
        read.watch().forEach(relations::onlyHttpAnswers);
        read.watch().forEach(relations::bodyFits);
    }

    private void names() {
        Map<String, String> seen = new HashMap<>();
        for (ConfigMapping.Placed member : read.members()) {
            if (member.name() != null) {
                seen.putIfAbsent(member.name(), member.key());
            }
        }
        for (Placed placed : read.watch()) {
            once(seen, placed.name(), placed.name(), placed.key(), "name");
        }
    }

    private void urls() {
        Map<String, String> seen = new HashMap<>();
        for (Placed placed : read.watch()) {
            Addresses.WatchUrl url = placed.url();
            if (url != null) {
                String where = url.ask() + " " + Addresses.canonical(url.address());
                once(seen, where, url.written(), placed.key(), "url");
            }
        }
    }

    private void once(
            Map<String, String> seen, @Nullable String value, @Nullable String shown, String key, String field) {
        String first = value == null ? null : seen.putIfAbsent(value, key);
        if (first != null) {
            int line = notes.at(first + "." + field).line();
            String problem = Rule.shown(String.valueOf(shown)) + " is already the " + field + " of " + first
                    + " in line " + line;
            notes.add(notes.at(key + "." + field), key + "." + field, problem, "each once");
        }
    }

    private void onlyHttpAnswers(Placed placed) {
        Addresses.WatchUrl url = placed.url();
        if (url == null || placed.answers()) {
            return;
        }
        for (String field : ANSWER) {
            String key = placed.key() + "." + field;
            if (notes.positions().containsKey(key) && !faulty.contains(key)) {
                String scheme = url.ask().name().toLowerCase(Locale.ROOT) + "://";
                notes.add(notes.at(key), key, "has no meaning with " + scheme, "it with http:// only");
            }
        }
    }

    private void bodyFits(Placed placed) {
        String body = placed.body();
        if (body == null || !placed.answers() || faulty.contains("ping.answerLimit")) {
            return;
        }
        int needed = body.getBytes(StandardCharsets.UTF_8).length + Relations.PING_HEAD;
        int limit = read.config().ping().answerLimit();
        if (limit < needed) {
            String key = placed.key() + ".body";
            String problem = "ping.answerLimit " + Units.size(limit) + " has no room for it and a head of "
                    + Relations.PING_HEAD;
            notes.add(notes.at(key), key, problem, "ping.answerLimit of at least " + Units.size(needed));
        }
    }
}
