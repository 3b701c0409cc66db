package io.echogate.exchange;

import io.echogate.http.FieldName;
import io.echogate.http.Fields;
import io.echogate.http.Framing;
import io.echogate.http.RequestHead;
import io.echogate.model.Member;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The request on its way to a member: its head written anew, what was kept of its body, then the rest as it comes.
 * Confined to one thread; begun anew with every attempt.
 */
final class Sending {
    private static final int ROOM = 512;

    private final Actions actions;
    private final Inbound inbound;
    private final Attempts attempts;
    private final RequestWriter writer;
    private final ToMember out;
    private final Lines lines = new Lines();
    private boolean upgrade;

    Sending(Actions actions, Terms terms, Inbound inbound, Attempts attempts) {
        this.attempts = attempts;
        this.actions = actions;
        this.inbound = inbound;
        this.writer = new RequestWriter(terms.proof());
        this.out = new ToMember(actions);
    }

    void client(String from) {
        writer.client(from);
    }

    /** Sends what there is of the request; {@code repeatable} when what is kept of it stays of use. */
    void begin(@Nullable Member member, boolean repeatable) {
        RequestHead head = inbound.head();
        upgrade = mayUpgrade(head);
        Lines b = lines.clear();
        writer.write(b, head, upgrade, member, attempts.id());
        out.start(b.sent(actions, head.framing() == Framing.NONE ? 0 : ROOM), head.framing());
        inbound.replay().writeTo(out);
        goOn(inbound.complete(), repeatable);
    }

    /** Upgrades go through, but for h2c, which would carry requests that nobody here looks at. */
    static boolean mayUpgrade(RequestHead head) {
        return head.asksUpgrade()
                && head.framing() == Framing.NONE
                && head.fields().count(FieldName.UPGRADE) == 1
                && !head.fields().lists(FieldName.UPGRADE, "h2c");
    }

    /** The head of a request without a body, once more and for another member. */
    ByteBuf headFor(@Nullable Member member) {
        RequestHead head = inbound.head();
        Lines b = lines.clear();
        writer.write(b, head, false, member, attempts.id());
        return b.sent(actions, 0);
    }

    void content(ByteBuf in, int n) {
        out.content(in, n);
    }

    /** The bytes at hand are taken, and {@code all} of the body perhaps. */
    void goOn(boolean all, boolean repeatable) {
        inbound.replay().sent(repeatable);
        if (all) {
            out.end(inbound.trailers(), inbound.head().fields());
        } else {
            out.flush();
        }
    }

    /** Has what is left of the body go by itself when it is much and nothing of it is kept to be sent again. */
    void pass(long left) {
        if (!inbound.replay().intact() && out.passes(left)) {
            actions.moveToMember(left);
        }
    }

    void tunnel(ByteBuf bytes) {
        out.raw(bytes.readRetainedSlice(bytes.readableBytes()));
    }

    /** True when the client has asked for the one protocol that the member switches to (RFC 9110 §7.8). */
    boolean asked(Fields answer) {
        return upgrade
                && answer.count(FieldName.UPGRADE) == 1
                && inbound.head().fields().lists(FieldName.UPGRADE, answer.value(answer.first(FieldName.UPGRADE)));
    }

    void discard() {
        out.discard();
    }
}
