package io.echogate.route;

import io.echogate.model.Fleet;
import io.echogate.model.Member;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Whoever has the fewest requests in flight for its weight; among equals whoever's turn is next, each as often as its
 * weight says. The members stand in a binary heap that is put right whenever a request begins or ends, so that a choice
 * costs a logarithm of the fleet.
 */
final class LeastRequests implements Policy {
    /** What a turn costs a member of weight 1; divided by the weight. */
    private static final long TURN = 1 << 20;

    private final InTurn turns;
    private final Sharing sharing;
    private final Loads loads;
    private final RandomGenerator chance;
    /** Places in the order of the heap. */
    private int[] heap = new int[0];
    /** Where each place stands in the heap, -1 for one that is still growing. */
    private int[] stands = new int[0];
    /** The place of each member by its index, -1 for one that does not share. */
    private int[] placeOf = new int[0];
    /** The turns each place has had, in parts of {@link #TURN}. */
    private long[] had = new long[0];

    private int size;

    LeastRequests(Sharing sharing, Loads loads, RandomGenerator chance) {
        this.turns = new InTurn(sharing, chance);
        this.sharing = sharing;
        this.loads = loads;
        this.chance = chance;
        loads.watch(this::changed);
    }

    @Override
    public @Nullable Member choose(Fleet fleet, Tried tried, Inquiry about, long now) {
        if (turns.look(fleet, now)) {
            build(fleet.members().size());
        }
        int place = turns.growingTurn(tried);
        if (place < 0) {
            place = untried(0, tried);
            had(place);
        }
        return place < 0 ? First.next(fleet, tried) : sharing.at(place);
    }

    private void build(int members) {
        int n = sharing.size();
        heap = new int[n];
        stands = new int[n];
        had = new long[n];
        placeOf = new int[members];
        Arrays.fill(placeOf, -1);
        Arrays.fill(stands, -1);
        size = 0;
        for (int place = 0; place < n; place++) {
            placeOf[sharing.at(place).index()] = place;
            if (sharing.grown(place)) {
                had[place] = chance.nextLong(TURN / sharing.weight(place));
                put(size++, place);
                rise(size - 1);
            }
        }
    }

    private void had(int place) {
        if (place >= 0) {
            had[place] += TURN / sharing.weight(place);
            sink(stands[place]);
        }
    }

    private void changed(int member) {
        int place = member < placeOf.length ? placeOf[member] : -1;
        if (place >= 0 && stands[place] >= 0) {
            rise(stands[place]);
            sink(stands[place]);
        }
    }

    /** The best one not tried at {@code at} or below, or -1: looks past as many as were tried. */
    private int untried(int at, Tried tried) {
        if (at >= size) {
            return -1;
        }
        int place = heap[at];
        if (!tried.bars(sharing.at(place).index())) {
            return place;
        }
        int left = untried(2 * at + 1, tried);
        int right = untried(2 * at + 2, tried);
        return left < 0 || (right >= 0 && before(right, left)) ? right : left;
    }

    private boolean before(int one, int other) {
        long mine = (long) loads.inFlight(sharing.at(one).index()) * sharing.weight(other);
        long its = (long) loads.inFlight(sharing.at(other).index()) * sharing.weight(one);
        return mine != its ? mine < its : had[one] < had[other];
    }

    private void rise(int from) {
        int at = from;
        int place = heap[at];
        while (at > 0 && before(place, heap[(at - 1) / 2])) {
            put(at, heap[(at - 1) / 2]);
            at = (at - 1) / 2;
        }
        put(at, place);
    }

    private void sink(int from) {
        int at = from;
        int place = heap[at];
        for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (!before(heap[child], place)) {
                break;
            }
            put(at, heap[child]);
            at = child;
        }
        put(at, place);
    }

    private void put(int at, int place) {
        heap[at] = place;
        stands[place] = at;
    }
}
