package io.echogate.exchange;

import io.echogate.http.FieldName;
import io.echogate.http.RequestHead;
import io.echogate.model.Drill;
import io.echogate.model.Member;
import io.echogate.route.Inquiry;
import org.jspecify.annotations.Nullable;

/**
 * Whom one request after the other goes to next. When all who are left have as many requests as they may have, it waits in
 * line for one of them. Confined to one thread.
 */
final class Choice {
    private final Surroundings around;
    private final Actions actions;
    private final Inbound inbound;
    private final Outbound outbound;
    private final Attempts attempts;
    private Inquiry inquiry;
    private boolean waits;
    private long waitsSince;

    Choice(Surroundings around, Actions actions, Inbound inbound, Outbound outbound, Attempts attempts) {
        this.around = around;
        this.actions = actions;
        this.inbound = inbound;
        this.outbound = outbound;
        this.attempts = attempts;
        this.inquiry = new Inquiry(inbound.head(), "");
    }

    /** Whose requests they are from now on. */
    void client(String from) {
        if (!from.equals(inquiry.client())) {
            inquiry = new Inquiry(inbound.head(), from);
        }
    }

    /** The member to go to; null when there is none, or none with room. */
    @Nullable
    Member next(long now) {
        Member m = onTrial(now);
        return m == null ? around.choose(attempts.tried(), inquiry, now) : m;
    }

    /** A member on trial, for the first attempt at what can do no harm. */
    private @Nullable Member onTrial(long now) {
        boolean first = attempts.tried().count() == 0;
        return first && around.trials().any() && inbound.complete() && repeatable()
                ? around.trials().next(now)
                : null;
    }

    /** A well member for a second attempt, or null. */
    @Nullable
    Member another(long now) {
        return around.someoneUpLeft(attempts.tried()) ? around.choose(attempts.tried(), inquiry, now) : null;
    }

    boolean repeatable() {
        RequestHead head = inbound.head();
        return head.verb().idempotent() || head.fields().has(FieldName.IDEMPOTENCY_KEY);
    }

    /** The answer is to be held back until it is complete: its member breaks some, and another one could answer. */
    boolean mistrusts(long now) {
        Member m = outbound.member();
        return m != null
                && around.trials().mistrusts(around.newest(m), now)
                && repeatable()
                && inbound.complete()
                && inbound.replay().intact()
                && around.someoneUpLeft(attempts.tried());
    }

    /**
     * How that member is to seem to fail to this request, which has just begun there; null: not at all. Only what is
     * certain to be answered elsewhere is made to fail.
     */
    Drill.@Nullable Mode played(Member m) {
        Drill drill = around.fleet().drill();
        if (drill == null || !drill.of(m)) {
            return null;
        }
        if (rescued(drill.mode())) {
            return drill.mode();
        }
        actions.spared();
        return null;
    }

    private boolean rescued(Drill.Mode mode) {
        boolean again = mode != Drill.Mode.FREEZE
                || (repeatable() && inbound.complete() && inbound.replay().intact());
        return again
                && attempts.tried().count() == 1
                && around.terms().furtherAttempts() > 0
                && around.budget().hasRoom()
                && around.someoneUpLeft(attempts.tried());
    }

    /** True when somebody is left, who could not be chosen for want of room only. */
    boolean crowded() {
        return around.someoneLeft(attempts.tried());
    }

    /** Waits from now on, or goes on waiting; false when too many wait already. */
    boolean waits(long now) {
        if (!waits) {
            waits = actions.waits(true);
            waitsSince = now;
        }
        return waits;
    }

    boolean waits() {
        return waits;
    }

    /** When it has waited for long enough. */
    long waitsUntil() {
        return waitsSince + around.terms().queue();
    }

    void endWaiting() {
        if (waits) {
            waits = false;
            actions.waits(false);
        }
    }
}
