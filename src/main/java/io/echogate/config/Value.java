package io.echogate.config;

/** One scalar understood, or why not. */
sealed interface Value<T> {
    record Ok<T>(T value) implements Value<T> {}

    record No<T>(String problem) implements Value<T> {}
}
