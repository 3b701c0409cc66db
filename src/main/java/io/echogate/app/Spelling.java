package io.echogate.app;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** What a monitor says, in words for a terminal. Pure. */
final class Spelling {
    private Spelling() {}

    /** Without what could move a cursor or colour a line: whoever wrote it may not be a friend. */
    static String plain(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** "drain by alice until 2026-01-01T12:30:00Z: deploy 1.2 (3 still run)". */
    static String order(String intent, JsonObject order, int running) {
        String until = order.getString("until") == null ? "" : " until " + order.getString("until");
        String why = order.getString("why", "").isEmpty() ? "" : ": " + order.getString("why");
        String told = plain(intent.toLowerCase(Locale.ROOT) + " by " + order.getString("by", "somebody") + until + why);
        return intent.equals("READY") ? told : told + " (" + stillRun(running) + ")";
    }

    static String stillRun(int running) {
        return switch (running) {
            case 0 -> "nothing runs there";
            case 1 -> "1 still runs";
            default -> running + " still run";
        };
    }
}
