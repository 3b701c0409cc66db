package io.echogate.app;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
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
        versionProvider = Version.class)
public final class Main implements Runnable {
    private static final Map<String, Class<?>> COMMANDS = commands();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it before anything runs
    private CommandSpec spec;

    private Main() {}

    /** In the order in which they are listed. */
    private static Map<String, Class<?>> commands() {
        Map<String, Class<?>> commands = new LinkedHashMap<>();
        commands.put("demo", DemoCommand.class);
        commands.put("machine", MachineCommand.class);
        commands.put("monitor", MonitorCommand.class);
        commands.put("replay", ReplayCommand.class);
        commands.put("check", CheckCommand.class);
        commands.put("status", StatusCommand.class);
        commands.put("drain", DrainCommand.class);
        commands.put("maintenance", MaintenanceCommand.class);
        commands.put("ready", ReadyCommand.class);
        commands.put("drill", DrillCommand.class);
        commands.put("doctor", DoctorCommand.class);
        commands.put("train", TrainCommand.class);
        return commands;
    }

    public static void main(String[] args) {
        System.exit(commandLine(args).execute(args));
    }

    static int run(PrintWriter out, PrintWriter err, String... args) {
        return commandLine(args).setOut(out).setErr(err).execute(args);
    }

    /** Whoever names a command pays for that one alone: reading what all of them take lasts 0.2 s. */
    private static CommandLine commandLine(String... args) {
        CommandLine line = new CommandLine(new Main());
        Class<?> named = args.length == 0 ? null : COMMANDS.get(args[0]);
        if (named == null) {
            COMMANDS.forEach(line::addSubcommand);
        } else {
            line.addSubcommand(args[0], named);
        }
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
