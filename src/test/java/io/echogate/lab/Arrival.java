package io.echogate.lab;

import java.nio.file.Path;
import java.util.List;

/**
 * One request of {@code bench/native/arrivals.c} and what became of it.
 *
 * @param due when it was to be sent, in microseconds of the system's clock
 * @param micros from then until its last byte, or its failure
 * @param member who answered; {@code -} if nobody did
 */
record Arrival(long due, char kind, String result, int status, long micros, String member) {
    /** Of one cell, in the order of their ends. */
    static List<Arrival> read(Path file, long began) {
        return Text.read(file).lines().map(line -> parse(line, began)).toList();
    }

    private static Arrival parse(String line, long began) {
        String[] w = line.split(" ");
        return new Arrival(
                began + Long.parseLong(w[0]), w[1].charAt(0), w[2], Integer.parseInt(w[3]), Long.parseLong(w[4]), w[5]);
    }

    boolean idempotent() {
        return kind == 'g' || kind == 'G';
    }

    boolean failed() {
        return !result.equals("ok");
    }

    /** How it failed, in one word. */
    String failure() {
        return result.equals("status") ? Integer.toString(status) : result;
    }

    long end() {
        return due + micros;
    }
}
