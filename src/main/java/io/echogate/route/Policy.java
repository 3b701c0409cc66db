package io.echogate.route;

import io.echogate.config.PolicyRules;
import io.echogate.http.RequestHead;
import io.echogate.model.Fleet;
import io.echogate.model.Member;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How a member is chosen for a request among those in rotation. Whoever is chosen has not been tried for this request;
 * those that share the load come first, then the rest of the rotation in its order. One per event loop and confined to
 * it: what it remembers is whose turn it is and what it has worked out of the newest rotation.
 */
public interface Policy {
    /**
     * The member to try next, or null when nobody is left that was not tried and has room. Moves on whose turn it is.
     */
    @Nullable
    Member choose(Fleet fleet, Tried tried, Inquiry about, long now);

    /** The line with which that member's answer to that request is marked for the client, or nothing. */
    default byte[] mark(RequestHead request, Member member) {
        return Ticket.NO_LINE;
    }

    /**
     * The policy of that configuration.
     *
     * @param fleet any snapshot: who the members are
     * @param loads what the loop's members are busy with
     * @param secret what cookies are signed with
     */
    static Policy of(PolicyRules rules, Fleet fleet, Loads loads, RandomGenerator chance, byte[] secret) {
        long slowStart = rules.slowStart().toNanos();
        return switch (rules.name()) {
            case FIRST -> new First();
            case ROUND_ROBIN -> new InTurn(new Sharing(false, slowStart), chance);
            case WEIGHTED -> new InTurn(new Sharing(true, slowStart), chance);
            case LEAST_REQUESTS -> new LeastRequests(new Sharing(true, slowStart), loads, chance);
            case P2C -> new TwoChoices(new Sharing(true, slowStart), loads, chance);
            case HASH -> new Rendezvous(new Key(rules.hash()), new InTurn(new Sharing(true, 0), chance));
            case STICKY ->
                new Sticky(
                        new Tickets(rules.sticky().cookie(), secret, fleet),
                        new InTurn(new Sharing(true, slowStart), chance));
        };
    }
}
