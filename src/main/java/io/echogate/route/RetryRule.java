package io.echogate.route;

import io.echogate.model.Failure;

/**
 * Decides once per failed attempt whether the request is sent again (design: carrying). Immutable; shared by all loops.
 *
 * <p>A request is sent again only if that is safe: nothing of it was sent, or it may be repeated and its body is still
 * at hand; and no byte of an answer has gone to the client.
 */
public final class RetryRule {
    private final int furtherAttempts;

    /**
     * Makes the rule.
     *
     * @param furtherAttempts after the first, each on a member not yet tried
     */
    public RetryRule(int furtherAttempts) {
        this.furtherAttempts = furtherAttempts;
    }

    /**
     * What follows on that failure.
     *
     * @param request what is known of the request
     * @param attempts members tried so far, this one included
     * @param refreshed a dead reused connection was replaced already
     * @param budgeted the retry budget has room
     */
    public Decision decide(Failure f, Traits request, int attempts, boolean refreshed, boolean budgeted) {
        if (f.kind().side() == Failure.Side.CLIENT || f.kind() == Failure.Kind.REQUEST_TIMEOUT || !safe(f, request)) {
            return Decision.GIVE_UP;
        }
        if (f.kind() == Failure.Kind.RESET && f.reused() && !refreshed) {
            return Decision.SAME_FRESH;
        }
        if (f.kind() == Failure.Kind.DOUBTED || f.kind() == Failure.Kind.DRAINED) {
            return Decision.ELSEWHERE;
        }
        boolean room = budgeted || !f.kind().budgeted();
        return attempts <= furtherAttempts && room ? Decision.ELSEWHERE : Decision.GIVE_UP;
    }

    /** True when sending the request again cannot do harm that it has not asked for. */
    public boolean safe(Failure f, Traits request) {
        if (f.answered() || !request.bodyAtHand()) {
            return false;
        }
        return !f.sent() || request.repeatable();
    }
}
