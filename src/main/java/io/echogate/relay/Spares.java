package io.echogate.relay;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has been used and waits to be used again, the warmest first. A burst may leave many: with each look, half of those
 * that nobody has needed since the last one are let go. Confined to one event loop.
 */
final class Spares<T> {
    private final int kept;
    private final int most;
    private final List<T> free = new ArrayList<>();
    private int fewest;

    /**
     * @param kept so many stay, needed or not
     * @param most what is given beyond that is let go at once
     */
    Spares(int kept, int most) {
        this.kept = kept;
        this.most = most;
    }

    /** The one given last; null when there is none. */
    @Nullable
    T take() {
        if (free.isEmpty()) {
            return null;
        }
        T last = free.removeLast();
        fewest = Math.min(fewest, free.size());
        return last;
    }

    void give(T spare) {
        if (free.size() < most) {
            free.add(spare);
        }
    }

    /** Time has gone on. */
    void look() {
        int unused = Math.max(0, fewest - kept);
        free.subList(0, (unused + 1) / 2).clear();
        fewest = free.size();
    }

    int size() {
        return free.size();
    }
}
