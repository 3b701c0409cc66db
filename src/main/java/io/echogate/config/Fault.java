package io.echogate.config;

/**
 * One thing that is wrong with a configuration, for people.
 *
 * @param file as given by the caller
 * @param line from 1; 0 when the fault is the whole file's
 * @param column from 1, in characters; 0 when the fault is the whole file's
 * @param key dotted path of the key, list items counted from 0 ({@code members[0].url}); empty where there is none
 * @param problem what is wrong
 * @param expected what should be there; empty where the problem says it
 */
public record Fault(String file, int line, int column, String key, String problem, String expected) {
    /** {@code file:line:column: key: what is wrong; expected …}, on one line. */
    @Override
    public String toString() {
        return file
                + (line == 0 ? "" : ":" + line + ":" + column)
                + (key.isEmpty() ? "" : ": " + key)
                + ": "
                + problem
                + (expected.isEmpty() ? "" : "; expected " + expected);
    }
}
