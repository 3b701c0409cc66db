package io.echogate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What the kernel alone takes for an echo: {@code bench/native/echoes.c}, batches and nothing around them. */
final class Floor {
    private static final long ECHOES = 300_000;
    private static final String PROGRAM = "target/bench/echoes";

    private Floor() {}

    /** Of so many loopback addresses in turn. */
    static Sample run(int addresses) {
        try {
            long cpu = Cpu.childrenNanos();
            long start = System.nanoTime();
            Process process = new ProcessBuilder(PROGRAM, String.valueOf(addresses), String.valueOf(ECHOES))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(PROGRAM + " failed");
            }
            long wall = System.nanoTime() - start;
            String[] counts = said.strip().split(" ");
            long answered = Long.parseLong(counts[1]);
            return new Sample(answered, Cpu.childrenNanos() - cpu, wall, Long.parseLong(counts[0]) - answered);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
