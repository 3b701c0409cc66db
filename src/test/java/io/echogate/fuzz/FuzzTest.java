package io.echogate.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A fixed number of inputs with a fixed seed through every target that needs no socket. */
final class FuzzTest {
    private static final int MUTANTS = 300_000;
    private static final long SEED = 20_250;

    private static List<Fuzz> targets() {
        return Fuzz.pure();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void nothingBreaks(Fuzz fuzz) {
        fuzz.corpus(SEED);
        fuzz.mutants(SEED, MUTANTS);
        assertThat(fuzz.accepted())
                .as("%s: what is refused at once tests little", fuzz)
                .isGreaterThan(MUTANTS / 10);
    }

    @Test
    void theCorpusIsReadByteForByte() {
        assertThat(Corpus.read("requests.txt")).hasSizeGreaterThan(80).contains("GET / HTTP/1.0\r\n\r\n");
        assertThat(Corpus.read("answers.txt")).anyMatch(a -> a.contains("X: a\0\r\n"));
        assertThat(Corpus.escaped("a\r\n\0\\")).isEqualTo("a\\r\\n\\x00\\\\");
    }
}
