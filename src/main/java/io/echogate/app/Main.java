package io.echogate.app;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. Exit codes: 0 done, 1 the operation failed, 2 wrong usage; errors are one line each on stderr. */
@Command(
        name = "echogate",
        description = "Keeps a service answering while its machines fail, and says why they do.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            DemoCommand.class,
            MachineCommand.class,
            MonitorCommand.class,
            ReplayCommand.class,
            CheckCommand.class,
            StatusCommand.class,
            DrainCommand.class,
            MaintenanceCommand.class,
            ReadyCommand.class,
            DrillCommand.class,
            DoctorCommand.class,
            TrainCommand.class
        })
public final class Main implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it before anything runs
    private CommandSpec spec;

    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static int run(PrintWriter out, PrintWriter err, String... args) {
        return commandLine().setOut(out).setErr(err).execute(args);
    }

    private static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        line.setParameterExceptionHandler(Main::usage);
        line.setExecutionExceptionHandler(Main::failed);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int usage(ParameterException e, String[] args) {
        PrintWriter err = e.getCommandLine().getErr();
        err.println("echogate: " + e.getMessage());
        e.getCommandLine().usage(err);
        return 2;
    }

    private static int failed(Exception e, CommandLine line, CommandLine.ParseResult result) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        line.getErr().println("echogate: " + message);
        return 1;
    }
}
