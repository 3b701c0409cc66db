package io.echogate.exchange;

import io.echogate.http.FieldName;
import io.echogate.http.Fields;
import io.echogate.http.Framing;
import io.echogate.http.RequestHead;
import io.echogate.http.RequestTarget;
import io.echogate.http.Verb;
import io.echogate.model.Member;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Writes a request's head anew for a member, from what was parsed: fields of one hop removed (RFC 9110 §7.6.1), fields
 * of forwarding added. Nothing that framing depends on is copied. Confined to one thread; reused.
 */
final class RequestWriter {
    private static final byte[] HTTP_1_1_LINE = Text.bytes(" HTTP/1.1\r\n");
    private static final byte[] HOST = Text.bytes("Host: ");
    private static final byte[] LENGTH = Text.bytes("Content-Length: ");
    private static final byte[] CHUNKED = Text.bytes("Transfer-Encoding: chunked");
    private static final byte[] MAX_FORWARDS = Text.bytes("Max-Forwards: ");
    private static final byte[] UPGRADE = Text.bytes("Connection: upgrade\r\nUpgrade: ");
    private static final byte[] UPGRADE_AND_TE = Text.bytes("TE: trailers\r\nConnection: TE, upgrade\r\nUpgrade: ");
    private static final byte[] TE = Text.bytes("TE: trailers\r\nConnection: TE");
    private static final byte[] VIA_1_1 = Text.bytes("Via: 1.1 echogate");
    private static final byte[] VIA_1_0 = Text.bytes("Via: 1.0 echogate");
    private static final byte[] FOR = Text.bytes("X-Forwarded-For: ");
    private static final byte[] PROTO_AND_HOST = Text.bytes("X-Forwarded-Proto: http\r\nX-Forwarded-Host: ");
    private static final byte[] PROTO = Text.bytes("X-Forwarded-Proto: http");
    private static final byte[] FOR_NODE = Text.bytes("for=");
    private static final byte[] FOR_IPV6 = Text.bytes("for=\"[");
    private static final byte[] IPV6_END = Text.bytes("]\"");
    private static final byte[] FORWARDED = Text.bytes("Forwarded: ");
    private static final byte[] FORWARDED_HOST = Text.bytes(";host=\"");
    private static final byte[] FORWARDED_PROTO = Text.bytes(";proto=http");

    private final boolean numbers;
    private String client = "";
    private boolean six;

    /** @param numbers members are told requests' numbers, for their own logs */
    RequestWriter(boolean numbers) {
        this.numbers = numbers;
    }

    /** Whom it writes for from now on: address of the client as text, IPv6 without brackets. */
    void client(String from) {
        client = from;
        six = from.indexOf(':') >= 0;
    }

    /**
     * @param to null for the page
     * @param number of the request
     */
    void write(Lines out, RequestHead head, boolean upgrade, @Nullable Member to, long number) {
        requestLine(out, head);
        host(out, head, to);
        fields(out, head);
        maxForwards(out, head);
        framing(out, head);
        connection(out, head, upgrade);
        forwarding(out, head);
        if (numbers) {
            AnswerWriter.id(out, number);
        }
        out.add(Text.CRLF);
    }

    /** What this hop is asked for: trailers where the client takes them (RFC 9110 §10.1.4), another protocol (§7.8). */
    private static void connection(Lines out, RequestHead head, boolean upgrade) {
        boolean trailers = head.takesTrailers();
        if (upgrade) {
            out.add(trailers ? UPGRADE_AND_TE : UPGRADE);
            value(out, head.fields(), head.fields().first(FieldName.UPGRADE));
            out.add(Text.CRLF);
        } else if (trailers) {
            Text.line(out, TE);
        }
    }

    private static void requestLine(Lines out, RequestHead head) {
        byte[] b = head.bytes();
        RequestTarget t = head.target();
        out.add(b, head.methodStart(), head.methodEnd() - head.methodStart());
        out.add(' ');
        int length = t.pathEnd() - t.pathStart();
        if (length == 0 && head.verb() == Verb.OPTIONS) {
            out.add('*');
        } else if (t.form() == RequestTarget.Form.ABSOLUTE && (length == 0 || b[t.pathStart()] != '/')) {
            out.add('/');
        }
        out.add(b, t.pathStart(), length).add(HTTP_1_1_LINE);
    }

    /** The authority of the absolute form outweighs Host (RFC 9112 §3.2.2). */
    private static void host(Lines out, RequestHead head, @Nullable Member to) {
        out.add(HOST);
        if (!hostOf(out, head)) {
            out.add(Text.bytes(address(to)));
        }
        out.add(Text.CRLF);
    }

    /** Host for a request of HTTP/1.0 that has none. */
    private static String address(@Nullable Member to) {
        InetSocketAddress a = to == null ? null : to.address();
        return a == null ? "localhost" : a.getHostString() + ":" + a.getPort();
    }

    private static boolean hostOf(Lines out, RequestHead head) {
        RequestTarget t = head.target();
        if (t.form() == RequestTarget.Form.ABSOLUTE) {
            out.add(head.bytes(), t.authorityStart(), t.authorityEnd() - t.authorityStart());
            return true;
        }
        int i = head.fields().first(FieldName.HOST);
        if (i >= 0) {
            value(out, head.fields(), i);
        }
        return i >= 0;
    }

    private static void fields(Lines out, RequestHead head) {
        Fields f = head.fields();
        for (int i = 0; i < f.count(); i++) {
            if (passes(f, i, head)) {
                Text.field(out, f, i);
            }
        }
    }

    private static boolean passes(Fields f, int i, RequestHead head) {
        return switch (f.name(i)) {
            case CONNECTION,
                    CONTENT_LENGTH,
                    ECHOGATE_ATTEMPTS,
                    ECHOGATE_EXPLAIN,
                    ECHOGATE_MEMBER,
                    ECHOGATE_REQUEST,
                    ECHOGATE_TRIES,
                    FORWARDED,
                    HOST,
                    HTTP2_SETTINGS,
                    KEEP_ALIVE,
                    PROXY_CONNECTION,
                    TE,
                    TRANSFER_ENCODING,
                    UPGRADE,
                    X_FORWARDED_FOR,
                    X_FORWARDED_HOST,
                    X_FORWARDED_PROTO -> false;
            case EXPECT -> head.minor() > 0;
            case MAX_FORWARDS -> head.maxForwards() < 0;
            case TRAILER -> head.framing() == Framing.CHUNKED && !f.dropped(i);
            case VIA, IDEMPOTENCY_KEY -> true;
            case ACCEPT, DATE, OTHER -> !f.dropped(i);
        };
    }

    private static void framing(Lines out, RequestHead head) {
        if (head.framing() == Framing.CHUNKED) {
            Text.line(out, CHUNKED);
        } else if (head.fields().has(FieldName.CONTENT_LENGTH)) {
            out.add(LENGTH);
            out.decimal(head.length());
            out.add(Text.CRLF);
        }
    }

    /** One hop less is left (RFC 9110 §7.6.2). */
    private static void maxForwards(Lines out, RequestHead head) {
        if (head.fields().has(FieldName.MAX_FORWARDS) && head.maxForwards() > 0) {
            out.add(MAX_FORWARDS);
            out.decimal(head.maxForwards() - 1L);
            out.add(Text.CRLF);
        }
    }

    private void forwarding(Lines out, RequestHead head) {
        Text.line(out, head.minor() > 0 ? VIA_1_1 : VIA_1_0);
        boolean host = head.target().form() == RequestTarget.Form.ABSOLUTE
                || head.fields().has(FieldName.HOST);
        out.add(FOR);
        all(out, head.fields(), FieldName.X_FORWARDED_FOR);
        out.text(client).add(Text.CRLF);
        if (host) {
            out.add(PROTO_AND_HOST);
            hostOf(out, head);
            out.add(Text.CRLF);
        } else {
            Text.line(out, PROTO);
        }
        out.add(FORWARDED);
        all(out, head.fields(), FieldName.FORWARDED);
        node(out);
        if (host) {
            out.add(FORWARDED_HOST);
            hostOf(out, head);
            out.add('"');
        }
        Text.line(out, FORWARDED_PROTO);
    }

    /** Whom it is forwarded for (RFC 7239 §6). */
    private void node(Lines out) {
        if (six) {
            out.add(FOR_IPV6).text(client).add(IPV6_END);
        } else {
            out.add(FOR_NODE).text(client);
        }
    }

    /** True unless a quoted string stays open, which would swallow what is appended to it. */
    private static boolean quotesClose(Fields f, int i) {
        boolean quoted = false;
        for (int at = f.valueStart(i); at < f.valueEnd(i); at++) {
            byte b = f.bytes()[at];
            if (b == '"') {
                quoted = !quoted;
            } else if (quoted && b == '\\') {
                at++;
            }
        }
        return !quoted;
    }

    /** The values of all fields of that name that are whole, each followed by a comma. */
    private static void all(Lines out, Fields f, FieldName name) {
        for (int i = Math.max(f.first(name), 0); f.has(name) && i < f.count(); i++) {
            if (f.name(i) == name && f.valueEnd(i) > f.valueStart(i) && quotesClose(f, i)) {
                value(out, f, i);
                out.add(Text.COMMA);
            }
        }
    }

    private static void value(Lines out, Fields f, int i) {
        out.add(f.bytes(), f.valueStart(i), f.valueEnd(i) - f.valueStart(i));
    }
}
