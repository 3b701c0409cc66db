package io.echogate.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.clock.Chance;
import io.echogate.http.BodyDecoder;
import io.echogate.http.HeadLimits;
import io.echogate.http.Progress;
import io.echogate.http.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a client sends, what a member gets reads as exactly the requests that we meant: a seeded mutator, and a strict
 * reader behind the exchange that must agree on their number and on where each one ends.
 */
final class SmugglingTest {
    private static final int ROUNDS = 4_000;
    private static final List<String> SEEDS = List.of(
            "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /admin HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 30\r\n\r\nGET /admin HTTP/1.1\r\nHost: a\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\nGET /x HTTP/1.1\r\nHost: b\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /admin",
            "PUT http://b/x?y HTTP/1.1\r\nHost: a\r\nConnection: close, Content-Length\r\nContent-Length: 3\r\n\r\nabc",
            "POST / HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhiGET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n\tfold\r\nExpect: 100-continue\r\n\r\n");
    private static final List<String> NASTY = List.of(
            "\r",
            "\n",
            "\r\n",
            "\0",
            " ",
            "\t",
            ":",
            ",",
            ";",
            "0",
            "5",
            "+",
            "-",
            "_",
            "\u000b",
            "\u0085",
            "\u00ff",
            "Content-Length: 5\r\n",
            "Content-Length: 0\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding: x\r\n",
            "Transfer-Encoding:\u000bchunked\r\n",
            "Content_Length: 9\r\n",
            "Host: b\r\n",
            "chunked, ",
            "0\r\n\r\n",
            "\r\n\r\n");

    private static String mutated(RandomGenerator random) {
        StringBuilder s = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
        for (int n = random.nextInt(4); n >= 0; n--) {
            int at = random.nextInt(s.length());
            switch (random.nextInt(3)) {
                case 0 -> s.insert(at, NASTY.get(random.nextInt(NASTY.size())));
                case 1 -> s.deleteCharAt(at);
                default -> s.setCharAt(at, (char) random.nextInt(256));
            }
        }
        return s.toString();
    }

    /** The requests that a strict server reads, or what is left when it cannot. */
    private static List<String> read(String wire) {
        ByteBuf in = Unpooled.wrappedBuffer(wire.getBytes(StandardCharsets.ISO_8859_1));
        RequestHead head = new RequestHead(new HeadLimits(65_536, 200, 16_384));
        BodyDecoder body = new BodyDecoder();
        List<String> requests = new ArrayList<>();
        while (in.isReadable()) {
            head.reset();
            if (head.feed(in) != Progress.DONE) {
                requests.add("unreadable head " + head.fault());
                return requests;
            }
            body.start(head.framing(), head.length());
            int size = 0;
            for (int n = body.next(in); n > 0; n = body.next(in)) {
                size += n;
                in.skipBytes(n);
            }
            requests.add(head.method() + " " + size + " " + body.progress());
        }
        return requests;
    }

    private static String carry(String wire, RandomGenerator random) {
        Stage stage = new Stage();
        StringBuilder member = new StringBuilder();
        int requests = 0;
        int at = 0;
        while (at < wire.length()) {
            int to = Math.min(wire.length(), at + 1 + random.nextInt(40));
            stage.clientRaw(wire.substring(at, to));
            at = to;
            for (List<String> did = stage.did(); !did.isEmpty(); did = stage.did()) {
                if (did.stream().anyMatch(a -> a.startsWith("connect"))) {
                    requests++;
                    stage.connected();
                }
                if (did.stream().noneMatch(a -> a.startsWith("end")) && random.nextBoolean()) {
                    stage.member("HTTP/1.1 200 OK\nContent-Length: 2\n\nok");
                }
            }
        }
        member.append(stage.memberGotRaw());
        List<String> read = read(member.toString());
        assertThat(stage.leaks()).isZero();
        assertThat(read)
                .as("%s", wire)
                .hasSize(requests)
                .noneMatch(r -> r.startsWith("unreadable") || r.endsWith("BAD"));
        for (int i = 0; i < read.size() - 1; i++) {
            assertThat(read.get(i)).as("%s", wire).endsWith("DONE");
        }
        return member.toString();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void membersReadWhatWeMeant(long seed) {
        RandomGenerator random = Chance.seeded(seed);
        int carried = 0;
        for (int i = 0; i < ROUNDS; i++) {
            carried += carry(mutated(random), random).isEmpty() ? 0 : 1;
        }
        assertThat(carried).isGreaterThan(ROUNDS / 10);
    }
}
