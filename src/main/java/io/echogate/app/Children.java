package io.echogate.app;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Child processes that run this same program, ended together. Shared by the demo's thread and the
 * shutdown hook, under this object's lock. */
final class Children implements AutoCloseable {
    private static final long GRACE_SECONDS = 10;

    private final List<Process> processes = new ArrayList<>();

    /** Starts {@code echogate ARGS…} with this process's own Java, options and class path. */
    synchronized Process start(String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(args));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            processes.add(process);
            return process;
        } catch (IOException e) {
            throw new Failure("cannot start " + String.join(" ", args) + ": " + e.getMessage(), e);
        }
    }

    /** Ends what runs, newest first: asks, waits, and kills what does not end (a frozen process cannot). */
    @Override
    public synchronized void close() {
        processes.reversed().forEach(Process::destroy);
        for (Process process : processes.reversed()) {
            if (frozen(process) || !ended(process, GRACE_SECONDS)) {
                process.destroyForcibly();
            }
        }
        processes.clear();
    }

    private static boolean frozen(Process process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return stat.contains(") T ");
        } catch (IOException notLinuxOrGone) {
            return false;
        }
    }

    private static boolean ended(Process process, long seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
