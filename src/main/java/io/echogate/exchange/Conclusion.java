package io.echogate.exchange;

import io.echogate.http.Fault;
import io.echogate.model.Failure;
import io.echogate.model.Member;
import org.jspecify.annotations.Nullable;

/** How one request after the other ends, and in the end the client's connection. Confined to one thread. */
final class Conclusion {
    private final Exchange exchange;
    private final Surroundings around;
    private final Actions actions;
    private boolean active;
    private long startedAt;

    Conclusion(Exchange exchange, Surroundings around, Actions actions) {
        this.exchange = exchange;
        this.around = around;
        this.actions = actions;
    }

    /** A request's head was read. */
    void begin(long now) {
        active = true;
        startedAt = now;
        long number = around.nextRequest();
        exchange.failover().attempts().clear(number, now);
        exchange.answering().reset();
        around.budget().begin();
        exchange.hedge().begin(now);
        actions.begun(number);
    }

    /** No further attempt: says so, or cuts what has begun. */
    void giveUp(Refusal why, long now) {
        if (exchange.answering().headSent()) {
            cutShort(now);
        } else {
            refuse(why, now);
        }
    }

    /** The answer is not all there: the client must see it. */
    private void cutShort(long now) {
        Actions.Ending how = exchange.toClient().cut();
        over(exchange.outbound().member(), now);
        endClient(how, now);
    }

    void refuse(Refusal why, long now) {
        actions.refused(why);
        if (stopAnswering(now)) {
            exchange.answering().refuse(why, now);
            finish(null, now);
        }
    }

    void refuse(@Nullable Fault fault, long now) {
        Fault why = fault == null ? Fault.BAD_REQUEST_LINE : fault;
        actions.refused(why);
        if (stopAnswering(now)) {
            exchange.answering().refuse(why);
            finish(null, now);
        }
    }

    /** Leaves the member; true when an answer of our own can still be given. */
    private boolean stopAnswering(long now) {
        exchange.outbound().abandonForClient(Failure.Kind.CLIENT_FAULT, now);
        exchange.answering().takeBack();
        if (exchange.answering().headSent()) {
            cutShort(now);
            return false;
        }
        return true;
    }

    void tunnelEnded(long now) {
        Member m = exchange.outbound().member();
        exchange.outbound().abandon();
        if (m != null) {
            exchange.failover().attempts().over(m, null, now);
        }
        over(m, now);
        endClient(Actions.Ending.CLOSE, now);
    }

    /** The answer has been written whole. */
    void finish(@Nullable Member member, long now) {
        over(member, now);
        boolean keeps = exchange.answering().keeps();
        exchange.answering().reset();
        if (!exchange.inbound().complete() || (!keeps && exchange.inbound().mayHoldMore())) {
            endClient(Actions.Ending.HALF, now);
        } else if (!keeps
                || (exchange.inbound().hasEnded() && !exchange.inbound().holds())) {
            endClient(Actions.Ending.CLOSE, now);
        } else {
            exchange.deadlines().active(now);
            exchange.inbound().next(now);
        }
    }

    /** Nothing more comes of the request; {@code member} is who answered it. */
    void over(@Nullable Member member, long now) {
        if (active) {
            active = false;
            exchange.hedge().cancel(Failure.Kind.OVERTAKEN, now);
            exchange.failover().over();
            actions.finished(
                    member,
                    exchange.inbound().head(),
                    exchange.answering().status(),
                    now - startedAt,
                    exchange.failover().attempts().tries());
        }
    }

    void endClient(Actions.Ending how, long now) {
        exchange.deadlines().closing(now);
        if (how == Actions.Ending.HALF && !exchange.inbound().hasEnded()) {
            exchange.inbound().discard();
            actions.endClient(how);
        } else {
            exchange.inbound().gone();
            actions.endClient(how == Actions.Ending.HALF ? Actions.Ending.CLOSE : how);
        }
    }
}
