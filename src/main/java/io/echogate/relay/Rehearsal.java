package io.echogate.relay;

import io.echogate.model.Drill;
import io.echogate.model.DrillReport;
import io.echogate.model.Fleet;
import io.echogate.model.Member;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * What one loop's clients see of a drill. Counts from the beginning of the newest drill. Written on that loop, read by any
 * thread; times fall into classes a twentieth apart.
 */
final class Rehearsal {
    private static final double STEP = 1.05;
    private static final double FINEST = 10_000;
    private static final int CLASSES = 400;

    private static final int ELSEWHERE = CLASSES;
    private static final int FAILED = CLASSES + 1;
    private static final int SPARED = CLASSES + 2;
    private static final int WORST = CLASSES + 3;

    private final AtomicLongArray counts = new AtomicLongArray(CLASSES + 4);
    private @Nullable Drill drill;
    private int member;

    /** Takes a newer snapshot. */
    void onFleet(Fleet newer) {
        Drill next = newer.drill();
        if (next != null && !next.equals(drill)) {
            for (int i = 0; i < counts.length(); i++) {
                counts.setOpaque(i, 0);
            }
        }
        Member m = next == null ? null : newer.member(next.member());
        member = m == null ? -1 : m.index();
        drill = next;
    }

    /** True of the member whose failure is played now. */
    boolean plays(int index) {
        return drill != null && index == member;
    }

    /** A request that met the failure is over. */
    void met(boolean answered, long nanos) {
        add(place(nanos));
        add(answered ? ELSEWHERE : FAILED);
        counts.setOpaque(WORST, Math.max(nanos, counts.getOpaque(WORST)));
    }

    /** A request was carried to the member in earnest. */
    void spared() {
        add(SPARED);
    }

    private void add(int place) {
        counts.setOpaque(place, counts.getOpaque(place) + 1);
    }

    private static int place(long nanos) {
        return (int) Math.clamp(Math.ceil(Math.log(nanos / FINEST) / Math.log(STEP)), 0, CLASSES - 1);
    }

    /** All loops together; any thread. */
    static DrillReport.Requests sum(Collection<Rehearsal> loops) {
        long[] sum = new long[CLASSES + 4];
        long worst = 0;
        for (Rehearsal r : loops) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += r.counts.getOpaque(i);
            }
            worst = Math.max(worst, r.counts.getOpaque(WORST));
        }
        long met = 0;
        for (int i = 0; i < CLASSES; i++) {
            met += sum[i];
        }
        return new DrillReport.Requests(
                met,
                sum[ELSEWHERE],
                sum[FAILED],
                sum[SPARED],
                worst,
                Math.min(worst, quantile(sum, met, 0.5)),
                Math.min(worst, quantile(sum, met, 0.99)));
    }

    private static long quantile(long[] sum, long met, double q) {
        long wanted = (long) Math.ceil(met * q);
        long seen = 0;
        for (int i = 0; i < CLASSES; i++) {
            seen += sum[i];
            if (seen >= wanted && seen > 0) {
                return (long) (FINEST * Math.pow(STEP, i));
            }
        }
        return 0;
    }
}
