package io.echogate.fleet;

import io.echogate.model.Detail;
import io.echogate.model.Member;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Who gets new requests: the first of the rotation, or all who share them. Touched by the writer's thread only. */
final class Receivers {
    /** Members that a sentence names. */
    private static final int NAMED = 8;

    private final boolean shares;
    private Map<Integer, String> now = Map.of();

    /** Nobody so far. */
    Receivers(boolean shares) {
        this.shares = shares;
    }

    /** Takes up another rotation; what that moves. */
    Detail.Moved then(List<Member> rotation) {
        Map<Integer, String> next = new LinkedHashMap<>();
        for (Member m : rotation) {
            if (shares ? m.serving() : next.isEmpty()) {
                next.put(m.index(), m.name());
            }
        }
        Detail.Moved moved = new Detail.Moved(without(now, next), without(next, now));
        now = next;
        return moved;
    }

    private static List<String> without(Map<Integer, String> these, Map<Integer, String> those) {
        Map<Integer, String> left = new TreeMap<>(these);
        left.keySet().removeAll(those.keySet());
        return List.copyOf(left.values());
    }

    /** The first few by name; empty for nobody. */
    String words() {
        String names = now.values().stream().limit(NAMED).collect(Collectors.joining(", "));
        int more = now.size() - NAMED;
        return more > 0 ? names + " and " + more + " more" : names;
    }
}
