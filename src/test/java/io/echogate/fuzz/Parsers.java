package io.echogate.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.http.AnswerHead;
import io.echogate.http.BodyDecoder;
import io.echogate.http.Fields;
import io.echogate.http.Framing;
import io.echogate.http.HeadLimits;
import io.echogate.http.Progress;
import io.echogate.http.RequestHead;
import io.echogate.http.Verb;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The parsers by themselves: the same bytes in whatever pieces mean the same, down to the fault; nothing is thrown; no
 * more is kept than the limits say; and a strict reader that shares no code reads no more than is accepted.
 */
final class Parsers {
    private static final HeadLimits LIMITS = new HeadLimits(2_048, 40, 256);

    private Parsers() {}

    /** Bytes in pieces; how much is left in {@code in} counts as given back. */
    private static ByteBuf bytes(String wire, int from, int to) {
        return Unpooled.wrappedBuffer(wire.substring(from, to).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** What a parser makes of the input when it comes in pieces that end at random places. */
    private interface Reader {
        /** Takes bytes; false when it wants no more. */
        boolean take(ByteBuf in);
    }

    /** Feeds pieces as long as they are wanted; returns how many bytes were taken. */
    private static int feed(Reader reader, String wire, @Nullable RandomGenerator random) {
        int at = 0;
        boolean goesOn = true;
        while (goesOn && at < wire.length()) {
            int to = random == null ? wire.length() : Math.min(wire.length(), at + piece(random));
            ByteBuf in = bytes(wire, at, to);
            goesOn = reader.take(in);
            at = to - in.readableBytes();
        }
        return at;
    }

    private static int piece(RandomGenerator random) {
        return 1 + random.nextInt(random.nextInt(4) == 0 ? 64 : 4);
    }

    private static boolean same(RandomGenerator random, Function<@Nullable RandomGenerator, String> read) {
        String whole = read.apply(null);
        for (int i = 0; i < 3; i++) {
            assertThat(read.apply(random)).isEqualTo(whole);
        }
        return whole.startsWith("DONE");
    }

    static boolean requestHead(String wire, RandomGenerator random) {
        return same(random, pieces -> {
            RequestHead head = new RequestHead(LIMITS);
            Progress[] p = {Progress.MORE};
            int taken = feed(in -> (p[0] = head.feed(in)) == Progress.MORE, wire, pieces);
            assertThat(head.bytes().length).isLessThanOrEqualTo(LIMITS.head());
            return switch (p[0]) {
                case MORE -> "MORE";
                case BAD -> "BAD " + head.fault();
                case DONE ->
                    "DONE " + taken + ' ' + head.method() + ' ' + head.path() + ' '
                            + head.target().form() + ' '
                            + head.minor() + ' ' + head.framing() + head.length() + ' ' + head.keepAlive()
                            + head.expectsContinue() + head.asksUpgrade() + head.takesTrailers()
                            + head.maxForwards() + fields(head.fields());
            };
        });
    }

    static boolean answerHead(String wire, RandomGenerator random) {
        return same(random, pieces -> {
            AnswerHead head = new AnswerHead(LIMITS);
            Progress[] p = {Progress.MORE};
            int taken = feed(in -> (p[0] = head.feed(in)) == Progress.MORE, wire, pieces);
            assertThat(head.bytes().length).isLessThanOrEqualTo(LIMITS.head());
            return switch (p[0]) {
                case MORE -> "MORE";
                case BAD -> "BAD " + head.fault();
                case DONE ->
                    "DONE " + taken + ' ' + head.status() + head.reason() + ' ' + head.minor() + ' '
                            + head.framing(Verb.GET) + head.framing(Verb.HEAD) + head.length() + head.keepAlive()
                            + fields(head.fields());
            };
        });
    }

    /** Everything behind the first empty line as a chunked body. */
    static boolean chunks(String wire, RandomGenerator random) {
        String body = wire.substring(wire.indexOf("\r\n\r\n") < 0 ? 0 : wire.indexOf("\r\n\r\n") + 4);
        return same(random, pieces -> {
            BodyDecoder decoder = new BodyDecoder();
            decoder.start(Framing.CHUNKED, 0);
            StringBuilder content = new StringBuilder();
            int taken = feed(in -> content(decoder, in, content), body, pieces);
            assertThat(content.length()).isLessThanOrEqualTo(body.length());
            return switch (decoder.progress()) {
                case MORE -> "MORE " + content;
                case BAD -> "BAD " + decoder.fault() + content;
                case DONE -> "DONE " + taken + ' ' + content + trailers(decoder.trailers());
            };
        });
    }

    private static boolean content(BodyDecoder decoder, ByteBuf in, StringBuilder content) {
        for (int n = decoder.next(in); n > 0; n = decoder.next(in)) {
            content.append(in.readCharSequence(n, StandardCharsets.ISO_8859_1));
        }
        return decoder.progress() == Progress.MORE;
    }

    private static String trailers(@Nullable Fields f) {
        return f == null ? "" : fields(f);
    }

    private static String fields(Fields f) {
        StringBuilder b = new StringBuilder();
        for (int i = 0; i < f.count(); i++) {
            b.append('\n')
                    .append(f.name(i))
                    .append(' ')
                    .append(f.nameText(i))
                    .append('=')
                    .append(f.value(i));
            b.append(f.dropped(i));
        }
        return b.toString();
    }
}
