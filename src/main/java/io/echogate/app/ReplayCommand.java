package io.echogate.app;

import io.echogate.history.Recording;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code echogate replay}: what the judge makes of a recording today, and whether that is what it made of it then. */
@Command(
        name = "replay",
        description = "Judges a recording again, prints what happened, and compares it with what was recorded.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli injects spec and file before call()
final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Made by `echogate monitor --record FILE`.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        quiet();
        PrintWriter out = spec.commandLine().getOut();
        try (Recording recording = open()) {
            Replay replay = new Replay(file.toString(), recording, out::println);
            Replay.Difference difference = replay.run();
            out.flush();
            if (difference != null) {
                difference.lines().forEach(spec.commandLine().getErr()::println);
                return 1;
            }
            out.println(replay.summary());
            out.flush();
            return 0;
        }
    }

    private Recording open() throws IOException {
        if (Files.isDirectory(file)) {
            throw new Failure(file + " is a directory: expected a recording");
        }
        try {
            return Recording.open(file);
        } catch (NoSuchFileException e) {
            throw new Failure(file + " does not exist", e);
        } catch (AccessDeniedException e) {
            throw new Failure(file + " may not be read (permission denied)", e);
        }
    }

    /** What happened then is printed, not logged as if it happened now. Read by {@link LogOutput}, which nobody has used yet. */
    private static void quiet() {
        if (System.getenv(LogOutput.LEVEL) == null) {
            System.setProperty(LogOutput.LEVEL, "WARN");
        }
    }
}
