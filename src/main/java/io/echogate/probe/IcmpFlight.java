package io.echogate.probe;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The echo requests on their way, found without a search: an answer by its nonce, whose lowest bits are the request's
 * place here and whose other 44 nobody can guess; an error by its sequence number. Confined to the probe loop.
 */
final class IcmpFlight {
    private static final int PLACE_BITS = 20;
    private static final int PLACE_MASK = (1 << PLACE_BITS) - 1;
    private static final int SEQUENCES = 1 << 16;
    private static final int NONCES = 64;
    private static final int NOBODY = -1;

    private final RandomGenerator chance;
    private final long[] nonces = new long[NONCES];
    private final byte[] random = new byte[NONCES * Long.BYTES];
    private final int[] bySequence = new int[SEQUENCES];
    private @Nullable IcmpCheck[] places = new @Nullable IcmpCheck[1 << 10];
    private int[] free = new int[1 << 10];
    private int freeCount;
    private int used;
    private int drawn = NONCES;
    private int sequence;

    /** @param chance unpredictable; drawn from by many bytes at a time, since one by one they are dear */
    IcmpFlight(RandomGenerator chance) {
        this.chance = chance;
        Arrays.fill(bySequence, NOBODY);
    }

    /** Gives the request a place and a nonce. */
    void add(IcmpCheck check) {
        int place = freeCount > 0 ? free[--freeCount] : used++;
        if (place > PLACE_MASK) {
            throw new IllegalStateException("more than a million echo requests on their way");
        }
        if (place >= places.length) {
            places = Arrays.copyOf(places, places.length * 2);
        }
        places[place] = check;
        check.placed(place, (nextRandom() & ~(long) PLACE_MASK) | place);
    }

    /** Gives the request the next sequence number, which is found until it comes round again. */
    void number(IcmpCheck check) {
        sequence = (sequence + 1) & (SEQUENCES - 1);
        check.sequence(sequence);
        bySequence[sequence] = check.slot();
    }

    /** The request that stands there, if it is this nonce's. */
    @Nullable
    IcmpCheck byNonce(long nonce) {
        IcmpCheck check = at((int) nonce & PLACE_MASK);
        return check != null && check.nonce() == nonce ? check : null;
    }

    /** The newest request of that sequence number. */
    @Nullable
    IcmpCheck bySequence(int number) {
        int place = bySequence[number];
        IcmpCheck check = place == NOBODY ? null : at(place);
        return check != null && check.sequence() == number ? check : null;
    }

    @Nullable
    IcmpCheck at(int place) {
        return place < places.length ? places[place] : null;
    }

    /** Frees its place; without effect when somebody else has it. */
    @SuppressWarnings("ReferenceEquality") // a place holds this very request or another one
    void remove(IcmpCheck check) {
        int place = check.slot();
        if (at(place) != check) {
            return;
        }
        places[place] = null;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, free.length * 2);
        }
        free[freeCount++] = place;
    }

    int size() {
        return used - freeCount;
    }

    private long nextRandom() {
        if (drawn == NONCES) {
            chance.nextBytes(random);
            ByteBuffer.wrap(random).asLongBuffer().get(nonces);
            drawn = 0;
        }
        return nonces[drawn++];
    }
}
