package io.echogate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** fping, flat out: no pause between packets ({@code -i 0}), each address again after 10 ms at the earliest. */
final class Fping {
    /** It has 65,535 sequence numbers for 10 seconds. */
    private static final int MOST_ECHOES = 60_000;

    private static final Pattern RESULT = Pattern.compile("xmt/rcv/%loss = (\\d+)/(\\d+)/");

    private Fping() {}

    static Sample run(List<String> addresses) {
        try {
            Path list = Files.createTempFile("echogate-bench", ".txt");
            Path out = Files.createTempFile("echogate-bench", ".out");
            Files.write(list, addresses);
            String count = String.valueOf(MOST_ECHOES / addresses.size());
            ProcessBuilder command = new ProcessBuilder(
                            "fping", "-q", "-i", "0", "-p", "10", "-t", "800", "-c", count, "-f", list.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile());
            long cpu = Cpu.childrenNanos();
            long start = System.nanoTime();
            int status = command.start().waitFor();
            long wall = System.nanoTime() - start;
            Sample sample = sample(Files.readString(out, StandardCharsets.UTF_8), Cpu.childrenNanos() - cpu, wall);
            Files.delete(list);
            Files.delete(out);
            if (status > 1) {
                throw new IllegalStateException("fping ended with status " + status);
            }
            return sample;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Sample sample(String output, long cpu, long wall) {
        long sent = 0;
        long heard = 0;
        Matcher m = RESULT.matcher(output);
        while (m.find()) {
            sent += Long.parseLong(m.group(1));
            heard += Long.parseLong(m.group(2));
        }
        return new Sample(heard, cpu, wall, sent - heard);
    }
}
