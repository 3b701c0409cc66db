package io.echogate.exchange;

import io.echogate.http.AnswerHead;
import io.echogate.http.BodyDecoder;
import io.echogate.http.Framing;
import io.echogate.http.Progress;
import io.echogate.model.Failure;
import io.echogate.model.Member;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
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

    private static final int HEAD_ROOM = 512;

    private final Exchange exchange;
    private final Actions actions;
    private final AnswerHead answer;
    private final BodyDecoder decoder = new BodyDecoder();
    private final RequestWriter writer;
    private final ToMember toMember;
    private Phase phase = Phase.IDLE;
    private @Nullable Member member;
    private boolean reused;
    private boolean seen;
    private boolean writable = true;
    private boolean upgrade;
    private int interims;
    private long since;

    Outbound(Exchange exchange, Actions actions, Terms terms, String client) {
        this.exchange = exchange;
        this.actions = actions;
        this.answer = new AnswerHead(terms.head());
        this.writer = new RequestWriter(client);
        this.toMember = new ToMember(actions);
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
        send();
        exchange.inbound().resume(now);
    }

    private void send() {
        Inbound in = exchange.inbound();
        upgrade = in.mayUpgrade();
        ByteBuf out = actions.allocate(in.head().fields().count() * 64 + HEAD_ROOM);
        writer.write(out, in.head(), upgrade, fallbackHost());
        toMember.start(out, in.head().framing());
        in.replay().writeTo(toMember);
        in.replay().sent(exchange.failover().repeatable());
        if (in.complete()) {
            toMember.end();
        } else {
            toMember.flush();
        }
    }

    /** Host for a request of HTTP/1.0 that has none. */
    private String fallbackHost() {
        InetSocketAddress a = member == null ? null : member.address();
        return a == null ? "localhost" : a.getHostString() + ":" + a.getPort();
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
            toMember.content(in, n);
        }
    }

    /** The bytes at hand are taken, and {@code all} of the body perhaps. */
    void bodyRead(boolean all, long now) {
        if (phase == Phase.CONNECTING) {
            return;
        }
        exchange.inbound().replay().sent(exchange.failover().repeatable());
        if (all) {
            toMember.end();
            since = now;
        } else {
            toMember.flush();
        }
    }

    void tunnel(ByteBuf bytes) {
        toMember.raw(bytes.readRetainedSlice(bytes.readableBytes()));
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
        if (!upgrade) {
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
        exchange.toClient().end();
        if (clean) {
            actions.release();
        } else {
            toMember.discard();
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

    /** Gives the attempt up without a word to anybody. */
    void abandon() {
        if (phase != Phase.IDLE) {
            phase = Phase.IDLE;
            toMember.discard();
            actions.drop();
        }
    }

    void reset() {
        member = null;
        interims = 0;
        upgrade = false;
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
