package io.echogate.exchange;

import io.echogate.http.Fault;
import io.echogate.model.Failure;
import io.netty.buffer.ByteBuf;

/**
 * A client connection's exchanges, one after the other, as a state machine: bytes and events in through the public
 * methods, bytes and actions out through {@link Actions}. Confined to one thread, which calls it with the current
 * monotonic time. {@link Inbound} is the client's side, {@link Outbound} the member's; here is what joins them:
 * choosing, failing over, answering, time.
 */
public final class Exchange {
    private final Actions actions;
    private final Terms terms;
    private final Inbound inbound;
    private final Outbound outbound;
    private final ToClient toClient;
    private final Answering answering;
    private final Failover failover;
    private final Hedge hedge;
    private final Deadlines deadlines;
    private final Conclusion conclusion;

    /**
     * Begins with a fresh client connection.
     *
     * @param client the client's address as text, IPv6 without brackets
     */
    public Exchange(Surroundings around, Actions actions, String client, long now) {
        this.actions = actions;
        this.terms = around.terms();
        this.toClient = new ToClient(actions);
        this.inbound = new Inbound(this, actions, terms);
        Attempts attempts = new Attempts(actions, around.seats());
        this.outbound = new Outbound(this, actions, terms, inbound, attempts);
        this.answering = new Answering(around, actions, toClient, inbound, attempts);
        this.failover = new Failover(this, around, actions, inbound, outbound, attempts);
        this.hedge = new Hedge(around, actions, inbound, outbound, failover);
        this.deadlines = new Deadlines(terms, inbound, outbound, failover, hedge, toClient, now);
        this.conclusion = new Conclusion(this, around, actions);
        take(client, now);
    }

    /**
     * True between two requests, with nothing held, sent or asked for: of its client the exchange knows only the address then.
     */
    public boolean idle() {
        return inbound.idle() && !outbound.attempt().running() && !hedge.running() && !deadlines.clientBlocked();
    }

    /**
     * Goes over to another client, as idle as the last one: a connection without a request needs no exchange of its own.
     *
     * @param client as at the beginning
     * @param since when the last byte moved
     */
    public void take(String client, long since) {
        if (!idle()) {
            throw new IllegalStateException("in use");
        }
        outbound.client(client);
        failover.client(client);
        deadlines.active(since);
    }

    /**
     * Makes an exchange whose client is gone as good as new, so that a client which comes for one request costs no more than
     * one that stays; false when something still runs or is held, and the exchange is of no more use.
     */
    public boolean renew() {
        inbound.renew();
        deadlines.clientBlocked(false);
        return idle();
    }

    /** Bytes from the client; what is not taken is copied. Says what is to come of it now. */
    public Expected clientBytes(ByteBuf bytes, long now) {
        deadlines.active(now);
        inbound.take(bytes, now);
        return inbound.expected();
    }

    /** Bytes of the request's body went to the member without being shown: {@link Actions#moveToMember}. */
    public void clientMoved(int bytes, long now) {
        deadlines.active(now);
        inbound.moved(bytes, now);
    }

    /** The client will send no more; it may still wait for its answer. */
    public void clientEnded(long now) {
        inbound.ended();
        if (!inbound.holds()) {
            ended(now);
        }
    }

    /** All that the client sent before it ended is taken. */
    void ended(long now) {
        switch (inbound.phase()) {
            case HEAD, DISCARD -> conclusion.endClient(Actions.Ending.CLOSE, now);
            case BODY -> {
                if (outbound.phase() != Attempt.Phase.ANSWERING) {
                    conclusion.refuse(Fault.CUT_BODY, now);
                }
            }
            case TUNNEL -> actions.endMember();
            case READ, GONE -> {}
        }
    }

    /** The client's connection is gone. */
    public void clientClosed(long now) {
        failover.watchdog().givenUp(now);
        outbound.abandonForClient(Failure.Kind.CLIENT_GONE, now);
        hedge.cancel(Failure.Kind.CLIENT_GONE, now);
        inbound.gone();
        toClient.discard();
        conclusion.over(null, now);
    }

    /** The client's socket takes bytes, or has too many to write. */
    public void clientWritable(boolean writable, long now) {
        deadlines.active(now);
        deadlines.clientBlocked(!writable);
        outbound.clientWritable(writable);
        if (writable) {
            inbound.resume(now);
        }
    }

    /** The connection asked for is there; {@code reused} when it has carried a request before. */
    public void memberConnected(boolean reused, long now) {
        outbound.connected(reused, now);
    }

    /** The connection asked for is not to be had. */
    public void memberFailed(Failure.Kind why, long now) {
        failover.failed(why, now);
    }

    /** Bytes from the member; what is not taken is copied or dropped. */
    public void memberBytes(ByteBuf bytes, long now) {
        deadlines.active(now);
        outbound.bytes(bytes, now);
    }

    /** Bytes of the answer's body went to the client without being shown: {@link Actions#moveToClient}. */
    public void memberMoved(int bytes, long now) {
        deadlines.active(now);
        outbound.moved(bytes, now);
    }

    /** The member's connection is gone, by a reset or in order. */
    public void memberClosed(boolean reset, long now) {
        outbound.closed(reset, now);
    }

    /** The second connection asked for is there; {@code reused} when it has carried a request before. */
    public void spareConnected(boolean reused, long now) {
        hedge.connected(reused, now);
    }

    /** The second connection asked for is not to be had. */
    public void spareFailed(Failure.Kind why, long now) {
        hedge.failed(why, now);
    }

    /** Bytes from the second connection; what is not taken is copied or dropped. */
    public void spareBytes(ByteBuf bytes, long now) {
        if (hedge.wins(bytes, now)) {
            memberBytes(bytes, now);
        }
    }

    /** The second connection is gone. */
    public void spareClosed(long now) {
        hedge.closed(now);
    }

    /** The member's socket takes bytes, or has too many to write. */
    public void memberWritable(boolean writable, long now) {
        deadlines.active(now);
        outbound.writable(writable);
        if (writable) {
            inbound.resume(now);
        } else {
            inbound.updateReading();
        }
    }

    /** A newer snapshot is in {@link Surroundings}: whoever waits at a doubted member moves to a well one. */
    public void fleetChanged(long now) {
        failover.fleetChanged(now);
    }

    /** Nothing is to run any longer at the member of that index; true when something that did was cut. */
    public boolean evict(int member, long now) {
        return failover.evict(member, now);
    }

    /** A member may have room: looks whether the request that waits, if there is one, can go. */
    public void roomPerhaps(long now) {
        failover.roomPerhaps(now);
    }

    /** Finishes what runs and takes nothing new; {@link Surroundings#drain} has been called. */
    public void drain(long now) {
        if (inbound.phase() == Inbound.Phase.HEAD && !inbound.head().begun()) {
            conclusion.endClient(Actions.Ending.CLOSE, now);
        } else if (inbound.phase() == Inbound.Phase.TUNNEL && outbound.member() == null) {
            conclusion.tunnelEnded(now);
        }
    }

    /** When {@link #timeIsUp} wants to be called, in monotonic nanoseconds; may move with every event. */
    public long deadline() {
        return deadlines.next();
    }

    /** Its deadline has passed. */
    public void timeIsUp(long now) {
        switch (deadlines.due(now)) {
            case NOTHING -> {}
            case CLOSE_IDLE -> abort(now);
            case CLOSE_SLOW_READER -> {
                actions.refused(Refusal.SLOW_READER);
                abort(now);
            }
            case END_LINGER -> conclusion.endClient(Actions.Ending.CLOSE, now);
            case FORCE -> actions.endClient(Actions.Ending.RESET);
            case HEAD_LATE -> conclusion.refuse(Refusal.HEAD_TIMEOUT, now);
            case BODY_LATE -> conclusion.refuse(Refusal.BODY_TIMEOUT, now);
            case CONTINUE_LATE -> answering.encourage();
            case CONNECT_LATE -> failover.failed(Failure.Kind.CONNECT_TIMEOUT, now);
            case OVERDUE -> failover.watchdog().overdue(now);
            case HEDGE -> hedge.due(now);
            case SPARE_LATE -> hedge.failed(Failure.Kind.CONNECT_TIMEOUT, now);
            case FIRST_BYTE_LATE -> failover.failed(Failure.Kind.FIRST_BYTE_TIMEOUT, now);
            case QUEUE_LATE -> failover.tooMany(now);
            case REQUEST_LATE -> failover.failed(Failure.Kind.REQUEST_TIMEOUT, now);
            case RELEASE -> toClient.release();
            case ANSWER_STALLED -> failover.failed(Failure.Kind.STALLED, now);
        }
    }

    private void abort(long now) {
        boolean idle = inbound.phase() == Inbound.Phase.HEAD;
        clientClosed(now);
        deadlines.closing(now);
        actions.endClient(idle ? Actions.Ending.CLOSE : Actions.Ending.RESET);
    }

    void requestRead(long now) {
        outbound.reset();
        conclusion.begin(now);
        deadlines.requestRead(now);
        boolean page = terms.page() && Reserved.covers(inbound.head());
        Refusal why = Admission.refusal(inbound.head(), terms.bodyLimit(), page);
        if (why != null) {
            conclusion.refuse(why, now);
        } else if (page) {
            outbound.open(null, false, null, now);
        } else {
            failover.attempt(now);
        }
    }

    Hedge hedge() {
        return hedge;
    }

    Conclusion conclusion() {
        return conclusion;
    }

    Inbound inbound() {
        return inbound;
    }

    Deadlines deadlines() {
        return deadlines;
    }

    Answering answering() {
        return answering;
    }

    Failover failover() {
        return failover;
    }

    Outbound outbound() {
        return outbound;
    }

    ToClient toClient() {
        return toClient;
    }
}
