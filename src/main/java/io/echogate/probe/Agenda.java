package io.echogate.probe;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cadences by when something is to be done for them, the earliest first: a binary heap whose entries know their places, so
 * that nothing is searched for and nothing allocated. Of those due at the same moment the first member comes first, HTTP
 * before ICMP. Confined to the probe loop.
 */
final class Agenda {
    private @Nullable Cadence[] heap = new @Nullable Cadence[64];
    private int size;

    /** The earliest, without taking it out. */
    Cadence first() {
        return at(0);
    }

    /** Takes it up as it is due now; it must not be in. */
    void add(Cadence c) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        c.book(c.dueNanos());
        rise(c, size++);
    }

    /** True when it was in. */
    boolean remove(Cadence c) {
        int place = c.place();
        if (place == Cadence.NOWHERE) {
            return false;
        }
        Cadence last = at(--size);
        heap[size] = null;
        c.place(Cadence.NOWHERE);
        if (place < size) {
            settle(last, place);
        }
        return true;
    }

    /** It is due at another time than when it was taken up; without effect when it is not in. */
    void moved(Cadence c) {
        if (c.place() != Cadence.NOWHERE && c.bookedNanos() != c.dueNanos()) {
            c.book(c.dueNanos());
            settle(c, c.place());
        }
    }

    private void settle(Cadence c, int place) {
        if (place > 0 && before(c, at(parent(place)))) {
            rise(c, place);
        } else {
            sink(c, place);
        }
    }

    private void rise(Cadence c, int from) {
        int place = from;
        while (place > 0 && before(c, at(parent(place)))) {
            put(at(parent(place)), place);
            place = parent(place);
        }
        put(c, place);
    }

    private void sink(Cadence c, int from) {
        int place = from;
        for (int child = 2 * place + 1; child < size; child = 2 * place + 1) {
            int earlier = child + 1 < size && before(at(child + 1), at(child)) ? child + 1 : child;
            if (!before(at(earlier), c)) {
                break;
            }
            put(at(earlier), place);
            place = earlier;
        }
        put(c, place);
    }

    private static int parent(int place) {
        return (place - 1) / 2;
    }

    private void put(Cadence c, int place) {
        heap[place] = c;
        c.place(place);
    }

    private Cadence at(int place) {
        Cadence c = heap[place];
        if (c == null) {
            throw new IllegalStateException("nothing is due at all");
        }
        return c;
    }

    private static boolean before(Cadence a, Cadence b) {
        long apart = a.bookedNanos() - b.bookedNanos();
        if (apart != 0) {
            return apart < 0;
        }
        return a.member() != b.member() ? a.member() < b.member() : a.kind().compareTo(b.kind()) < 0;
    }
}
