package io.echogate.bench;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A process that a measurement started, with its output in a file and its processor time from the kernel. */
final class Child implements AutoCloseable {
    /** Where the build puts the launcher. */
    static final String ECHOGATE = "target/dist/bin/echogate";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long TICK_NANOS = 10_000_000; // USER_HZ is 100 wherever we run

    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Child start(Path log, List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            return new Child(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", command), e);
        }
    }

    /** Echogate itself, as built and started by its launcher. */
    static Child echogate(Path log, String... args) {
        List<String> command = new ArrayList<>(List.of(ECHOGATE));
        command.addAll(List.of(args));
        return start(log, command);
    }

    /** Waits for a line of output and gives the pattern's first group. */
    String said(String pattern) {
        Pattern p = Pattern.compile(pattern);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .failFast("ended: " + log, () -> !process.isAlive())
                .until(() -> p.matcher(output()).find());
        Matcher found = p.matcher(output());
        return found.find() && found.groupCount() > 0 ? found.group(1) : "";
    }

    void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("ended: " + output());
        }
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** User and system time so far, its children's too; to 10 ms (proc_pid_stat(5), fields 14 and 15). */
    long cpuNanos() {
        return family().map(Child::cpuNanos).sum();
    }

    /** The same of its threads of such names alone. */
    long cpuNanos(String threads) {
        Path tasks = Path.of("/proc", Long.toString(process.pid()), "task");
        try (var all = Files.list(tasks)) {
            return all.filter(task -> line(task.resolve("comm")).startsWith(threads))
                    .mapToLong(task -> statNanos(task.resolve("stat")))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return ""; // it has ended
        }
    }

    private static long cpuNanos(long pid) {
        return statNanos(Path.of("/proc", Long.toString(pid), "stat"));
    }

    private static long statNanos(Path file) {
        try {
            String stat = Files.readString(file);
            String[] field = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(field[11]) + Long.parseLong(field[12])) * TICK_NANOS;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It and every process below it: nginx works in one. */
    private LongStream family() {
        return LongStream.concat(
                LongStream.of(process.pid()), process.descendants().mapToLong(ProcessHandle::pid));
    }

    /** Its number and those of its children, with commas between. */
    String pids() {
        return family().mapToObj(Long::toString).collect(Collectors.joining(","));
    }

    /** Resident memory at its highest so far, in MiB; 0 when the kernel does not say. */
    long peakMebibytes() {
        return kibibytes(process.pid(), "VmHWM:") / 1024;
    }

    /** Resident memory now, its children's too; pages that they share are counted for each. */
    long residentKibibytes() {
        return family().map(pid -> kibibytes(pid, "VmRSS:")).sum();
    }

    private static long kibibytes(long pid, String field) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Live objects of a JVM after a full collection; empty when it does not say. */
    OptionalDouble liveHeapMebibytes() {
        try {
            String jcmd =
                    Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
            Process asked = new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.class_histogram").start();
            String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher total = Pattern.compile("(?m)^Total +\\d+ +(\\d+)").matcher(said);
            return total.find()
                    ? OptionalDouble.of(Double.parseDouble(total.group(1)) / (1 << 20))
                    : OptionalDouble.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a line to its input. */
    void say(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for its end and gives its exit status. */
    int ended() {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    void signal(String name) {
        try {
            int status = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill -" + name + " failed: " + output());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(3, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
