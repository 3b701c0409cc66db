package io.echogate.fleet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members in doubt. Immutable; kept in {@link #BUCKETS} parts of which another one shares all but the one that is
 * changed, because thousands of members can come into doubt at once.
 */
final class Doubts {
    private static final int BUCKETS = 64;

    static final Doubts NONE = new Doubts(Collections.nCopies(BUCKETS, Map.of()));

    private final List<Map<String, Doubt>> buckets;

    private Doubts(List<Map<String, Doubt>> buckets) {
        this.buckets = buckets;
    }

    private static int bucket(String member) {
        return Math.floorMod(member.hashCode(), BUCKETS);
    }

    /** Null for a member that is not in doubt. */
    @Nullable
    Doubt of(String member) {
        return buckets.get(bucket(member)).get(member);
    }

    Doubts with(String member, Doubt doubt) {
        Map<String, Doubt> next = new HashMap<>(buckets.get(bucket(member)));
        next.put(member, doubt);
        return with(bucket(member), next);
    }

    Doubts without(String member) {
        if (of(member) == null) {
            return this;
        }
        Map<String, Doubt> next = new HashMap<>(buckets.get(bucket(member)));
        next.remove(member);
        return with(bucket(member), next);
    }

    private Doubts with(int bucket, Map<String, Doubt> next) {
        List<Map<String, Doubt>> all = new ArrayList<>(buckets);
        all.set(bucket, next);
        return new Doubts(all);
    }
}
