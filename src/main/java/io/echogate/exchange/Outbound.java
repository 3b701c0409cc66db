package io.echogate.exchange;

import io.echogate.http.AnswerHead;
import io.echogate.http.BodyDecoder;
import io.echogate.http.Framing;
import io.echogate.http.Progress;
import io.echogate.model.Failure;
import io.echogate.model.Member;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The member's side of an exchange: one attempt after the other, the last one's answer. Confined to one thread. */
final class Outbound {
    /** Where the current attempt stands. */
    enum Phase {
        IDLE,
        CONNECTING,
        /** Sent, or being sent; no final head yet. */
        WAITING,
        ANSWERING,
        TUNNEL
    }

    /** Interim answers (1xx) passed on per request. */
    private static final int MOST_INTERIM = 16;

    private final Exchange exchange;
    private final Actions actions;
    private final AnswerHead answer;
    private final BodyDecoder decoder = new BodyDecoder();
    private final Sending sending;
    private Phase phase = Phase.IDLE;
    private @Nullable Member member;
    private boolean reused;
    private boolean seen;
    private boolean writable = true;
    private int interims;
    private long since;

    Outbound(Exchange exchange, Actions actions, Terms terms, Inbound inbound, String client) {
        this.exchange = exchange;
        this.actions = actions;
        this.answer = new AnswerHead(terms.head());
        this.sending = new Sending(actions, inbound, client);
    }

    /** Begins an attempt; on the page when {@code to} is null. */
    void open(@Nullable Member to, boolean fresh, long now) {
        member = to;
        phase = Phase.CONNECTING;
        since = now;
        seen = false;
        reused = false;
        writable = true;
        if (to == null) {
            actions.connectPage();
        } else {
            actions.connect(to, fresh);
        }
    }

    void connected(boolean again, long now) {
        reused = again;
        if (!again && member != null) {
            actions.connected(member, now - since);
        }
        phase = Phase.WAITING;
        since = now;
        answer.reset();
        sending.begin(member, exchange.failover().repeatable());
        exchange.inbound().resume(now);
    }

    /** True when body bytes have somewhere to go: the member, or the replay buffer until there is one. */
    boolean takesBody(Replay replay) {
        return phase == Phase.CONNECTING ? !replay.full() : phase != Phase.IDLE && writable;
    }

    boolean blocked() {
        return phase != Phase.IDLE && phase != Phase.CONNECTING && !writable;
    }

    void body(ByteBuf in, int n) {
        if (phase == Phase.CONNECTING) {
            in.skipBytes(n);
        } else {
            sending.content(in, n);
        }
    }

    /** The bytes at hand are taken, and {@code all} of the body perhaps. */
    void bodyRead(boolean all, long now) {
        if (phase == Phase.CONNECTING) {
            return;
        }
        sending.goOn(all, exchange.failover().repeatable());
        if (all) {
            since = now;
        }
    }

    void tunnel(ByteBuf bytes) {
        sending.tunnel(bytes);
    }

    void writable(boolean now) {
        writable = now;
    }

    void bytes(ByteBuf bytes, long now) {
        if (!seen && phase == Phase.WAITING) {
            seen = true;
            if (member != null) {
                actions.firstByte(member, now - since, now);
            }
        }
        if (phase == Phase.WAITING) {
            readHead(bytes, now);
        }
        if (phase == Phase.ANSWERING) {
            readBody(bytes, now);
        } else if (phase == Phase.TUNNEL && bytes.isReadable()) {
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
        if (!exchange.failover().triesElsewhere(answer.status(), now)) {
            begin();
        }
        return false;
    }

    private void begin() {
        phase = Phase.ANSWERING;
        Framing framing = answer.framing(exchange.inbound().head().verb());
        decoder.start(framing, answer.length());
        exchange.answering().answer(answer, framing, member);
    }

    /** True when another head follows. */
    private boolean interim(long now) {
        if (answer.status() == 101) {
            return switchProtocols(now);
        }
        if (++interims > MOST_INTERIM) {
            return bad(now);
        }
        exchange.answering().interim(answer);
        answer.reset();
        since = now;
        return true;
    }

    private boolean switchProtocols(long now) {
        if (!sending.asked(answer.fields())) {
            return bad(now);
        }
        phase = Phase.TUNNEL;
        exchange.answering().switched(answer, member);
        exchange.inbound().tunnel(now);
        return false;
    }

    private void readBody(ByteBuf bytes, long now) {
        ToClient out = exchange.toClient();
        for (int n = decoder.next(bytes); n > 0; n = decoder.next(bytes)) {
            out.content(bytes, n);
        }
        if (decoder.progress() == Progress.DONE) {
            complete(
                    !bytes.isReadable()
                            && answer.keepAlive()
                            && exchange.inbound().complete(),
                    now);
        } else if (decoder.progress() == Progress.BAD) {
            exchange.failover().failed(Failure.Kind.CUT_SHORT, now);
        } else {
            out.flush();
        }
    }

    private void complete(boolean clean, long now) {
        phase = Phase.IDLE;
        exchange.toClient().end(decoder.trailers(), answer.fields());
        if (clean) {
            actions.release();
        } else {
            sending.discard();
            actions.drop();
        }
        if (member != null) {
            actions.attempted(member, null);
        }
        exchange.finish(member, now);
    }

    /** The member's connection is gone. */
    void closed(boolean reset, long now) {
        switch (phase) {
            case IDLE, CONNECTING -> {}
            case WAITING -> exchange.failover().failed(Failure.Kind.RESET, now);
            case ANSWERING -> {
                if (!reset && decoder.close()) {
                    complete(false, now);
                } else {
                    exchange.failover().failed(Failure.Kind.CUT_SHORT, now);
                }
            }
            case TUNNEL -> exchange.tunnelEnded(now);
        }
    }

    /** The client's socket takes bytes, or has too many to write. */
    void clientWritable(boolean takes) {
        if (phase == Phase.ANSWERING || phase == Phase.TUNNEL) {
            actions.readMember(takes);
        }
    }

    /** Gives the attempt up because of what the client did. */
    void abandonForClient() {
        if (phase != Phase.IDLE && member != null) {
            actions.attempted(member, Failure.Kind.CLIENT_FAULT);
        }
        abandon();
    }

    /** Gives the attempt up without a word to anybody. */
    void abandon() {
        if (phase != Phase.IDLE) {
            phase = Phase.IDLE;
            sending.discard();
            actions.drop();
        }
    }

    void reset() {
        member = null;
        interims = 0;
    }

    Phase phase() {
        return phase;
    }

    @Nullable
    Member member() {
        return member;
    }

    boolean reused() {
        return reused;
    }

    /** A byte of the current attempt's answer has come. */
    boolean seen() {
        return seen;
    }

    /** When connecting began, or the request was sent, or the newest interim answer came. */
    long since() {
        return since;
    }
}
