package io.echogate.history;

import io.echogate.history.Shown.Outage;
import io.echogate.history.Turns.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The whiles in which something did not work. One that nobody saw the whole of is one: when it is down before and after a
 * gap of a few minutes, such as the monitor's restart. Confined to one thread.
 */
final class Outages implements Turns.Stretches {
    /** Of one component; older ones are forgotten. */
    static final int MOST = 200;

    private static final long GAP = Duration.ofMinutes(10).toMillis();

    /** A run that is alive may have written its last sign of life so much earlier. */
    private static final long ALIVE = Duration.ofSeconds(10).toMillis();

    private final Deque<Outage> found = new ArrayDeque<>();
    private Mode mode = Mode.UP;
    private long from;
    private long to;

    @Override
    public void lasted(Mode now, long start, long end) {
        if (now == Mode.UNSEEN) {
            return;
        }
        boolean bad = now == Mode.DOWN || now == Mode.PLANNED;
        if (now != mode || start - to > GAP) {
            close();
            from = start;
        }
        mode = bad ? now : Mode.UP;
        to = end;
    }

    private void close() {
        if (mode != Mode.UP) {
            add(Instant.ofEpochMilli(to), false);
        }
    }

    private void add(Instant end, boolean open) {
        if (found.size() == MOST) {
            found.removeFirst();
        }
        found.addLast(new Outage(mode == Mode.PLANNED, Instant.ofEpochMilli(from), open ? null : end));
    }

    /** All of them, oldest first; the last one is open when it had not ended by now. Call once. */
    List<Outage> until(Instant now) {
        if (mode != Mode.UP) {
            add(Instant.ofEpochMilli(to), now.toEpochMilli() - to <= ALIVE);
        }
        return List.copyOf(found);
    }
}
