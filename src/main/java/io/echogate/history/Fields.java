package io.echogate.history;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

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

    private static <T> T as(Class<T> type, JsonObject json, String name, String expected) {
        Object value = json.getValue(name);
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        throw new IllegalArgumentException(name + " is not " + expected);
    }
}
