package io.echogate.route;

import io.echogate.model.Fleet;
import io.echogate.model.Member;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One after the other, as the {@link Schedule} has it: {@code round-robin} and {@code weighted}. */
final class InTurn implements Policy {
    /** Turns passed over because the member was tried, until the next one in line is taken whatever its weight. */
    private static final int PASSES = 4;

    private final Sharing sharing;
    private final RandomGenerator chance;
    private final Schedule schedule = new Schedule();

    InTurn(Sharing sharing, RandomGenerator chance) {
        this.sharing = sharing;
        this.chance = chance;
    }

    @Override
    public @Nullable Member choose(Fleet fleet, Tried tried, Inquiry about, long now) {
        look(fleet, now);
        int place = sharing.size() == 0 ? -1 : turn(tried);
        return place < 0 ? First.next(fleet, tried) : sharing.at(place);
    }

    private int turn(Tried tried) {
        int place = schedule.next();
        for (int i = 0; i < PASSES && tried.bars(sharing.at(place).index()); i++) {
            place = schedule.next();
        }
        return sharing.untried(tried, place);
    }

    /** Takes the newest rotation up; true when it is another. */
    boolean look(Fleet fleet, long now) {
        boolean another = sharing.look(fleet.rotation(), now);
        if (another) {
            schedule.plan(sharing, chance);
        }
        return another;
    }

    Sharing sharing() {
        return sharing;
    }

    /**
     * The place of a member in slow start whose turn it is, or -1: its share is what the schedule gives it, whatever
     * other rule the grown ones are chosen by.
     */
    int growingTurn(Tried tried) {
        if (!sharing.growing()) {
            return -1;
        }
        int place = schedule.next();
        return sharing.grown(place) || tried.bars(sharing.at(place).index()) ? -1 : place;
    }
}
