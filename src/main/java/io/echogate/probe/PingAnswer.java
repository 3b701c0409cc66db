package io.echogate.probe;

import io.echogate.http.AnswerHead;
import io.echogate.http.BodyDecoder;
import io.echogate.http.Fault;
import io.echogate.http.HeadLimits;
import io.echogate.http.Progress;
import io.echogate.http.Verb;
import io.echogate.model.Outcome;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads one answer at a time and compares it with what is expected. Confined to one thread; knows no socket. Decides as soon
 * as it can: a wrong status at the end of the head, and a right one where any body will do, too long an answer at the first byte beyond the limit.
 */
final class PingAnswer {
    /**
     * What the answer turned out to be.
     *
     * @param outcome {@link Outcome#ANSWERED}, {@link Outcome#WRONG} or {@link Outcome#RESET}
     * @param detail one line of evidence
     */
    record Result(Outcome outcome, String detail) {}

    private static final int FIELDS = 100;
    private static final int QUOTE = 40;

    private final Expected rules;
    private final AnswerHead head;
    private final BodyDecoder decoder = new BodyDecoder();
    private final Content content = new Content();
    private final byte[] opening = new byte[QUOTE];
    private final String body;
    private final byte[] expected;
    private final Result asExpected;
    private int opened;
    private boolean inBody;
    private int read;

    PingAnswer(Expected rules) {
        this.rules = rules;
        this.head = new AnswerHead(new HeadLimits(rules.limit(), FIELDS, rules.limit()));
        this.body = rules.body() == null ? "" : rules.body().stripTrailing();
        this.expected = body.getBytes(StandardCharsets.UTF_8);
        String shown = rules.body() == null ? "" : " " + quoted(body);
        this.asExpected = new Result(Outcome.ANSWERED, rules.status() + shown);
    }

    /** The body so far. */
    private static final class Content extends ByteArrayOutputStream {
        void take(ByteBuf in, int bytes) {
            for (int i = 0; i < bytes; i++) {
                write(in.readByte());
            }
        }

        boolean is(byte[] wanted) {
            return Arrays.equals(buf, 0, count, wanted, 0, wanted.length);
        }
    }

    /** Ready for another answer. */
    void reset() {
        head.reset();
        content.reset();
        opened = 0;
        inBody = false;
        read = 0;
    }

    /** Bytes read so far. */
    int read() {
        return read;
    }

    /** The status of the answer, 0 before its head is complete. */
    int status() {
        return inBody ? head.status() : 0;
    }

    /** Takes all of {@code in}; null while more is needed. */
    @Nullable
    Result feed(ByteBuf in) {
        if (read == 0) {
            opened = Math.min(QUOTE, in.readableBytes());
            in.getBytes(in.readerIndex(), opening, 0, opened);
        }
        int room = rules.limit() - read;
        boolean over = in.readableBytes() > room;
        read += in.readableBytes();
        Result result = parse(over ? in.readSlice(room) : in);
        return result == null && over ? tooLong() : result;
    }

    private Result tooLong() {
        return wrong("answer longer than " + rules.limit() + " bytes");
    }

    private @Nullable Result parse(ByteBuf in) {
        while (!inBody) {
            switch (head.feed(in)) {
                case MORE -> {
                    return null;
                }
                case BAD -> {
                    return badHead();
                }
                case DONE -> beginBody();
            }
        }
        if (head.status() != rules.status()) {
            return wrong("status " + head.status() + " instead of " + rules.status());
        }
        return rules.body() == null ? asExpected : parseBody(in);
    }

    private Result badHead() {
        Fault fault = head.fault();
        String why = fault == null ? "malformed head" : fault.words();
        return fault == Fault.BAD_STATUS_LINE || opened == 0 || opening[0] != 'H'
                ? wrong("not an HTTP answer: it begins with "
                        + quoted(new String(opening, 0, opened, StandardCharsets.ISO_8859_1)))
                : wrong("not a valid HTTP answer: " + why);
    }

    /** Interim answers (RFC 9110 §15.2) are skipped. */
    private void beginBody() {
        if (head.status() < 200 && head.status() != 101) {
            head.reset();
            return;
        }
        inBody = true;
        decoder.start(head.framing(Verb.GET), head.length());
    }

    private @Nullable Result parseBody(ByteBuf in) {
        for (int n = decoder.next(in); n > 0; n = decoder.next(in)) {
            content.take(in, n);
        }
        return switch (decoder.progress()) {
            case MORE -> null;
            case BAD -> wrong("malformed body: " + fault());
            case DONE -> compare();
        };
    }

    private String fault() {
        Fault fault = decoder.fault();
        return fault == null ? "unknown" : fault.words();
    }

    private Result compare() {
        if (content.is(expected)) {
            return asExpected;
        }
        String got = content.toString(StandardCharsets.UTF_8);
        return got.stripTrailing().equals(body)
                ? new Result(Outcome.ANSWERED, head.status() + " " + quoted(got.stripTrailing()))
                : wrong("body " + quoted(got) + " instead of " + quoted(body));
    }

    /** The connection ended before the first byte of an answer. */
    static Result none(String how) {
        return new Result(Outcome.RESET, how + " without an answer");
    }

    /** The peer closed the connection, in order or by a reset. */
    Result closed(String how) {
        if (inBody && decoder.progress() == Progress.MORE && decoder.close()) {
            return compare();
        }
        return read == 0 ? none(how) : new Result(Outcome.RESET, how + " after " + read + " bytes of an answer");
    }

    private static Result wrong(String detail) {
        return new Result(Outcome.WRONG, detail);
    }

    /** In quotation marks, cut short, and harmless on a terminal. */
    static String quoted(String text) {
        String cut = text.length() > QUOTE ? text.substring(0, QUOTE) + "…" : text;
        StringBuilder out = new StringBuilder("\"");
        cut.codePoints().forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? '.' : c));
        return out.append('"').toString();
    }
}
