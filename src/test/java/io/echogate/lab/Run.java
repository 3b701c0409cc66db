package io.echogate.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

    /** The command that runs a main class of these tests in a small JVM of its own. */
    static List<String> java(Class<?> main, String... arguments) {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> whole = new ArrayList<>(
                List.of(java, "-Xmx256m", "-XX:+UseSerialGC", "-Xshare:auto", "-cp", classes, main.getName()));
        whole.addAll(List.of(arguments));
        return whole;
    }

    /** The command as it runs inside a namespace; {@code nsenter} becomes it, so its process id stays the same. */
    static List<String> inside(String namespace, List<String> command) {
        List<String> whole = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + namespace, "--"));
        whole.addAll(command);
        return whole;
    }
}
