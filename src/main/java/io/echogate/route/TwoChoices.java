package io.echogate.route;

import io.echogate.model.Fleet;
import io.echogate.model.Member;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The better one of two drawn by chance (p2c), by {@link Loads#cost} for its weight: close to the best of all, at the
 * cost of two, and loops that know nothing of one another do not all run to the same member.
 */
final class TwoChoices implements Policy {
    /** Draws of members that were tried already, until the next one in line is taken. */
    private static final int DRAWS = 4;

    private final InTurn turns;
    private final Sharing sharing;
    private final Loads loads;
    private final RandomGenerator chance;
    private int[] grown = new int[0];

    TwoChoices(Sharing sharing, Loads loads, RandomGenerator chance) {
        this.turns = new InTurn(sharing, chance);
        this.sharing = sharing;
        this.loads = loads;
        this.chance = chance;
    }

    @Override
    public @Nullable Member choose(Fleet fleet, Tried tried, Inquiry about, long now) {
        if (turns.look(fleet, now)) {
            grown = grown();
        }
        if (grown.length == 0) {
            return First.next(fleet, tried);
        }
        int place = turns.growingTurn(tried);
        if (place < 0) {
            place = better(draw(grown.length, -1, tried), now, tried);
        }
        return place < 0 ? First.next(fleet, tried) : sharing.at(place);
    }

    private int[] grown() {
        int[] all = new int[sharing.size()];
        int n = 0;
        for (int place = 0; place < all.length; place++) {
            if (sharing.grown(place)) {
                all[n++] = place;
            }
        }
        return Arrays.copyOf(all, n);
    }

    /** One of the grown by chance, another one than {@code but}; -1 when only tried ones were drawn. */
    private int draw(int among, int but, Tried tried) {
        for (int i = 0; i < DRAWS && among > (but < 0 ? 0 : 1); i++) {
            int drawn = chance.nextInt(but < 0 ? among : among - 1);
            drawn += but >= 0 && drawn >= but ? 1 : 0;
            if (!tried.bars(sharing.at(grown[drawn]).index())) {
                return drawn;
            }
        }
        return -1;
    }

    private int better(int one, long now, Tried tried) {
        if (one < 0) {
            return sharing.untried(tried, grown[chance.nextInt(grown.length)]);
        }
        int other = draw(grown.length, one, tried);
        boolean worse = other >= 0 && cost(grown[other], now) < cost(grown[one], now);
        return grown[worse ? other : one];
    }

    private double cost(int place, long now) {
        return loads.cost(sharing.at(place).index(), now) / sharing.weight(place);
    }
}
