package io.echogate.exchange;

import io.echogate.exchange.Attempt.Phase;
import io.echogate.http.Framing;
import io.echogate.http.RequestHead;
import io.echogate.model.Failure;
import io.echogate.model.Member;
import io.echogate.model.Outcome;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A second attempt beside a slow first one: the first answer wins, the other attempt is given up without a word against
 * its member. At most one per request, and only for what is idempotent, has no body and asks for no other protocol.
 * Confined to one thread.
 */
public final class Hedge {
    /** How a second attempt ended, for the metrics. */
    public enum End {
        WON,
        LOST,
        FAILED
    }

    private static final int STATUS_AT = 9;
    private static final int STATUS_LINE = 12;

    private final Surroundings around;
    private final Actions actions;
    private final Inbound inbound;
    private final Outbound outbound;
    private final Failover failover;
    private final Terms terms;
    private final Attempt spare = new Attempt();
    private boolean possible;

    Hedge(Surroundings around, Actions actions, Inbound inbound, Outbound outbound, Failover failover) {
        this.around = around;
        this.actions = actions;
        this.inbound = inbound;
        this.outbound = outbound;
        this.failover = failover;
        this.terms = around.terms();
    }

    /** A request was read. */
    void begin(long now) {
        if (terms.hedges()) {
            RequestHead head = inbound.head();
            around.hedges().request(now);
            possible = head.framing() == Framing.NONE && head.verb().idempotent() && !Sending.mayUpgrade(head);
        }
    }

    boolean running() {
        return spare.running();
    }

    /** A second attempt may still become due. */
    boolean waits() {
        Attempt first = outbound.attempt();
        return possible && !first.seen() && first.member() != null;
    }

    /** When: once the first attempt has taken longer than 95 in 100 do at its member, within the configured bounds. */
    long dueAt() {
        Attempt first = outbound.attempt();
        Member m = first.member();
        FirstBytes usual = m == null ? null : around.firstBytes(m);
        long wait = usual == null || !usual.known() ? terms.hedgeCeiling() : usual.p95();
        return first.since() + Math.clamp(wait, terms.hedgeFloor(), terms.hedgeCeiling());
    }

    /** It is due. */
    void due(long now) {
        possible = false;
        Member m = around.hedges().hasRoom(now) ? failover.choice().another(now) : null;
        if (m != null) {
            around.hedges().take(now);
            failover.attempts().beside(m);
            around.begin(m.index());
            spare.open(m, now);
            failover.attempts().opened(m, true, now);
            actions.connectSpare(m);
        }
    }

    boolean connecting() {
        return spare.phase() == Phase.CONNECTING;
    }

    /** When the second attempt must have a connection. */
    long connectBy() {
        return spare.since() + terms.connect();
    }

    void connected(boolean again, long now) {
        Member m = spare.member();
        if (m != null) {
            failover.attempts().connected(m, again, now - spare.since());
        }
        spare.connected(again, now);
        actions.toSpare(outbound.headFor(m));
    }

    /** Bytes of an answer; true when it has won, and they are the first attempt's from now on. */
    boolean wins(ByteBuf bytes, long now) {
        if (error(bytes)) {
            failed(Failure.Kind.ERROR_STATUS, now);
            return false;
        }
        Member slower = outbound.member();
        failover.watchdog().givenUp(now);
        if (slower != null) {
            failover.leave();
            failover.attempts().over(slower, Failure.Kind.OVERTAKEN, now);
        }
        promote();
        return true;
    }

    /** 5xx is worth less than the first attempt's answer may be. */
    private static boolean error(ByteBuf bytes) {
        return bytes.readableBytes() >= STATUS_LINE && bytes.getByte(bytes.readerIndex() + STATUS_AT) == '5';
    }

    /** The first attempt is over or given up: the second one takes its place, as far as it has come. */
    void promote() {
        actions.hedged(End.WON);
        actions.promoteSpare();
        outbound.take(spare);
        Member m = spare.member();
        if (m != null) {
            failover.attempts().become(m);
        }
        spare.phase(Phase.IDLE);
    }

    void failed(Failure.Kind why, long now) {
        Member m = spare.member();
        if (!spare.running() || m == null) {
            return;
        }
        drop(m, End.FAILED);
        if (spare.stale(why)) {
            failover.attempts().stale(m, why, now);
            return;
        }
        failover.attempts().over(m, why, now);
        Outcome outcome = Attempts.evidence(why);
        if (outcome != Outcome.UNSENT) {
            actions.heard(m, outcome, spare.since(), now, why.words());
        }
    }

    void closed(long now) {
        failed(Failure.Kind.RESET, now);
    }

    /** The first attempt has won, or nobody wants an answer any more. */
    void cancel(Failure.Kind why, long now) {
        possible = false;
        Member m = spare.member();
        if (spare.running() && m != null) {
            drop(m, End.LOST);
            failover.attempts().over(m, why, now);
        }
    }

    private void drop(Member m, End how) {
        around.end(m.index(), true);
        spare.phase(Phase.IDLE);
        actions.dropSpare();
        actions.hedged(how);
    }

    /** Whom the second attempt is with, or null. */
    @Nullable
    Member member() {
        return spare.running() ? spare.member() : null;
    }
}
