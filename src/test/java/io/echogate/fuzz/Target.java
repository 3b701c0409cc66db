package io.echogate.fuzz;

import java.util.random.RandomGenerator;

/** Something that takes input and must not break, whatever the input. */
@FunctionalInterface
public interface Target {
    /**
     * Takes one input; chance decides in what pieces. Throws whatever it finds: an {@link AssertionError}, or the exception
     * that nobody declared.
     *
     * @return true when the input was accepted, at least in part: a fuzzer whose input is always refused tests little
     */
    boolean take(String wire, RandomGenerator random) throws Exception;
}
