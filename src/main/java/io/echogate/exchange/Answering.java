package io.echogate.exchange;

import io.echogate.http.AnswerHead;
import io.echogate.http.Fault;
import io.echogate.http.FieldName;
import io.echogate.http.Fields;
import io.echogate.http.Framing;
import io.echogate.http.RequestHead;
import io.echogate.http.Verb;
import io.echogate.model.Member;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes what the client gets, a member's answer or our own, and remembers how far that went. Confined to one thread. */
final class Answering {
    /** For a small body of unknown length. */
    private static final int ROOM = 512;

    /** A body up to this length is sent with its head. */
    private static final int SMALL = 4 * 1024;

    /** Names the protocols in a field of this hop, which is ours to say again (RFC 9110 §15.5.22). */
    private static final int UPGRADE_REQUIRED = 426;

    private static final byte[] CONTINUE = Text.bytes("HTTP/1.1 100 Continue\r\n\r\n");
    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final String READ_ONLY = "GET, HEAD";

    private final Surroundings around;
    private final Actions actions;
    private final ToClient toClient;
    private final Inbound inbound;
    private final Attempts attempts;
    private final Lines lines = new Lines();
    private boolean interimSent;
    private boolean headSent;
    private boolean keeps;
    private int status;

    Answering(Surroundings around, Actions actions, ToClient toClient, Inbound inbound, Attempts attempts) {
        this.around = around;
        this.actions = actions;
        this.toClient = toClient;
        this.inbound = inbound;
        this.attempts = attempts;
    }

    void reset() {
        interimSent = false;
        headSent = false;
        keeps = false;
        status = 0;
    }

    /** Begins a member's answer; the body follows through {@link ToClient}. */
    void answer(AnswerHead head, Framing framing, @Nullable Member m, long now) {
        RequestHead request = inbound.head();
        Framing out = forClient(framing, request.minor());
        headSent = true;
        status = head.status();
        keeps = mayKeep() && out != Framing.UNTIL_CLOSE;
        Lines b = lines.clear();
        AnswerWriter.begin(b, head, out == Framing.CHUNKED);
        if (!head.fields().has(FieldName.DATE)) {
            b.add(around.date());
        }
        AnswerWriter.framing(b, head, out);
        AnswerWriter.proof(b, proof(m), attempts);
        explain(b, now);
        mark(b, m);
        if (status == UPGRADE_REQUIRED) {
            AnswerWriter.upgrade(b, head);
        }
        AnswerWriter.persistence(b, keeps, request.minor());
        b.add(Text.CRLF);
        toClient.start(b.sent(actions, roomFor(out, head.length())), out);
    }

    private static int roomFor(Framing framing, long length) {
        return framing == Framing.LENGTH && length <= SMALL ? (int) length : ROOM;
    }

    private boolean mayKeep() {
        return inbound.complete() && inbound.head().keepAlive() && !around.draining();
    }

    /** Chunks make the end visible and the connection usable again, wherever the client knows them. */
    private static Framing forClient(Framing framing, int minor) {
        return switch (framing) {
            case NONE, LENGTH -> framing;
            case CHUNKED, UNTIL_CLOSE -> minor > 0 ? Framing.CHUNKED : Framing.UNTIL_CLOSE;
        };
    }

    private void mark(Lines b, @Nullable Member m) {
        if (m != null) {
            b.add(around.policy().mark(inbound.head(), m));
        }
    }

    /** Says who was tried, and why that was not enough, to a client that wants to know. */
    private void explain(Lines b, long now) {
        if (around.terms().proof() && inbound.head().fields().has(FieldName.ECHOGATE_EXPLAIN)) {
            AnswerWriter.tries(b, attempts.tries().told(now));
        }
    }

    private byte @Nullable [] proof(@Nullable Member m) {
        return m != null && around.terms().proof() ? around.proof(m) : null;
    }

    /**
     * Passes an interim answer on (RFC 9110 §15.2); HTTP/1.0 knows none. One 100 is enough, and promises nothing: the
     * request may still go elsewhere.
     */
    void interim(AnswerHead head) {
        if (inbound.head().minor() == 0 || (head.status() == 100 && !inbound.continueOnce())) {
            return;
        }
        interimSent |= head.status() != 100;
        Lines b = lines.clear();
        AnswerWriter.begin(b, head, false);
        b.add(Text.CRLF);
        toClient.raw(b.sent(actions, 0));
    }

    /** Lets the client send its body although the member has not asked for it: some never do. */
    void encourage() {
        if (inbound.continueOnce()) {
            toClient.raw(actions.allocate(CONTINUE.length).writeBytes(CONTINUE));
        }
    }

    /** Passes 101 on; what follows is a tunnel. */
    void switched(AnswerHead head, @Nullable Member m, long now) {
        headSent = true;
        status = head.status();
        Lines b = lines.clear();
        AnswerWriter.begin(b, head, false);
        AnswerWriter.upgrade(b, head);
        AnswerWriter.proof(b, proof(m), attempts);
        explain(b, now);
        mark(b, m);
        b.add(Text.CRLF);
        toClient.raw(b.sent(actions, 0));
    }

    /** Refuses what could not be understood; the connection ends. */
    void refuse(Fault why) {
        String words = why.words() + "\n";
        own(
                around.date(),
                why.status(),
                reason(why.status()),
                false,
                "",
                words.getBytes(StandardCharsets.UTF_8),
                false);
    }

    /** Refuses a request that was understood. */
    void refuse(Refusal why, long now) {
        boolean json = wantsJson(inbound.head().fields());
        own(lines(now), why.status(), why.reason(), json, allow(why), body(why, json), mayKeep() && !connects());
    }

    private static String allow(Refusal why) {
        return switch (why) {
            case METHOD, LAST_HOP -> METHODS;
            case PAGE_IS_READ_ONLY -> READ_ONLY;
            default -> "";
        };
    }

    /** What follows a CONNECT may be meant for the tunnel, not for us. */
    private boolean connects() {
        return inbound.head().verb() == Verb.CONNECT;
    }

    private byte[] body(Refusal why, boolean json) {
        return switch (why) {
            case NOBODY_SERVES ->
                json
                        ? around.nobodyServes().json(around.fleet())
                        : around.nobodyServes().text(around.fleet());
            case ATTEMPTS_FAILED, ATTEMPTS_TIMED_OUT ->
                json ? attempts.tries().json(why.status()) : attempts.tries().text();
            case LAST_HOP,
                    METHOD,
                    PAGE_IS_READ_ONLY,
                    HEAD_TIMEOUT,
                    BODY_TIMEOUT,
                    BODY_TOO_LARGE,
                    SLOW_READER,
                    BUSY,
                    PAGE_UNAVAILABLE -> plain(why, json).getBytes(StandardCharsets.UTF_8);
        };
    }

    private static String plain(Refusal why, boolean json) {
        return json
                ? "{\"status\":" + why.status() + ",\"error\":" + NobodyServes.Json.quoted(why.words()) + "}\n"
                : why.words() + "\n";
    }

    /** The date, and what proves a request that was understood. */
    private byte[] lines(long now) {
        if (!around.terms().proof()) {
            return around.date();
        }
        Lines b = lines.clear();
        b.add(around.date());
        AnswerWriter.id(b, attempts.id());
        explain(b, now);
        return b.copy();
    }

    private void own(byte[] first, int code, String reason, boolean json, String allow, byte[] body, boolean mayKeep) {
        RequestHead request = inbound.head();
        headSent = true;
        keeps = mayKeep;
        status = code;
        Lines b = lines.clear();
        boolean bodiless = request.verb() == Verb.HEAD;
        OwnAnswer.write(b, first, bodiless, request.minor(), code, reason, json, allow, body, mayKeep);
        toClient.raw(b.sent(actions, 0));
    }

    /** JSON when {@code Accept} names it before any text. */
    private static boolean wantsJson(Fields f) {
        int accept = f.first(FieldName.ACCEPT);
        if (accept < 0) {
            return false;
        }
        String value = f.value(accept).toLowerCase(Locale.ROOT);
        int json = value.indexOf("json");
        int text = value.indexOf("text/");
        return json >= 0 && (text < 0 || json < text);
    }

    private static String reason(int status) {
        return switch (status) {
            case 414 -> "URI Too Long";
            case 431 -> "Request Header Fields Too Large";
            case 501 -> "Not Implemented";
            case 505 -> "HTTP Version Not Supported";
            default -> "Bad Request";
        };
    }

    /** Takes back an answer of which nothing has gone to the client yet. */
    void takeBack() {
        if (toClient.holding()) {
            toClient.discard();
            headSent = false;
            keeps = false;
            status = 0;
        }
    }

    /** A byte of an answer has gone to the client. */
    boolean begun() {
        return interimSent || (headSent && !toClient.holding());
    }

    /** A final head has gone to the client. */
    boolean headSent() {
        return headSent;
    }

    /** The client was told that the connection stays. */
    boolean keeps() {
        return keeps;
    }

    /** Of the final head that went to the client, or 0. */
    int status() {
        return status;
    }
}
