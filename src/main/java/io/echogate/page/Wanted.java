package io.echogate.page;

import io.echogate.config.Durations;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator's order says, field by field. Whatever is wrong with a field is an IllegalArgumentException, whose
 * message is for the operator. Pure.
 */
record Wanted(JsonObject said) {
    private static final int MOST_WHY = 200;
    private static final int MOST_BY = 64;

    /** Refuses every other field: a misspelt one must not be taken for one that is absent. */
    void only(List<String> fields) {
        for (String field : said.fieldNames()) {
            if (!fields.contains(field)) {
                String expected = fields.size() == 1
                        ? fields.getFirst()
                        : String.join(", ", fields.subList(0, fields.size() - 1)) + " or " + fields.getLast();
                throw new IllegalArgumentException(shown(field) + " is unknown; expected " + expected);
            }
        }
    }

    boolean has(String field) {
        return said.containsKey(field);
    }

    /** Who wants it: what was said, not who it is. */
    String by() {
        String by = text("by", MOST_BY);
        return by.isEmpty() ? "somebody" : by;
    }

    String why() {
        return text("why", MOST_WHY);
    }

    boolean force() {
        Object value = said.getValue("force", false);
        if (value instanceof Boolean force) {
            return force;
        }
        throw new IllegalArgumentException("force is neither true nor false");
    }

    String text(String field, int most) {
        Object value = said.getValue(field, "");
        if (!(value instanceof String text)) {
            throw new IllegalArgumentException(field + " is no text");
        }
        if (text.codePointCount(0, text.length()) > most || text.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    field + ": at most " + most + " characters, none of them a control character");
        }
        return text.strip();
    }

    /** Null when it is absent. */
    @Nullable
    Duration duration(String field, Duration min, Duration max) {
        Object value = said.getValue(field);
        if (value == null) {
            return null;
        }
        try {
            return Durations.of(String.valueOf(value), min, max);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
        }
    }

    /** What somebody sent, short enough for a message. */
    static String shown(String text) {
        return "`" + (text.length() > 80 ? text.substring(0, 80) + "…" : text) + "`";
    }
}
