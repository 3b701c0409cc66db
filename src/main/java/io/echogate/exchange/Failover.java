package io.echogate.exchange;

import io.echogate.model.Failure;
import io.echogate.model.Intent;
import io.echogate.model.Member;
import io.echogate.model.Outcome;
import io.echogate.model.State;
import io.echogate.route.Decision;
import io.echogate.route.Traits;

/** Chooses members for one request after the other and judges every failed attempt. Confined to one thread. */
final class Failover {
    private final Exchange exchange;
    private final Surroundings around;
    private final Actions actions;
    private final Inbound inbound;
    private final Outbound outbound;
    private final Attempts attempts;
    private final Choice choice;
    private final Watchdog watchdog;
    private boolean tunnel;

    Failover(
            Exchange exchange,
            Surroundings around,
            Actions actions,
            Inbound inbound,
            Outbound outbound,
            Attempts attempts) {
        this.exchange = exchange;
        this.around = around;
        this.actions = actions;
        this.inbound = inbound;
        this.outbound = outbound;
        this.attempts = attempts;
        this.choice = new Choice(around, actions, inbound, outbound, attempts);
        this.watchdog = new Watchdog(around, actions, attempts, inbound, outbound);
    }

    void client(String from) {
        choice.client(from);
    }

    Watchdog watchdog() {
        return watchdog;
    }

    Attempts attempts() {
        return attempts;
    }

    Choice choice() {
        return choice;
    }

    /** Goes to the next member, waits for one, or tells the client that there is none. */
    void attempt(long now) {
        Member m = choice.next(now);
        if (m != null) {
            choice.endWaiting();
            attempts.begin(m);
            around.begin(m.index());
            outbound.open(m, false, choice.played(m), now);
        } else if (!choice.crowded()) {
            exchange.conclusion().refuse(Refusal.NOBODY_SERVES, now);
        } else if (!choice.waits(now)) {
            tooMany(now);
        }
    }

    /** There may be room for a request that waits. */
    void roomPerhaps(long now) {
        if (choice.waits()) {
            attempt(now);
        }
    }

    /** There was no room in time, or too many wait for it. */
    void tooMany(long now) {
        choice.endWaiting();
        exchange.conclusion().refuse(attempts.tried().count() == 0 ? Refusal.BUSY : failedHow(), now);
    }

    private Refusal failedHow() {
        return attempts.lastTimedOut() ? Refusal.ATTEMPTS_TIMED_OUT : Refusal.ATTEMPTS_FAILED;
    }

    /** The request is over. */
    void over() {
        choice.endWaiting();
        leave();
        around.budget().end(attempts.spent());
    }

    /** The first attempt, or what has taken its place, is over. */
    void leave() {
        int member = attempts.leave();
        if (member >= 0) {
            around.end(member, !tunnel);
        }
        tunnel = false;
    }

    /** What runs at the member is a tunnel from now on, which may last: it does not count as a request any more. */
    void tunnel() {
        Member m = outbound.member();
        if (m != null) {
            around.seats().leave(m.index());
            tunnel = true;
        }
    }

    /** The one place where a failed attempt is judged; true when the request goes on. */
    boolean failed(Failure.Kind why, long now) {
        Member m = outbound.member();
        exchange.answering().takeBack();
        Failure f = failure(why);
        if (m != null && takesOver(f)) {
            takeOver(m, why, now);
            return true;
        }
        outbound.abandon();
        if (m == null) {
            exchange.conclusion().giveUp(Refusal.PAGE_UNAVAILABLE, now);
            return false;
        }
        boolean doubted = around.newest(m).state() != State.UP;
        Decision d = decision(f, doubted);
        if (d == Decision.SAME_FRESH) {
            again(m, why, now);
            return true;
        }
        book(m, why, now);
        boolean elsewhere = d == Decision.ELSEWHERE && around.someoneLeft(attempts.tried());
        if (elsewhere) {
            sendElsewhere(why, doubted, now);
        } else {
            exchange.hedge().cancel(why, now);
            exchange.conclusion().giveUp(failedHow(), now);
        }
        return elsewhere;
    }

    /**
     * The operator wants nothing to run at that member any longer: what has no byte yet goes elsewhere if that is safe, the
     * rest is cut. True when it was cut.
     */
    boolean evict(int member, long now) {
        Member spare = exchange.hedge().member();
        if (spare != null && spare.index() == member) {
            exchange.hedge().failed(Failure.Kind.DRAINED, now);
        }
        Member m = outbound.member();
        boolean runs = m != null && m.index() == member && outbound.attempt().running();
        return runs && !failed(Failure.Kind.DRAINED, now);
    }

    private Decision decision(Failure f, boolean doubted) {
        boolean room = doubted || around.budget().hasRoom();
        return around.rule().decide(f, traits(), attempts.tried().count(), attempts.refreshed(), room);
    }

    /** In place of a kept connection that is gone; not at a member that is to get nothing new, if another one is left. */
    private void again(Member m, Failure.Kind why, long now) {
        if (around.newest(m).intent() == Intent.READY || !around.someoneLeft(attempts.tried())) {
            attempts.refresh();
            outbound.open(m, true, null, now);
        } else {
            attempts.stale(m, why, now);
            leave();
            sendElsewhere(why, true, now);
        }
    }

    /** The request is on its way to another member already, and may go on there. */
    private boolean takesOver(Failure f) {
        return exchange.hedge().running()
                && f.kind().side() != Failure.Side.CLIENT
                && f.kind() != Failure.Kind.REQUEST_TIMEOUT
                && around.rule().safe(f, traits());
    }

    private void takeOver(Member from, Failure.Kind why, long now) {
        if (outbound.attempt().stale(why)) {
            attempts.stale(from, why, now);
            leave();
        } else {
            book(from, why, now);
        }
        actions.retried(why);
        exchange.hedge().promote();
    }

    private void sendElsewhere(Failure.Kind why, boolean doubted, long now) {
        if (why.budgeted() && !doubted) {
            around.budget().take();
            attempts.spend();
        }
        actions.retried(why);
        attempt(now);
    }

    private void book(Member m, Failure.Kind why, long now) {
        leave();
        if (why.timeout() && !outbound.attempt().seen()) {
            around.loads().waited(m.index(), now - outbound.attempt().since(), now);
        }
        attempts.over(m, why, now);
        if (breaks(why)) {
            around.trials().broke(m, now);
        }
        Outcome outcome = Attempts.evidence(why);
        if (outcome != Outcome.UNSENT && !lostPatience(why)) {
            actions.heard(m, outcome, outbound.attempt().since(), now, why.words());
        }
    }

    /** A member that leaves an unfinished request says as much about the client, who let it wait, as about itself. */
    private boolean lostPatience(Failure.Kind why) {
        return !inbound.complete() && (why == Failure.Kind.RESET || why == Failure.Kind.CUT_SHORT);
    }

    /** It began to answer, or should have, and did not come to the end. */
    private static boolean breaks(Failure.Kind why) {
        return why == Failure.Kind.CUT_SHORT || why == Failure.Kind.STALLED || why == Failure.Kind.BAD_ANSWER;
    }

    private Failure failure(Failure.Kind why) {
        boolean sent = outbound.phase() != Attempt.Phase.CONNECTING;
        return new Failure(
                why,
                sent,
                exchange.answering().begun(),
                outbound.attempt().reused() && !outbound.attempt().seen());
    }

    private Traits traits() {
        return new Traits(repeatable(), inbound.replay().intact());
    }

    private boolean safe(Failure.Kind why) {
        return around.rule().safe(failure(why), traits());
    }

    boolean repeatable() {
        return choice.repeatable();
    }

    /** True when an answer of that status is dropped and the request is on its way to another member. */
    boolean triesElsewhere(int status, long now) {
        Member m = outbound.member();
        if (!Failure.error(status) || m == null) {
            return false;
        }
        Failure f = failure(Failure.Kind.ERROR_STATUS);
        if (takesOver(f)) {
            takeOver(m, Failure.Kind.ERROR_STATUS, now);
            return true;
        }
        if (attempts.errorRetried() || !around.someoneUpLeft(attempts.tried())) {
            return false;
        }
        boolean doubted = around.newest(m).state() != State.UP;
        boolean room = doubted || around.budget().hasRoom();
        if (around.rule().decide(f, traits(), attempts.tried().count(), true, room) != Decision.ELSEWHERE) {
            return false;
        }
        attempts.retryError();
        outbound.abandon();
        book(m, Failure.Kind.ERROR_STATUS, now);
        sendElsewhere(Failure.Kind.ERROR_STATUS, doubted, now);
        return true;
    }

    /** Whoever waits at a doubted member moves to a well one; whoever has half a head, at a convicted one. */
    void fleetChanged(long now) {
        doubtSpare(now);
        Member m = outbound.member();
        if (m == null || exchange.answering().begun()) {
            return;
        }
        State state = around.newest(m).state();
        boolean doubted = state == State.SUSPECT || state == State.DOWN;
        boolean waits = outbound.phase() == Attempt.Phase.CONNECTING
                || (outbound.phase() == Attempt.Phase.WAITING
                        && (!outbound.attempt().seen() || state == State.DOWN));
        boolean somewhere = exchange.hedge().running() || around.someoneUpLeft(attempts.tried());
        if (doubted && waits && somewhere && safe(Failure.Kind.DOUBTED)) {
            failed(Failure.Kind.DOUBTED, now);
        }
    }

    private void doubtSpare(long now) {
        Member spare = exchange.hedge().member();
        if (spare != null && around.newest(spare).state() != State.UP) {
            exchange.hedge().failed(Failure.Kind.DOUBTED, now);
        }
    }
}
