package io.echogate.exchange;

import io.echogate.http.BodyDecoder;
import io.echogate.http.Fields;
import io.echogate.http.Framing;
import io.echogate.http.Progress;
import io.echogate.http.RequestHead;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of an exchange: reads heads and bodies, holds back what comes too early. Confined to one thread.
 *
 * <pre>
 * HEAD → BODY → READ → HEAD …      a request after the other
 *   ↘      ↘      ↘ TUNNEL          after 101
 *     DISCARD → GONE                refused: read on and throw away, so that the answer is not lost to a reset
 * </pre>
 */
final class Inbound {
    /** Where reading stands. */
    enum Phase {
        HEAD,
        BODY,
        READ,
        TUNNEL,
        DISCARD,
        GONE
    }

    private final Exchange exchange;
    private final Actions actions;
    private final Terms terms;
    private final RequestHead head;
    private final BodyDecoder decoder = new BodyDecoder();
    private final Replay replay;
    private Phase phase = Phase.HEAD;
    private @Nullable ByteBuf held;
    private boolean pumping;
    private boolean reading = true;
    private boolean ended;
    private boolean continued;
    private long headSince;
    private long bodyBytes;

    Inbound(Exchange exchange, Actions actions, Terms terms) {
        this.exchange = exchange;
        this.actions = actions;
        this.terms = terms;
        this.head = new RequestHead(terms.head());
        this.replay = new Replay(actions, terms.replayBuffer());
    }

    void take(ByteBuf bytes, long now) {
        if (held == null) {
            pump(bytes, now);
        }
        if (bytes.isReadable() && phase != Phase.GONE) {
            hold(bytes);
        }
        updateReading();
    }

    private void hold(ByteBuf bytes) {
        if (held == null) {
            held = actions.allocate(bytes.readableBytes());
        }
        held.writeBytes(bytes);
    }

    private void pump(ByteBuf bytes, long now) {
        pumping = true;
        boolean goesOn = true;
        while (goesOn && bytes.isReadable()) {
            goesOn = switch (phase) {
                case HEAD -> !exchange.deadlines().clientBlocked() && readHead(bytes, now);
                case BODY -> readBody(bytes, now);
                case READ -> false;
                case TUNNEL -> tunnel(bytes);
                case DISCARD, GONE -> discard(bytes);
            };
        }
        pumping = false;
    }

    private boolean readHead(ByteBuf bytes, long now) {
        if (!head.begun()) {
            headSince = now;
        }
        Progress p = head.feed(bytes);
        if (p == Progress.DONE) {
            begin(now);
        } else if (p == Progress.BAD) {
            exchange.conclusion().refuse(head.fault(), now);
        }
        return p != Progress.MORE;
    }

    private void begin(long now) {
        decoder.start(head.framing(), head.length());
        replay.reset();
        bodyBytes = 0;
        continued = false;
        phase = head.framing() == Framing.NONE ? Phase.READ : Phase.BODY;
        exchange.requestRead(now);
    }

    private boolean readBody(ByteBuf bytes, long now) {
        if (!exchange.outbound().takesBody(replay)) {
            return false;
        }
        for (int n = decoder.next(bytes); n > 0; n = decoder.next(bytes)) {
            bodyBytes += n;
            if (terms.bodyLimit() > 0 && bodyBytes > terms.bodyLimit()) {
                exchange.conclusion().refuse(Refusal.BODY_TOO_LARGE, now);
                return true;
            }
            replay.keep(bytes, n);
            exchange.outbound().body(bytes, n);
        }
        return bodyRead(now);
    }

    private boolean bodyRead(long now) {
        if (decoder.progress() == Progress.BAD) {
            exchange.conclusion().refuse(decoder.fault(), now);
            return true;
        }
        exchange.deadlines().requestRead(now);
        if (decoder.progress() == Progress.DONE) {
            phase = Phase.READ;
        }
        exchange.outbound().bodyRead(complete(), decoder.left(), now);
        return complete();
    }

    /** So much of the body went to the member without being shown. */
    void moved(int bytes, long now) {
        bodyBytes += bytes;
        decoder.passed(bytes);
        bodyRead(now);
    }

    private boolean tunnel(ByteBuf bytes) {
        exchange.outbound().tunnel(bytes);
        return true;
    }

    private static boolean discard(ByteBuf bytes) {
        bytes.skipBytes(bytes.readableBytes());
        return true;
    }

    /** Something has changed: what was held back may go on. */
    void resume(long now) {
        ByteBuf h = held;
        if (!pumping && h != null) {
            held = null;
            pump(h, now);
            if (h.isReadable() && phase != Phase.GONE) {
                held = h;
            } else {
                h.release();
            }
            if (ended && held == null) {
                exchange.ended(now);
            }
        }
        updateReading();
    }

    /** Leaves the client's bytes in the kernel while they have nowhere to go. */
    void updateReading() {
        boolean blocked = (phase == Phase.BODY || phase == Phase.TUNNEL)
                && exchange.outbound().blocked();
        boolean wanted = held == null && !blocked;
        if (wanted != reading && phase != Phase.GONE && !ended) {
            reading = wanted;
            actions.readClient(wanted);
        }
    }

    /** The request is over and answered; the connection goes on. */
    void next(long now) {
        head.reset();
        replay.reset();
        phase = Phase.HEAD;
        headSince = now;
        resume(now);
    }

    void discard() {
        phase = Phase.DISCARD;
        letGo();
        updateReading();
    }

    void tunnel(long now) {
        phase = Phase.TUNNEL;
        boolean behind = holds();
        resume(now);
        if (ended && !behind) {
            actions.endMember();
        }
    }

    void gone() {
        phase = Phase.GONE;
        letGo();
    }

    /** The client is gone: as at the beginning, for another one. */
    void renew() {
        if (phase == Phase.GONE) {
            head.reset();
            phase = Phase.HEAD;
            reading = true;
            ended = false;
        }
    }

    private void letGo() {
        replay.reset();
        if (held != null) {
            held.release();
            held = null;
        }
    }

    void ended() {
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }

    boolean holds() {
        return held != null;
    }

    /** Perhaps the client has sent more than its request: a socket closed on unread bytes resets, answer and all. */
    boolean mayHoldMore() {
        return holds() || pumping;
    }

    /** Between two requests, without a byte of the next one, and the client may go on. */
    boolean idle() {
        return phase == Phase.HEAD && head.empty() && held == null && !pumping && reading && !ended;
    }

    /** The whole request has been read. */
    boolean complete() {
        return phase == Phase.READ;
    }

    Expected expected() {
        if (phase == Phase.READ && !head.keepAlive()) {
            return Expected.NOTHING;
        }
        return phase == Phase.BODY || (phase == Phase.HEAD && head.begun()) ? Expected.REST : Expected.NEXT;
    }

    Phase phase() {
        return phase;
    }

    /** The client sends no body before it has heard from the member or from us (RFC 9110 §10.1.1). */
    boolean awaitsContinue() {
        return phase == Phase.BODY && bodyBytes == 0 && !continued && head.expectsContinue();
    }

    /** True for the first 100 (Continue) that the client gets for this request. */
    boolean continueOnce() {
        boolean first = !continued;
        continued = true;
        return first;
    }

    RequestHead head() {
        return head;
    }

    @Nullable
    Fields trailers() {
        return decoder.trailers();
    }

    Replay replay() {
        return replay;
    }

    long headSince() {
        return headSince;
    }
}
