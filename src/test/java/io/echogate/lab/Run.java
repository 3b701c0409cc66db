package io.echogate.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One short command of the host, run to its end. */
final class Run {
    private static final int LIMIT_SECONDS = 20;

    private Run() {}

    /**
     * What the command printed, standard error included.
     *
     * @throws IllegalStateException when it fails or does not end; the message holds the command and its output
     */
    static String now(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output.strip());
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted: " + String.join(" ", command), e);
        }
    }

    /** The same for a line without quoting: split at spaces. */
    static String line(String command) {
        return now(command.split(" "));
    }

    /** The command as it runs inside a namespace; {@code nsenter} becomes it, so its process id stays the same. */
    static List<String> inside(String namespace, List<String> command) {
        List<String> whole = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + namespace, "--"));
        whole.addAll(command);
        return whole;
    }
}
