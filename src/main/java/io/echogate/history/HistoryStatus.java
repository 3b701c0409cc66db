package io.echogate.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How remembering goes. Immutable.
 *
 * @param state whether what happens is being stored
 * @param since when that state began
 * @param where the database, without secrets; empty while off
 * @param reason what keeps it from storing, for people; empty when nothing does
 * @param waiting notes that are still to be stored
 * @param dropped notes that had no room while they waited: they are lost
 * @param setAside where a damaged database is kept, since this run began; null when there was none
 */
public record HistoryStatus(
        State state,
        Instant since,
        String where,
        String reason,
        int waiting,
        long dropped,
        @Nullable String setAside) {
    /** Whether what happens is being stored. */
    public enum State {
        /** By configuration. */
        OFF,
        /** It is being opened for the first time. */
        OPENING,
        /** All is well. */
        STORING,
        /** Not now: what happens waits in memory. */
        WAITING
    }

    HistoryStatus in(State next, Instant now, String why) {
        return new HistoryStatus(next, next == state ? since : now, where, why, waiting, dropped, setAside);
    }

    HistoryStatus with(int nowWaiting, long nowDropped) {
        return nowWaiting == waiting && nowDropped == dropped
                ? this
                : new HistoryStatus(state, since, where, reason, nowWaiting, nowDropped, setAside);
    }

    HistoryStatus aside(@Nullable String kept) {
        return new HistoryStatus(state, since, where, reason, waiting, dropped, kept);
    }
}
