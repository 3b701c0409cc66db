package io.echogate.app;

import io.echogate.clock.Clock;
import io.echogate.clock.Pause;
import io.echogate.config.Durations;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code drain}, {@code maintenance} and {@code ready} have in common. */
@SuppressWarnings("NullAway.Init") // picocli injects what has no default
final class OrderOptions {
    private static final Duration LONGEST = Duration.ofDays(1);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "MEMBER", description = "Names of members; done in that order.")
    private List<String> members;

    @Option(names = "--why", paramLabel = "TEXT", defaultValue = "", description = "For whoever looks at the page.")
    private String why;

    @Option(names = "--by", paramLabel = "NAME", description = "Who wants it; default: who you are.")
    private @Nullable String by;

    @Option(names = "--wait", description = "Returns when the order has had its effect.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "10m",
            description = "With --wait: for how long, for each member; default ${DEFAULT-VALUE}.")
    private String timeout;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = MonitorClient.USUAL,
            description = "The monitor's admin address; default ${DEFAULT-VALUE}.")
    private String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Where the token stands; default $ECHOGATE_TOKEN_FILE, else `token` in the state directory.")
    private @Nullable Path tokenFile;

    /**
     * Gives the order for each member, and waits for its effect when asked to.
     *
     * @param particular what only this act has
     */
    int give(String act, JsonObject particular) {
        Duration patience = duration("--timeout", timeout, LONGEST);
        JsonObject order =
                particular.put("by", by == null ? user(System.getenv()) : by).put("why", why);
        try (MonitorClient monitor = new MonitorClient(url)) {
            String token = token(tokenFile(System.getenv()));
            for (String member : members) {
                give(monitor, member, act, token, order, patience);
            }
            return 0;
        } catch (MonitorClient.Unreachable e) {
            throw e.failure();
        }
    }

    private void give(
            MonitorClient monitor, String member, String act, String token, JsonObject order, Duration patience)
            throws MonitorClient.Unreachable {
        JsonObject holds = monitor.order(member, act, token, order);
        int running = holds.getInteger("running", 0);
        say(spec.commandLine().getOut(), member + ": " + Spelling.order(holds.getString("intent"), holds, running));
        if (wait) {
            new Waiting(
                            Clock.system(),
                            Pause.real(),
                            monitor::fleet,
                            line -> say(spec.commandLine().getErr(), line))
                    .until(holds, patience);
            say(spec.commandLine().getOut(), member + ": " + (act.equals("ready") ? "up" : "nothing runs there"));
        }
    }

    private static void say(PrintWriter to, String line) {
        to.println(line);
        to.flush();
    }

    /** As the configuration writes durations. */
    Duration duration(String option, String text, Duration longest) {
        try {
            return Durations.of(text, Duration.ZERO, longest);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
        }
    }

    static String user(Map<String, String> environment) {
        String sudo = environment.getOrDefault("SUDO_USER", "");
        return sudo.isEmpty() ? System.getProperty("user.name", "") : sudo;
    }

    private Path tokenFile(Map<String, String> environment) {
        String given = environment.getOrDefault("ECHOGATE_TOKEN_FILE", "");
        if (tokenFile != null) {
            return tokenFile;
        }
        return given.isEmpty()
                ? StateDirectory.standard(environment, Path.of(System.getProperty("user.home")))
                        .resolve(Keys.FILE)
                : Path.of(given);
    }

    private String token(Path file) {
        try {
            if (Keys.exposed(file)) {
                say(spec.commandLine().getErr(), "echogate: others may read " + file + ": chmod 600 " + file);
            }
            String token = Files.readString(file).strip();
            if (token.isEmpty() || !token.matches("[!-~]+")) {
                throw new Failure(file + " holds no token: name the right file with --token-file");
            }
            return token;
        } catch (NoSuchFileException e) {
            throw new Failure(
                    "no token at " + file + ": the monitor's log names the file (operators_token); name it with"
                            + " --token-file",
                    e);
        } catch (IOException e) {
            throw new Failure("the token cannot be read: " + e + ": only who may read it may give orders", e);
        }
    }
}
