package io.echogate.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;

/** Makes new inputs of kept ones: what attackers change, where it hurts. The same generator, the same inputs. */
public final class Mutator {
    private static final int MOST_CHANGES = 5;
    private static final int LONGEST = 20_000;

    private static final List<String> NASTY = List.of(
            "\r",
            "\n",
            "\r\n",
            "\r\n\r\n",
            "\0",
            " ",
            "\t",
            ":",
            ",",
            ";",
            "0",
            "5",
            "f",
            "+",
            "-",
            "_",
            "%",
            "#",
            "\"",
            "\u000b",
            "\u007f",
            "\u0085",
            "\u00a0",
            "\u00ff",
            "chunked",
            "chunked, ",
            ", chunked",
            "close",
            "0\r\n\r\n",
            "5\r\nhello\r\n",
            "0\r\nX-Sum: 1\r\n\r\n",
            ";x=y",
            " HTTP/1.0\r\n",
            " HTTP/1.1\r\n",
            "http://b:81",
            "GET ",
            "HEAD ",
            "POST ",
            "CONNECT ",
            "HTTP/1.1 200 OK\r\n",
            "HTTP/1.1 100 Continue\r\n\r\n",
            "HTTP/1.0 ",
            "204",
            "304",
            "\r\n ",
            "\r\n\t",
            "99999999999999999999",
            "7fffffffffffffff",
            "ffffffff",
            "Content-Length: 5\r\n",
            "Content-Length: 0\r\n",
            "Content_Length: 9\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding: x\r\n",
            "Transfer-Encoding:\u000bchunked\r\n",
            "Host: b\r\n",
            "Connection: close\r\n",
            "Connection: Content-Length\r\n",
            "Connection: keep-alive, X\r\n",
            "Connection: upgrade\r\nUpgrade: websocket\r\n",
            "Expect: 100-continue\r\n",
            "TE: trailers\r\n",
            "Trailer: X-Sum\r\n",
            "Max-Forwards: 1\r\n",
            "Via: 1.1 x\r\n",
            "X: y\r\n",
            "GET /admin HTTP/1.1\r\nHost: a\r\n\r\n");

    private final List<String> corpus;
    private final RandomGenerator random;

    public Mutator(List<String> corpus, RandomGenerator random) {
        this.corpus = corpus;
        this.random = random;
    }

    /** One of the corpus, now and then as it is, mostly changed. */
    public String next() {
        StringBuilder s = new StringBuilder(any());
        for (int n = random.nextInt(MOST_CHANGES + 1); n > 0 && !s.isEmpty(); n--) {
            change(s, random.nextInt(s.length()));
        }
        s.setLength(Math.min(s.length(), LONGEST));
        return s.toString();
    }

    private String any() {
        return corpus.get(random.nextInt(corpus.size()));
    }

    private void change(StringBuilder s, int at) {
        switch (random.nextInt(9)) {
            case 0, 1 -> s.insert(at, NASTY.get(random.nextInt(NASTY.size())));
            case 2 -> s.deleteCharAt(at);
            case 3 -> s.setCharAt(at, (char) random.nextInt(256));
            case 4 -> s.delete(at, Math.min(s.length(), at + 1 + random.nextInt(20)));
            case 5 -> s.insert(at, s.substring(at, Math.min(s.length(), at + 1 + random.nextInt(60))));
            case 6 -> s.append(any());
            case 7 -> insertLine(s);
            default -> s.setCharAt(at, flipped(s.charAt(at)));
        }
    }

    /** Behind a line end, where a field may stand. */
    private void insertLine(StringBuilder s) {
        int line = s.indexOf("\r\n", random.nextInt(s.length()));
        if (line >= 0) {
            s.insert(line + 2, NASTY.get(random.nextInt(NASTY.size())));
        }
    }

    private static char flipped(char c) {
        return Character.isLetter(c) && c < 128 ? (char) (c ^ 0x20) : (char) (c + 1 & 0xff);
    }
}
