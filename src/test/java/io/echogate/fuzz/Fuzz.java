package io.echogate.fuzz;

import io.echogate.clock.Chance;
import io.echogate.exchange.CarryFuzz;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/** One target with its corpus, and how much of it was tried. Confined to one thread. */
public final class Fuzz {
    private static final long STRIDE = 1_000_003;

    private final String name;
    private final List<String> corpus;
    private final Target target;
    private long tried;
    private long accepted;

    /**
     * Makes one.
     *
     * @param name by which a finding can be had again
     * @param corpus file of {@link Corpus}
     */
    public Fuzz(String name, String corpus, Target target) {
        this.name = name;
        this.corpus = Corpus.read(corpus);
        this.target = target;
    }

    /** The targets that need no socket. */
    static List<Fuzz> pure() {
        return List.of(
                new Fuzz("request-head", "requests.txt", Parsers::requestHead),
                new Fuzz("answer-head", "answers.txt", Parsers::answerHead),
                new Fuzz("chunks", "requests.txt", Parsers::chunks),
                new Fuzz("requests", "requests.txt", CarryFuzz::requests),
                new Fuzz("answers", "answers.txt", CarryFuzz::answers));
    }

    /** The kept inputs as they are, each in several ways of being cut. */
    void corpus(long seed) {
        for (int i = 0; i < corpus.size() * 8; i++) {
            take(corpus.get(i % corpus.size()), seed * STRIDE - i);
        }
    }

    /** That many inputs; which ones depends on the seed and on how many were tried before. */
    void mutants(long seed, int count) {
        for (int i = 0; i < count; i++) {
            long one = seed * STRIDE + tried;
            take(new Mutator(corpus, Chance.seeded(one)).next(), one);
        }
    }

    /** One input again, as a finding prints it. */
    void again(long seed, String hex) {
        take(new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1), seed);
    }

    @SuppressWarnings("CatchingUnchecked") // whatever is thrown is a finding, above all what nobody declared
    private void take(String wire, long seed) {
        RandomGenerator random = Chance.seeded(seed ^ STRIDE);
        tried++;
        try {
            accepted += target.take(wire, random) ? 1 : 0;
        } catch (Exception | AssertionError e) {
            String hex = HexFormat.of().formatHex(wire.getBytes(StandardCharsets.ISO_8859_1));
            String what = "%s\n  input: %s\n  again: ./bench/fuzz again %s %d %s"
                    .formatted(e.getMessage(), Corpus.escaped(wire), name, seed, hex);
            throw new AssertionError(name + ": " + what, e);
        }
    }

    String name() {
        return name;
    }

    long tried() {
        return tried;
    }

    long accepted() {
        return accepted;
    }

    @Override
    public String toString() {
        return "%-13s %,12d inputs, %,12d accepted".formatted(name, tried, accepted);
    }
}
