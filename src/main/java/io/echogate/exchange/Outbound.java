package io.echogate.exchange;

import io.echogate.exchange.Attempt.Phase;
import io.echogate.http.AnswerHead;
import io.echogate.http.BodyDecoder;
import io.echogate.http.Framing;
import io.echogate.http.Progress;
import io.echogate.model.Drill;
import io.echogate.model.Failure;
import io.echogate.model.Member;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The member's side of an exchange: one attempt after the other, the last one's answer. Confined to one thread. */
final class Outbound {
    /** Interim answers (1xx) passed on per request. */
    private static final int MOST_INTERIM = 16;

    private final Exchange exchange;
    private final Actions actions;
    private final AnswerHead answer;
    private final BodyDecoder decoder = new BodyDecoder();
    private final Attempts attempts;
    private final Sending sending;
    private final Attempt attempt = new Attempt();
    private boolean writable = true;
    private int interims;

    Outbound(Exchange exchange, Actions actions, Terms terms, Inbound inbound, Attempts attempts) {
        this.exchange = exchange;
        this.actions = actions;
        this.attempts = attempts;
        this.answer = new AnswerHead(terms.head());
        this.sending = new Sending(actions, terms, inbound, attempts);
    }

    void client(String from) {
        sending.client(from);
    }

    /**
     * Begins an attempt; on the page when {@code to} is null.
     *
     * @param played how the member is to seem to fail; null: in earnest
     */
    void open(@Nullable Member to, boolean fresh, Drill.@Nullable Mode played, long now) {
        attempt.open(to, now);
        writable = true;
        if (to == null) {
            actions.connectPage();
            return;
        }
        attempts.opened(to, false, now);
        if (played != null) {
            actions.play(to, played);
        } else if (actions.connect(to, fresh)) {
            connected(true, now);
        }
    }

    void connected(boolean again, long now) {
        Member to = attempt.member();
        if (to != null) {
            attempts.connected(to, again, now - attempt.since());
        }
        attempt.connected(again, now);
        answer.reset();
        sending.begin(to, exchange.failover().repeatable());
        exchange.inbound().resume(now);
    }

    /** True when body bytes have somewhere to go: the member, or the replay buffer until there is one. */
    boolean takesBody(Replay replay) {
        return attempt.phase() == Phase.CONNECTING ? !replay.full() : attempt.phase() != Phase.IDLE && writable;
    }

    boolean blocked() {
        return attempt.phase() != Phase.IDLE && attempt.phase() != Phase.CONNECTING && !writable;
    }

    void body(ByteBuf in, int n) {
        if (attempt.phase() == Phase.CONNECTING) {
            in.skipBytes(n);
        } else {
            sending.content(in, n);
        }
    }

    /** The bytes at hand are taken, and {@code all} of the body perhaps; else so much is known to be left of it. */
    void bodyRead(boolean all, long left, long now) {
        if (attempt.phase() == Phase.CONNECTING) {
            return;
        }
        sending.goOn(all, exchange.failover().repeatable());
        if (all) {
            attempt.since(now);
        } else {
            sending.pass(left);
        }
    }

    void tunnel(ByteBuf bytes) {
        sending.tunnel(bytes);
    }

    void writable(boolean now) {
        writable = now;
    }

    void bytes(ByteBuf bytes, long now) {
        if (!attempt.seen() && attempt.phase() == Phase.WAITING) {
            attempt.see();
            exchange.failover().watchdog().firstByte(attempt, now);
        }
        if (attempt.phase() == Phase.WAITING) {
            readHead(bytes, now);
        }
        if (attempt.phase() == Phase.ANSWERING) {
            readBody(bytes, now);
        } else if (attempt.phase() == Phase.TUNNEL && bytes.isReadable()) {
            exchange.toClient().raw(bytes.readRetainedSlice(bytes.readableBytes()));
        }
    }

    /**
     * Reads heads up to the final one. Leaves at once when the attempt is over: the next one may be connected already.
     */
    private void readHead(ByteBuf bytes, long now) {
        boolean interim = true;
        while (interim && bytes.isReadable()) {
            interim = switch (answer.feed(bytes)) {
                case MORE -> false;
                case BAD -> bad(now);
                case DONE -> answer.status() < 200 ? interim(now) : last(now);
            };
        }
    }

    private boolean bad(long now) {
        exchange.failover().failed(Failure.Kind.BAD_ANSWER, now);
        return false;
    }

    private boolean last(long now) {
        if (exchange.failover().triesElsewhere(answer.status(), now)) {
            return false;
        }
        exchange.hedge().cancel(Failure.Kind.OVERTAKEN, now);
        attempt.phase(Phase.ANSWERING);
        if (exchange.failover().choice().mistrusts(now)) {
            exchange.toClient().hold();
        }
        Framing framing = answer.framing(exchange.inbound().head().verb());
        decoder.start(framing, answer.length());
        exchange.answering().answer(answer, framing, attempt.member(), now);
        return false;
    }

    /** True when another head follows. */
    private boolean interim(long now) {
        if (answer.status() == 101) {
            return switchProtocols(now);
        }
        if (++interims > MOST_INTERIM) {
            return bad(now);
        }
        exchange.hedge().cancel(Failure.Kind.OVERTAKEN, now);
        exchange.answering().interim(answer);
        answer.reset();
        attempt.since(now);
        return true;
    }

    private boolean switchProtocols(long now) {
        if (!sending.asked(answer.fields())) {
            return bad(now);
        }
        exchange.hedge().cancel(Failure.Kind.OVERTAKEN, now);
        attempt.phase(Phase.TUNNEL);
        exchange.failover().tunnel();
        exchange.answering().switched(answer, attempt.member(), now);
        exchange.inbound().tunnel(now);
        return false;
    }

    private void readBody(ByteBuf bytes, long now) {
        ToClient out = exchange.toClient();
        for (int n = decoder.next(bytes); n > 0; n = decoder.next(bytes)) {
            out.content(bytes, n);
        }
        if (decoder.progress() == Progress.DONE) {
            complete(!bytes.isReadable(), now);
        } else if (decoder.progress() == Progress.BAD) {
            exchange.failover().failed(Failure.Kind.CUT_SHORT, now);
        } else {
            out.flush();
            if (out.passes(decoder.left())) {
                actions.moveToClient(decoder.left());
            }
        }
    }

    /** So much of the answer's body went to the client without being shown. */
    void moved(int bytes, long now) {
        if (decoder.passed(bytes)) {
            complete(true, now);
        }
    }

    /** @param whole nothing came behind the answer, nor did the connection end it */
    private void complete(boolean whole, long now) {
        boolean clean = whole && answer.keepAlive() && exchange.inbound().complete();
        attempt.phase(Phase.IDLE);
        exchange.toClient().end(decoder.trailers(), answer.fields());
        exchange.toClient().release();
        if (clean) {
            actions.release();
        } else {
            sending.discard();
            actions.drop();
        }
        Member m = attempt.member();
        if (m != null) {
            attempts.over(m, null, now);
        }
        exchange.conclusion().finish(m, now);
    }

    /** The member's connection is gone. */
    void closed(boolean reset, long now) {
        switch (attempt.phase()) {
            case IDLE, CONNECTING -> {}
            case WAITING -> exchange.failover().failed(Failure.Kind.RESET, now);
            case ANSWERING -> {
                if (!reset && decoder.close()) {
                    complete(false, now);
                } else {
                    exchange.failover().failed(Failure.Kind.CUT_SHORT, now);
                }
            }
            case TUNNEL -> exchange.conclusion().tunnelEnded(now);
        }
    }

    /** The client's socket takes bytes, or has too many to write. */
    void clientWritable(boolean takes) {
        if (attempt.phase() == Phase.ANSWERING || attempt.phase() == Phase.TUNNEL) {
            actions.readMember(takes);
        }
    }

    /** The head of a request without a body, for a second attempt on that member. */
    ByteBuf headFor(@Nullable Member m) {
        return sending.headFor(m);
    }

    /** Goes on with an attempt that was begun beside this one. */
    void take(Attempt other) {
        sending.discard();
        attempt.become(other);
        writable = true;
        answer.reset();
    }

    /** Gives the attempt up because of what the client did; a tunnel may be ended by either side. */
    void abandonForClient(Failure.Kind why, long now) {
        Member m = attempt.member();
        if (attempt.running() && m != null) {
            attempts.over(m, attempt.phase() == Phase.TUNNEL ? null : why, now);
        }
        abandon();
    }

    /** Gives the attempt up without a word to anybody. */
    void abandon() {
        if (attempt.phase() != Phase.IDLE) {
            attempt.phase(Phase.IDLE);
            sending.discard();
            actions.drop();
        }
    }

    void reset() {
        attempt.clear();
        interims = 0;
    }

    Attempt attempt() {
        return attempt;
    }

    Phase phase() {
        return attempt.phase();
    }

    @Nullable
    Member member() {
        return attempt.member();
    }
}
