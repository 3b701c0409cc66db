package io.echogate.meter;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What became of clients' requests at each member, as one event loop counts it; only rises. One writing thread, any number
 * of readers, no lock. A member without requests costs one reference.
 */
public final class Takings {
    /** Final status classes: 0 for none, 1 to 5. */
    public static final int CLASSES = 6;

    /** Requests of which an attempt failed at the member and that another one answered. */
    public static final int ELSEWHERE = CLASSES;

    /** Requests of which an attempt failed at the member and that nobody answered. */
    public static final int FAILED = CLASSES + 1;

    /** Where the histogram of {@link Buckets} begins: from the head being read to the end of the answer. */
    public static final int TIMES = CLASSES + 2;

    /** Numbers per member. */
    public static final int SIZE = TIMES + Buckets.COUNT;

    private final AtomicReferenceArray<@Nullable AtomicLongArray> members;

    Takings(int members) {
        this.members = new AtomicReferenceArray<>(members);
    }

    /** A request was answered by the member. Writer only. */
    public void answered(int member, int status, long nanos) {
        AtomicLongArray sums = at(member);
        add(sums, Math.min(status / 100, CLASSES - 1));
        add(sums, TIMES + Buckets.of(nanos));
    }

    /** One met a failure at the member. Writer only. */
    public void met(int member, boolean answeredElsewhere) {
        add(at(member), answeredElsewhere ? ELSEWHERE : FAILED);
    }

    private AtomicLongArray at(int member) {
        AtomicLongArray sums = members.getPlain(member);
        if (sums == null) {
            sums = new AtomicLongArray(SIZE);
            members.setRelease(member, sums);
        }
        return sums;
    }

    private static void add(AtomicLongArray sums, int at) {
        sums.setOpaque(at, sums.getPlain(at) + 1);
    }

    int members() {
        return members.length();
    }

    /** Adds the times of all members' requests. Any thread. */
    void addTimesTo(long[] into) {
        for (int m = 0; m < members.length(); m++) {
            AtomicLongArray sums = members.getAcquire(m);
            for (int i = 0; sums != null && i < Buckets.COUNT; i++) {
                into[i] += sums.getOpaque(TIMES + i);
            }
        }
    }

    /** Adds that member's numbers; false when it never had any. Any thread. */
    boolean addTo(int member, long[] into) {
        AtomicLongArray sums = members.getAcquire(member);
        if (sums == null) {
            return false;
        }
        for (int i = 0; i < SIZE; i++) {
            into[i] += sums.getOpaque(i);
        }
        return true;
    }
}
