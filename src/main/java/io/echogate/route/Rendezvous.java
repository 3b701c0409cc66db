package io.echogate.route;

import io.echogate.model.Fleet;
import io.echogate.model.Member;
import org.jspecify.annotations.Nullable;

/**
 * The same member for the same key: rendezvous hashing (highest random weight; Thaler and Ravishankar 1998). Every
 * member draws a number from the key, and the best number wins: when a member leaves, only its keys move, each to the
 * one that was its second; when one joins, only the keys that it wins. With weights the numbers are those of an
 * exponential race, won as often as the weight says. A choice costs a multiplication or two per member that shares the
 * load (and a logarithm, when weights differ); members' hashes are worked out once per rotation. Requests without a key
 * take turns.
 */
final class Rendezvous implements Policy {
    private static final double UNIT = 0x1p-53;

    private final Key key;
    private final InTurn turns;
    private final Sharing sharing;
    private long[] hashes = new long[0];
    private double[] weights = new double[0];
    private boolean alike = true;

    Rendezvous(Key key, InTurn turns) {
        this.key = key;
        this.turns = turns;
        this.sharing = turns.sharing();
    }

    @Override
    public @Nullable Member choose(Fleet fleet, Tried tried, Inquiry about, long now) {
        long hash = key.of(about);
        if (turns.look(fleet, now)) {
            learn();
        }
        if (hash == Key.NONE) {
            return turns.choose(fleet, tried, about, now);
        }
        int place = alike ? highest(hash, tried) : earliest(hash, tried);
        return place < 0 ? First.next(fleet, tried) : sharing.at(place);
    }

    private void learn() {
        hashes = new long[sharing.size()];
        weights = new double[sharing.size()];
        alike = true;
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = Hash.of(sharing.at(i).name());
            weights[i] = sharing.weight(i);
            alike &= weights[i] == weights[0];
        }
    }

    private int highest(long hash, Tried tried) {
        int best = -1;
        long most = 0;
        for (int i = 0; i < hashes.length; i++) {
            long drawn = Hash.mixed(hashes[i] ^ hash);
            if ((best < 0 || Long.compareUnsigned(drawn, most) > 0) && open(i, tried)) {
                best = i;
                most = drawn;
            }
        }
        return best;
    }

    /** Orders members of one weight as {@link #highest} does: a key stays when others' weights begin to differ. */
    private int earliest(long hash, Tried tried) {
        int best = -1;
        double least = 0;
        for (int i = 0; i < hashes.length; i++) {
            double drawn = ((Hash.mixed(hashes[i] ^ hash) >>> 11) + 0.5) * UNIT;
            double time = -Math.log(drawn) / weights[i];
            if ((best < 0 || time < least) && open(i, tried)) {
                best = i;
                least = time;
            }
        }
        return best;
    }

    private boolean open(int place, Tried tried) {
        return !tried.bars(sharing.at(place).index());
    }
}
