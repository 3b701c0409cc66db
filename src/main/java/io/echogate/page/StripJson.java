package io.echogate.page;

import io.echogate.model.Beat;
import io.echogate.model.Outcome;
import io.echogate.model.Strip;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Beats as three short columns, since strips are most of what a viewer is sent: {@code t} the first time in epoch
 * milliseconds, then the differences; {@code o} one letter per outcome; {@code r} round trips in microseconds or −1.
 * Pure.
 */
final class StripJson {
    private StripJson() {}

    static JsonObject columns(List<Beat> beats) {
        JsonArray times = new JsonArray();
        JsonArray trips = new JsonArray();
        StringBuilder outcomes = new StringBuilder(beats.size());
        long before = 0;
        for (Beat beat : beats) {
            long at = beat.at().toEpochMilli();
            times.add(at - before);
            before = at;
            trips.add(beat.rttNanos() < 0 ? -1 : beat.rttNanos() / 1_000);
            outcomes.append(letter(beat.outcome()));
        }
        return new JsonObject().put("t", times).put("o", outcomes.toString()).put("r", trips);
    }

    /**
     * The beats that are in {@code now} and were not in {@code before}, or null when the two have nothing in common
     * and the whole strip must be sent.
     */
    static @Nullable List<Beat> added(Strip before, Strip now) {
        int beyond = now.beyond(before);
        return beyond < 0 ? null : now.subList(now.size() - beyond, now.size());
    }

    /** What each letter of {@code o} means. */
    static JsonObject legend() {
        JsonObject legend = new JsonObject();
        for (Outcome outcome : Outcome.values()) {
            legend.put(String.valueOf(letter(outcome)), outcome.name());
        }
        return legend;
    }

    static char letter(Outcome outcome) {
        return switch (outcome) {
            case ANSWERED -> 'A';
            case OVERDUE -> 'O';
            case LATE -> 'L';
            case SILENT -> 'S';
            case CONNECT_SILENT -> 'C';
            case REFUSED -> 'R';
            case UNREACHABLE -> 'U';
            case NO_ROUTE -> 'N';
            case RESET -> 'X';
            case WRONG -> 'W';
            case STALLED -> 'T';
            case UNRESOLVED -> 'D';
            case UNSENT -> 'E';
        };
    }
}
