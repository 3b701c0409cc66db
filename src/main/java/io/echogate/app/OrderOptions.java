package io.echogate.app;

import io.echogate.clock.Clock;
import io.echogate.clock.Pause;
import io.echogate.config.Durations;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private OperatorOptions operator;

    @Option(names = "--wait", description = "Returns when the order has had its effect.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "10m",
            description = "With --wait: for how long, for each member; default ${DEFAULT-VALUE}.")
    private String timeout;

    /**
     * Gives the order for each member, and waits for its effect when asked to.
     *
     * @param particular what only this act has
     */
    int give(String act, JsonObject particular) {
        Duration patience = duration("--timeout", timeout, LONGEST);
        JsonObject order = operator.signed(particular);
        try (MonitorClient monitor = operator.monitor()) {
            String token = operator.token(spec.commandLine().getErr());
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
}
