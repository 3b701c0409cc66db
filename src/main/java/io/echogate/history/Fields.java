package io.echogate.history;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a line strictly: one that is missing or of another type is an {@link IllegalArgumentException}. */
final class Fields {
    private Fields() {}

    static String text(JsonObject json, String name) {
        return as(String.class, json, name, "text");
    }

    static boolean flag(JsonObject json, String name) {
        return as(Boolean.class, json, name, "true or false");
    }

    static JsonObject object(JsonObject json, String name) {
        return as(JsonObject.class, json, name, "an object");
    }

    static JsonArray array(JsonObject json, String name) {
        return as(JsonArray.class, json, name, "a list");
    }

    static long number(JsonObject json, String name) {
        return whole(json.getValue(name), name);
    }

    /** A whole number; a fraction or one out of range is refused. */
    static long whole(Object value, String name) {
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        throw new IllegalArgumentException(name + " is not a whole number");
    }

    static <E extends Enum<E>> E word(Class<E> type, JsonObject json, String name) {
        String word = text(json, name);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(word)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(name + " has an unknown word");
    }

    static Instant time(JsonObject json, String name) {
        try {
            return Instant.parse(text(json, name));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(name + " is not a time", e);
        }
    }

    static List<JsonObject> objects(JsonObject json, String name) {
        return array(json, name).stream()
                .map(value -> as(JsonObject.class, value, name, "a list of objects"))
                .toList();
    }

    /** A value that is to be text. */
    static String text(Object value, String name) {
        return as(String.class, value, name, "text");
    }

    private static <T> T as(Class<T> type, JsonObject json, String name, String expected) {
        return as(type, json.getValue(name), name, expected);
    }

    private static <T> T as(Class<T> type, @Nullable Object value, String name, String expected) {
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        throw new IllegalArgumentException(name + " is not " + expected);
    }
}
