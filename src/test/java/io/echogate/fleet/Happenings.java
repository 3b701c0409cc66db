package io.echogate.fleet;

import io.echogate.model.Cause;
import io.echogate.model.Detail;
import io.echogate.model.Event;
import io.echogate.model.Intent;
import io.echogate.model.Order;
import io.echogate.model.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Events written as words, into a casebook. S1 and S2 are on machine A, S3 on B. One step is 100 ms. */
final class Happenings {
    static final CaseRules RULES = new CaseRules(
            7,
            Map.of("S1", "A", "S2", "A", "S3", "B"),
            Map.of(Cause.FROZEN, Duration.ofMillis(2_200), Cause.PORT_CLOSED, Duration.ofMillis(1_400)),
            Map.of());
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    Casebook book = Casebook.empty(RULES);
    final List<String> mergedAway = new ArrayList<>();
    final Map<String, State> states = new HashMap<>();
    Instant now = START;
    private long seq;

    /**
     * Lives through words: {@code S1?} suspect, {@code S1!FROZEN} down, {@code S1=FROZEN} the cause changes, {@code S1~}
     * recovering, {@code S1+} up, {@code S1-} its machine silent; {@code S1>S2} requests move, {@code S1>} nobody serves
     * (both in the same moment as the word before); {@code iso} and {@code over}; {@code drill:S1}, {@code played:S1},
     * {@code drain:S1}, {@code ready:S1}; {@code _60} a minute passes.
     */
    Happenings live(String words) {
        for (String word : words.trim().split("\\s+")) {
            if (word.startsWith("_")) {
                now = now.plusSeconds(Long.parseLong(word.substring(1)));
            } else if (word.contains(">")) {
                moved(word.split(">", -1));
            } else {
                now = now.plusMillis(100);
                happens(word);
            }
        }
        return this;
    }

    private void happens(String word) {
        String[] parts = word.split(":");
        switch (parts[0]) {
            case "iso" -> add("isolated", "", Cause.ISOLATED, Detail.NONE);
            case "over" -> add("isolation_over", "", Cause.NONE, Detail.NONE);
            case "drill" -> add("drill_begins", parts[1], Cause.NONE, Detail.NONE);
            case "played" -> add("drill_ends", parts[1], Cause.NONE, Detail.NONE);
            case "drain" -> intent(parts[1], Intent.DRAIN);
            case "ready" -> intent(parts[1], Intent.READY);
            default -> member(word.substring(0, 2), word.charAt(2), word.substring(3));
        }
    }

    private void member(String member, char what, String cause) {
        Cause named = cause.isEmpty() ? Cause.FROZEN : Cause.valueOf(cause);
        switch (what) {
            case '?' -> state(member, State.SUSPECT, named, onset());
            case '!' -> state(member, State.DOWN, named, onset());
            case '~' -> state(member, State.RECOVERING, named, Detail.NONE);
            case '+' -> state(member, State.UP, Cause.NONE, Detail.NONE);
            case '-' -> add("host_silent", member, named, Detail.NONE);
            case '=' -> add("cause_changed", member, named, Detail.NONE);
            default -> throw new IllegalArgumentException(member + what);
        }
    }

    /** Well 300 ms ago, first asked in vain 200 ms ago. */
    private Detail onset() {
        return new Detail.Onset(now.minusMillis(300), now.minusMillis(200));
    }

    private void intent(String member, Intent intent) {
        Order order = new Order(intent, "alice", "", now, null, null, Order.NEVER);
        add("intent_changed", member, Cause.NONE, new Detail.Ordered(order));
    }

    private void moved(String[] ends) {
        List<String> from = ends[0].isEmpty() ? List.of() : List.of(ends[0].split(","));
        List<String> to = ends[1].isEmpty() ? List.of() : List.of(ends[1].split(","));
        add(to.isEmpty() ? "nobody_serves" : "requests_move", "", Cause.NONE, new Detail.Moved(from, to));
    }

    void state(String member, State to, Cause cause, Detail detail) {
        State from = states.getOrDefault(member, State.UP);
        states.put(member, to);
        event(new Event(++seq, now, "member_state", member, from, to, cause, "why", List.of("evidence"), detail));
    }

    void add(String type, String member, Cause cause, Detail detail) {
        State is = states.getOrDefault(member, State.UP);
        event(new Event(++seq, now, type, member, is, is, cause, "why", List.of(), detail));
    }

    private void event(Event e) {
        book = book.after(e);
        mergedAway.addAll(book.mergedAway());
    }
}
